//! The observer sees every response that sets cookies, through the layer.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::{CookieConsentLayer, PolicyBuilder, Report};

use super::site::{builder, response, undecided};

#[derive(Clone, Default)]
struct Observed(Arc<Mutex<Vec<Report>>>);

impl Observed {
    fn by(&self, policy: PolicyBuilder) -> PolicyBuilder {
        let observed = self.0.clone();
        policy.observe(move |report| observed.lock().unwrap().push(report.clone()))
    }

    fn take(&self) -> Vec<Report> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

async fn answer(layer: &CookieConsentLayer, lines: &[&str]) -> Response<()> {
    let site = layer.layer(service_fn(async |_: Request<()>| Ok::<_, Infallible>(response(lines))));
    site.oneshot(undecided()).await.unwrap()
}

#[tokio::test]
async fn sees_every_response_that_sets_cookies_and_no_other() {
    let observed = Observed::default();
    let on = CookieConsentLayer::new(observed.by(builder()));
    let off = on.clone().report_extension(false).consent_extension(false);
    for layer in [on, off] {
        answer(&layer, &[]).await;
        answer(&layer, &["sid=1"]).await;
        answer(&layer, &["_ga=1", "sid=1"]).await;
        let told: Vec<Vec<_>> = observed
            .take()
            .iter()
            .map(|report| {
                let entries = report.entries().iter();
                entries
                    .map(|entry| format!("{} {}", entry.verdict().as_str(), entry.name()))
                    .collect()
            })
            .collect();
        assert_eq!(told, [vec!["keep sid"], vec!["strip _ga", "keep sid"]]);
    }
}

#[tokio::test]
async fn sees_the_report_that_the_response_carries() {
    let observed = Observed::default();
    let layer = CookieConsentLayer::new(observed.by(builder()));
    let response = answer(&layer, &["_ga=1", "sid=1"]).await;
    assert_eq!(response.extensions().get(), observed.take().first());
}

#[tokio::test]
async fn a_report_that_was_only_observed_is_not_carried_by_the_response() {
    let observed = Observed::default();
    let layer = CookieConsentLayer::new(observed.by(builder()));
    let response = answer(&layer, &["sid=1"]).await;
    assert!(response.extensions().get::<Report>().is_none());
    assert_eq!(observed.take().len(), 1);
}

#[tokio::test]
async fn r13_sees_report_only_responses_before_they_leave_unchanged() {
    let observed = Observed::default();
    let layer = CookieConsentLayer::new(observed.by(builder().report_only()));
    let response = answer(&layer, &["_ga=1"]).await;
    assert!(response.headers().contains_key("set-cookie"));
    let [report] = &observed.take()[..] else { panic!("not one report") };
    assert!(report.is_report_only() && report.entries()[0].verdict().is_strip());
}

#[tokio::test]
async fn errors_of_the_inner_service_are_not_observed() {
    let observed = Observed::default();
    let layer = CookieConsentLayer::new(observed.by(builder()));
    let site = layer.layer(service_fn(async |_: Request<()>| Err::<Response<()>, _>("broken")));
    assert_eq!(site.oneshot(undecided()).await.unwrap_err(), "broken");
    assert!(observed.take().is_empty());
}
