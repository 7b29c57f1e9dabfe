//! Checks what requests and responses carry as extensions: the consent and the report.

use std::convert::Infallible;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Extension;
use axum::routing::get;
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::{Consent, CookieConsentLayer, Report};

use super::site::{builder, layer, response, set_cookies, undecided, visitor};

/// The response to a request, where the site sets these lines.
async fn answer(layer: &CookieConsentLayer, request: Request<()>, lines: &[&str]) -> Response<()> {
    let site = layer.layer(service_fn(async |_: Request<()>| Ok::<_, Infallible>(response(lines))));
    site.oneshot(request).await.unwrap()
}

/// The names and verdicts of a report, in its order.
fn told(report: &Report) -> Vec<(&str, &str)> {
    report.entries().iter().map(|entry| (entry.name(), entry.verdict().as_str())).collect()
}

#[tokio::test]
async fn responses_carry_a_report_only_if_some_cookie_did_not_pass_as_it_was() {
    type Case = (&'static [&'static str], Option<&'static [(&'static str, &'static str)]>);
    let cases: [Case; 7] = [
        (&[], None),
        (&["sid=1"], None),
        (&["sid=1", "id=1; Max-Age=5", "_ga=; Max-Age=0"], None),
        (&["_ga=1"], Some(&[("_ga", "strip")])),
        (&["id=1; Max-Age=99999999"], Some(&[("id", "cap")])),
        (&["_ga=; Max-Age=x; Max-Age=0"], Some(&[("_ga", "cap")])),
        (&["sid=1", "_fbp=1", "x=1"], Some(&[("sid", "keep"), ("_fbp", "strip"), ("x", "strip")])),
    ];
    for (lines, want) in cases {
        let response = answer(&layer(), undecided(), lines).await;
        let report = response.extensions().get::<Report>();
        assert_eq!(report.map(told).as_deref(), want, "{lines:?}");
        assert!(report.is_none_or(|report| !report.is_report_only()));
    }
}

#[tokio::test]
async fn without_the_report_extension_the_same_is_enforced() {
    let off = layer().report_extension(false);
    let lines = ["sid=1", "id=1; Max-Age=99999999", "_ga=1", "_fbp=1"];
    for request in [undecided(), visitor(&["analytics"])] {
        let silent = answer(&off, request.clone(), &lines).await;
        let telling = answer(&layer(), request, &lines).await;
        assert!(silent.extensions().get::<Report>().is_none());
        assert!(telling.extensions().get::<Report>().is_some());
        assert_eq!(silent.headers(), telling.headers());
    }
}

#[tokio::test]
async fn without_the_consent_extension_the_same_is_enforced() {
    let off = layer().consent_extension(false);
    let lines = ["sid=1", "_ga=1", "theme=1"];
    for request in [undecided(), visitor(&["analytics"])] {
        let silent = answer(&off, request.clone(), &lines).await;
        let telling = answer(&layer(), request, &lines).await;
        assert_eq!(set_cookies(silent.headers()), set_cookies(telling.headers()));
    }
}

#[tokio::test]
async fn r13_report_only_reports_and_changes_nothing() {
    let layer = CookieConsentLayer::new(builder().report_only());
    let lines = ["_fbp=1", "sid=1", "id=1; Max-Age=99999999"];
    let response = answer(&layer, undecided(), &lines).await;
    assert_eq!(set_cookies(response.headers()), lines);
    let report = response.extensions().get::<Report>().unwrap();
    assert!(report.is_report_only());
    assert_eq!(told(report), [("_fbp", "strip"), ("sid", "keep"), ("id", "cap")]);
}

#[tokio::test]
async fn requests_carry_the_consent_as_an_extension_without_any_feature() {
    async fn handler(Extension(consent): Extension<Consent>) -> String {
        format!("{}", consent.allows("analytics"))
    }
    let site = Router::new().route("/", get(handler)).layer(layer());
    for (request, want) in [(visitor::<Body>(&["analytics"]), "true"), (undecided(), "false")] {
        let response = site.clone().oneshot(request).await.unwrap();
        assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), want);
    }
}

#[tokio::test]
async fn the_consent_extension_is_absent_when_off_and_replaces_an_outer_one() {
    let seen = |layer: CookieConsentLayer| async move {
        let mut seen = None;
        let site = layer.layer(service_fn(|request: Request<()>| {
            seen = request.extensions().get::<Consent>().cloned();
            async { Ok::<_, Infallible>(response::<()>(&[])) }
        }));
        let mut request = undecided();
        request
            .extensions_mut()
            .insert(super::site::policy().consent(visitor::<()>(&[]).headers()));
        site.oneshot(request).await.unwrap();
        seen.unwrap()
    };
    assert!(!seen(layer()).await.is_decided(), "the consent of this layer");
    assert!(seen(layer().consent_extension(false)).await.is_decided(), "left as it was");
}
