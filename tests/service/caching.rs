//! R23 through the layer: shared caches are told for whom a response is, also when it sets nothing.

use std::convert::Infallible;

use http::Request;
use http::header::{CACHE_CONTROL, VARY};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Gpc, OwnCookie, PolicyBuilder};

use super::site::{builder, response, undecided, visitor};

/// A question that a handler asks its consent.
type Ask = fn(&Consent) -> bool;

async fn told(policy: PolicyBuilder, ask: Ask, sets: &[&str]) -> (Option<String>, Option<String>) {
    let site = CookieConsentLayer::new(policy).layer(service_fn(async |request: Request<()>| {
        // Extractors clone the consent as well, since they cannot borrow from the request.
        let consent: Consent = request.extensions().get().cloned().unwrap();
        ask(&consent);
        Ok::<_, Infallible>(response::<()>(sets))
    }));
    let answer = site.oneshot(visitor(&["analytics"])).await.unwrap();
    let value = |name| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
    (value(CACHE_CONTROL), value(VARY))
}

#[tokio::test]
async fn r23_a_page_that_asked_varies() {
    let said = |text: &str| Some(text.to_owned());
    let with: Ask = |consent| {
        let choice = Choice::decided(consent.registry()).refuse_all();
        consent.with(&choice).allows("analytics")
    };
    for (ask, vary) in [
        ((|_| true) as Ask, None),
        (|consent| consent.allows("essential"), None),
        (|consent| consent.allows("analytics"), said("cookie")),
        (Consent::is_decided, said("cookie")),
        (|consent| serde_json::to_string(consent).is_ok(), said("cookie")),
        (with, said("cookie")),
    ] {
        assert_eq!(told(builder(), ask, &[]).await, (None, vary.clone()));
        assert_eq!(told(builder(), ask, &["sid=1"]).await, (None, vary.clone()));
        assert_eq!(told(builder(), ask, &["_ga=1"]).await, (said("private"), vary));
        assert_eq!(told(builder().report_only(), ask, &["_ga=1"]).await, (None, None));
        assert_eq!(told(builder().dangerously_exempt(|_| true), ask, &[]).await, (None, None));
        assert_eq!(told(builder().tell_caches(false), ask, &["_ga=1"]).await, (None, None));
    }
    let sources = builder().source(Gpc).source(OwnCookie);
    assert_eq!(told(sources, Consent::is_decided, &[]).await, (None, said("cookie, sec-gpc")));
}

#[tokio::test]
async fn r23_without_the_extension_nobody_can_ask() {
    let layer = CookieConsentLayer::new(builder()).consent_extension(false);
    let site = layer
        .layer(service_fn(async |_: Request<()>| Ok::<_, Infallible>(response::<()>(&["sid=1"]))));
    let answer = site.oneshot(undecided()).await.unwrap();
    assert_eq!(answer.headers().len(), 1);
}
