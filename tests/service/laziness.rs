//! The consent source is asked at most once, and only if the answer matters.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Policy, source_fn};

use super::site::{registry, response, undecided};

/// A policy that counts how often its source is read; everybody grants analytics.
fn counting() -> (Policy, Arc<AtomicUsize>) {
    let reads = Arc::new(AtomicUsize::new(0));
    let counter = reads.clone();
    let policy = Policy::builder(registry())
        .source(source_fn(move |_, registry| {
            counter.fetch_add(1, Ordering::Relaxed);
            Choice::decided(registry).grant("analytics")
        }))
        .dangerously_exempt(|request| request.uri.path() == "/exempt")
        .build();
    (policy, reads)
}

/// Returns how often the source is read while the site sets these lines and this number of
/// extractors ask, each of them twice.
async fn reads(request: Request<()>, lines: &[&str], extractors: usize) -> usize {
    let (policy, reads) = counting();
    let layer = CookieConsentLayer::new(policy);
    let site = layer.layer(service_fn(async |request: Request<()>| {
        for _ in 0..extractors {
            // Extractors clone the consent as well, since they cannot borrow from the request.
            let consent: Consent = request.extensions().get().cloned().unwrap();
            assert!(consent.allows("analytics") && consent.is_decided());
        }
        Ok::<Response<()>, Infallible>(response(lines))
    }));
    site.oneshot(request).await.unwrap();
    reads.load(Ordering::Relaxed)
}

#[tokio::test]
async fn the_source_is_not_read_when_nobody_asks_and_no_cookie_depends_on_it() {
    for lines in [
        &[][..],
        &["sid=1"],
        &["id=1; Max-Age=99999999"],
        &["_fbp=1"],
        &["unheard-of=1"],
        &["sid=1", "_fbp=1", "unheard-of=1"],
    ] {
        assert_eq!(reads(undecided(), lines, 0).await, 0, "{lines:?}");
    }
}

#[tokio::test]
async fn the_source_is_not_read_for_an_exempt_response() {
    let mut request = undecided();
    *request.uri_mut() = "/exempt".parse().unwrap();
    assert_eq!(reads(request, &["_ga=1", "theme=1"], 0).await, 0);
}

#[tokio::test]
async fn one_reading_serves_all_cookies_of_a_response() {
    assert_eq!(reads(undecided(), &["_ga=1", "_gid=1", "theme=1"], 0).await, 1);
}

#[tokio::test]
async fn one_reading_serves_all_questions_of_a_handler() {
    assert_eq!(reads(undecided(), &[], 1).await, 1);
}

#[tokio::test]
async fn one_reading_serves_the_handler_and_its_response() {
    assert_eq!(reads(undecided(), &["_ga=1", "theme=1"], 1).await, 1);
}

#[tokio::test]
async fn one_reading_serves_all_extractors_of_a_request() {
    assert_eq!(reads(undecided(), &[], 3).await, 1);
}
