//! The observers see every response that sets cookies, through the layer.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use http::header::{COOKIE, HeaderMap, HeaderValue};
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::registry::RequestFilter;
use tower_cookie_consent::{CookieConsentLayer, Observed as Seen, Policy, PolicyBuilder, Report};

use super::site::{EVERY_KIND, builder, granted, response, undecided};

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

/// What an observer of single cookies is shown, as text.
#[derive(Clone, Default)]
struct Each(Arc<Mutex<Vec<String>>>);

impl Each {
    fn by(&self, policy: PolicyBuilder) -> PolicyBuilder {
        let each = self.0.clone();
        policy.observe_each(move |cookie| {
            each.lock().unwrap().push(match cookie {
                Seen::Judged(line) => format!("{line} ({:?})", line.category()),
                Seen::Withheld(cookie) => cookie.to_string(),
                Seen::Swept(cookie) => cookie.to_string(),
                other => panic!("{other:?}"),
            });
        })
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// What a report says, as the observer of single cookies would be shown it.
fn each_of(report: &Report) -> Vec<String> {
    let lines = report.entries().iter().map(|entry| format!("{entry} ({:?})", entry.category()));
    let withheld = report.withheld().iter().map(ToString::to_string);
    let swept = report.swept().iter().map(ToString::to_string);
    lines.chain(withheld).chain(swept).collect()
}

/// A browser that opens a page with cookies which it should not have.
fn opening() -> Request<()> {
    let mut request = Request::default();
    let headers = request.headers_mut();
    headers.insert("sec-fetch-dest", HeaderValue::from_static("document"));
    headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
    headers.append(COOKIE, granted(&["functional"]));
    headers.append(COOKIE, HeaderValue::from_static("_ga=1; sid=2; _fbp=3"));
    request
}

#[tokio::test]
async fn r15_each_cookie_is_shown_as_the_report_tells_it_whatever_else_is_wanted() {
    let lines: Vec<&str> = EVERY_KIND.into_iter().chain(["=x", "id=1; Max-Age=99999999"]).collect();
    let all = || builder().filter_requests(RequestFilter::All).sweep();
    for report_only in [false, true] {
        let policy = || if report_only { all().report_only() } else { all() };
        for set in [&lines[..], &["sid=1"], &[]] {
            // The report that is wanted by its observer, and the headers that leave with it.
            let observed = Observed::default();
            let answered = async |layer: CookieConsentLayer| {
                let site = layer.layer(service_fn(async |_: Request<()>| {
                    Ok::<Response<()>, Infallible>(response(set))
                }));
                site.oneshot(opening()).await.unwrap().headers().clone()
            };
            let left = answered(CookieConsentLayer::new(observed.by(policy()))).await;
            let [report] = &observed.take()[..] else { panic!("not one report") };
            let want = each_of(report);
            assert!(want.len() >= set.len() + 2, "{want:?}");

            let each = Each::default();
            let alone = CookieConsentLayer::new(each.by(policy()));
            for (case, layer) in [
                ("without a report", alone.clone().report_extension(false)),
                ("with the extension", alone),
                ("beside another", CookieConsentLayer::new(each.by(observed.by(policy())))),
            ] {
                assert_eq!(answered(layer).await, left, "{case}, {set:?}, {report_only}");
                assert_eq!(each.take(), want, "{case}, {set:?}, {report_only}");
            }
        }
    }
}

#[test]
fn r15_what_is_enforced_unreported_is_the_same_and_shown_to_the_same_observers() {
    let (each, observed) = (Each::default(), Observed::default());
    let all = || builder().filter_requests(RequestFilter::All).sweep();
    for report_only in [false, true] {
        let policy = || if report_only { all().report_only() } else { all() };
        let of = |policy: PolicyBuilder| -> Policy { policy.build() };
        for policy in [
            of(policy()),
            of(each.by(policy())),
            of(observed.by(policy())),
            of(each.by(observed.by(policy()))),
        ] {
            for set in [&EVERY_KIND[..], &["sid=1"], &[]] {
                let visitor = || policy.consent(opening().headers());
                let (mut left, mut left_unreported) =
                    (response::<()>(set).headers().clone(), response::<()>(set).headers().clone());
                policy.enforce(&visitor(), &mut left);
                let shown = (each.take(), observed.take());
                policy.enforce_unreported(&visitor(), &mut left_unreported);
                assert_eq!(left_unreported, left, "{set:?}, {report_only}");
                assert_eq!((each.take(), observed.take()), shown, "{set:?}, {report_only}");
            }
        }
    }
}

#[test]
fn r15_each_cookie_is_shown_by_enforce_and_not_by_judge() {
    let each = Each::default();
    let policy: Policy = each.by(builder()).build();
    let visitor = policy.consent(&HeaderMap::new());
    let mut headers = response::<()>(&["_ga=1", "sid=1"]).headers().clone();
    let report = policy.enforce(&visitor, &mut headers);
    assert_eq!(each.take(), each_of(&report));
    policy.judge(&visitor, &["_ga=1"], None);
    assert_eq!(each.take(), [""; 0]);
}
