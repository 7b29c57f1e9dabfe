//! What the modes cost that a policy may be in: each off and on, around the same request and response.
//!
//! What reaches the service, and what leaves, is compared with what may before a row is timed.

#[allow(dead_code)]
mod support;

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion};
use http::header::{COOKIE, HeaderName};
use http::{HeaderMap, Request, Response};
use support::inner::{Prepared, call};
use support::registries::site;
use support::shape::{Shape, TEN_COOKIES, TEN_WITH_THREE_REFUSED, cookies};
use support::traffic;
use tower_cookie_consent::registry::RequestFilter;
use tower_cookie_consent::{CookieConsentLayer, Policy, PolicyBuilder};
use tower_layer::Layer;

const BATCH: BatchSize = BatchSize::NumIterations(32);

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    filtered_requests(&mut criterion);
    told_caches(&mut criterion);
    swept(&mut criterion);
    criterion.final_summary();
}

/// R22, on a request of ten cookies. `off` is what the layer costs without the mode.
fn filtered_requests(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("request_of_10_cookies");
    let filter = |filter| Policy::builder(site()).filter_requests(filter);
    for (row, names, mode, left) in [
        ("off", TEN_COOKIES, RequestFilter::Off, 10),
        ("none_withheld", TEN_COOKIES, RequestFilter::All, 10),
        ("3_withheld", TEN_WITH_THREE_REFUSED, RequestFilter::All, 7),
    ] {
        let line = cookies(names);
        let policy = filter(mode).build();
        let mut request = request_of(&line);
        let consent = policy.consent(request.headers());
        policy.filter_request(&consent, request.headers_mut());
        let pairs = request.headers()[COOKIE].to_str().expect("text").split("; ").count();
        assert_eq!(pairs, left, "{row}");
        timed(&mut group, row, filter(mode), || (request_of(&line), Response::new(())));
    }
    group.finish();
}

/// R23, on a response of which something is stripped.
fn told_caches(criterion: &mut Criterion) {
    let shape = Shape::three_of_six_stripped();
    let mut group = criterion.benchmark_group("caches_of_6_with_3_stripped");
    for (row, tell) in [("off", false), ("on", true)] {
        let policy = Policy::builder(shape.registry.clone()).tell_caches(tell);
        timed(&mut group, row, policy, || (shape.request(), shape.response()));
    }
    group.finish();
}

/// R19, on a document for a browser of ten cookies, of which three are refused: each is deleted in
/// three places. `off` is what the layer costs without the mode.
fn swept(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sweep_of_10_cookies");
    for (row, names, sweeps, lines) in [
        ("off", TEN_WITH_THREE_REFUSED, false, 0),
        ("none_swept", TEN_COOKIES, true, 0),
        ("3_swept", TEN_WITH_THREE_REFUSED, true, 10),
    ] {
        let policy = || {
            let policy = Policy::builder(site());
            if sweeps { policy.sweep() } else { policy }
        };
        let document = || {
            let mut head = head_of(&cookies(names));
            head.push((HeaderName::from_static("sec-fetch-dest"), "document".to_owned()));
            traffic::request(&head)
        };
        let (built, mut response) = (policy().build(), HeaderMap::new());
        built.enforce(&built.consent(document().headers()), &mut response);
        assert_eq!(traffic::set_cookies(&response).len(), lines, "{row}");
        timed(&mut group, row, policy(), || (document(), Response::new(())));
    }
    group.finish();
}

/// A browser's head, whose values share one buffer.
fn request_of(line: &str) -> Request<()> {
    traffic::request(&head_of(line))
}

fn head_of(line: &str) -> Vec<(HeaderName, String)> {
    let mut head = traffic::request_head("");
    let cookie: &mut (HeaderName, String) =
        head.iter_mut().find(|(name, _)| *name == COOKIE).expect("a line");
    line.clone_into(&mut cookie.1);
    head
}

fn timed(
    group: &mut BenchmarkGroup<'_, WallTime>,
    row: &str,
    policy: PolicyBuilder,
    given: impl Fn() -> (Request<()>, Response<()>),
) {
    let layer = CookieConsentLayer::new(policy).consent_extension(false).report_extension(false);
    let prepare = || {
        let (request, response) = given();
        (layer.layer(Prepared::new(response)), Some(request))
    };
    group.bench_function(row, |bencher| {
        bencher.iter_batched_ref(
            prepare,
            |(service, request)| call(service, request.take().expect("asked once")),
            BATCH,
        );
    });
}
