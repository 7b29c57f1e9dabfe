//! The feature `axum`: the visitor's consent as an argument of handlers.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::routing::get;
use http::{Request, StatusCode};
use tower::{ServiceBuilder, ServiceExt};
use tower_cookie_consent::{Consent, CookieConsentLayer, MissingCookieConsentLayer, Registry};

#[cfg(feature = "tracing")]
use super::alone::alone;
#[cfg(feature = "tracing")]
use super::log::Log;
use super::site::{REGISTRY, layer, undecided, visitor};

async fn describe(consent: Consent) -> String {
    format!("decided: {}, analytics: {}", consent.is_decided(), consent.allows("analytics"))
}

fn site() -> Router {
    Router::new().route("/", get(describe))
}

async fn answer(site: Router, request: Request<Body>) -> (StatusCode, String) {
    let response = site.oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1000).await.unwrap();
    (status, String::from_utf8(body.into()).unwrap())
}

#[tokio::test]
async fn a_handler_takes_the_consent() {
    let sites = [
        ("Router::layer", site().layer(layer())),
        ("ServiceBuilder", site().layer(ServiceBuilder::new().layer(layer()))),
        ("route_layer", site().route_layer(layer())),
        ("MethodRouter::layer", Router::new().route("/", get(describe).layer(layer()))),
        ("fallback", Router::new().fallback(describe).layer(layer())),
    ];
    for (built, site) in sites {
        for (request, want) in [
            (undecided(), "decided: false, analytics: false"),
            (visitor(&[]), "decided: true, analytics: false"),
            (visitor(&["analytics"]), "decided: true, analytics: true"),
        ] {
            let (status, text) = answer(site.clone(), request).await;
            assert_eq!((status, text.as_str()), (StatusCode::OK, want), "{built}");
        }
    }
}

#[tokio::test]
async fn the_consent_among_other_extractors_and_with_a_state() {
    async fn handler(one: Consent, state: State<u8>, two: Consent, body: String) -> String {
        format!("{} {} {} {body}", one.allows("analytics"), state.0, two.allows("functional"))
    }
    let site = Router::new().route("/", get(handler)).with_state(7_u8).layer(layer());
    let request = visitor::<()>(&["analytics"]).map(|()| Body::from("sent"));
    let (_, text) = answer(site, request).await;
    assert_eq!(text, "true 7 false sent");
}

#[tokio::test]
async fn without_the_consent_the_answer_is_500_without_advice_to_the_visitor() {
    let sites = [
        ("no layer", site()),
        ("the extension is off", site().layer(layer().consent_extension(false))),
        ("added after the layer", Router::new().layer(layer()).route("/", get(describe))),
    ];
    for (case, site) in sites {
        let (status, text) = answer(site, visitor(&["analytics"])).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{case}");
        assert_eq!(text, "", "{case}");
    }
    let advice = MissingCookieConsentLayer.to_string();
    assert!(advice.contains("CookieConsentLayer::new(") && advice.contains("consent extension"));
}

#[cfg(feature = "tracing")]
#[test]
fn the_advice_goes_to_the_log() {
    alone("extractor::the_advice_goes_to_the_log", || {
        let (log, _listening) = Log::listen();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(answer(site(), visitor(&[])));
        let logged = log.take();
        assert_eq!(logged[0].level, tracing::Level::ERROR);
        assert_eq!(logged[0].fields.get("message"), Some(&*MissingCookieConsentLayer.to_string()));
    });
}

#[tokio::test]
async fn a_handler_can_do_without_the_layer() {
    async fn handler(consent: Result<Consent, MissingCookieConsentLayer>) -> String {
        consent
            .map_or_else(|missing| missing.to_string(), |consent| format!("{:?}", consent.choice()))
    }
    let site = Router::new().route("/", get(handler));
    let (status, text) = answer(site.clone(), undecided()).await;
    assert_eq!((status, text), (StatusCode::OK, MissingCookieConsentLayer.to_string()));

    let (_, text) = answer(site.layer(layer()), undecided()).await;
    assert!(text.contains("Undecided"), "{text}");
}

#[tokio::test]
async fn the_layer_nearest_to_the_handler_counts() {
    let newer = REGISTRY.replace("version = \"7\"", "version = \"8\"");
    let newer: Registry = toml::from_str(&newer).unwrap();
    let site = site().layer(layer()).layer(CookieConsentLayer::new(newer));
    let (_, text) = answer(site, visitor(&["analytics"])).await;
    assert_eq!(text, "decided: true, analytics: true");
}
