//! What the modes cost that a policy may be in: each off and on, around the same request and response.
//!
//! What reaches the service, and what leaves, is compared with what may before a row is timed.

#[allow(dead_code)]
mod support;

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion};
use http::HeaderMap;
use http::header::COOKIE;
use support::inner::{Prepared, call};
use support::shape::Shape;
use support::traffic::set_cookies;
use tower_cookie_consent::{CookieConsentLayer, Policy};
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
    for (row, shape, left) in [
        ("off", Shape::filter_off(), 10),
        ("none_withheld", Shape::filter_none(), 10),
        ("3_withheld", Shape::filter_three(), 7),
    ] {
        let policy = Policy::new(shape.registry.clone());
        let mut request = shape.request();
        let consent = policy.consent(request.headers());
        policy.filter_request(&consent, request.headers_mut());
        let pairs = request.headers()[COOKIE].to_str().expect("text").split("; ").count();
        assert_eq!(pairs, left, "{row}");
        timed(&mut group, row, &policy, &shape);
    }
    group.finish();
}

/// R23, on a response of which something is stripped.
fn told_caches(criterion: &mut Criterion) {
    let shape = Shape::three_of_six_stripped();
    let mut group = criterion.benchmark_group("caches_of_6_with_3_stripped");
    for (row, tell) in [("off", false), ("on", true)] {
        let policy = Policy::builder(shape.registry.clone()).tell_caches(tell).build();
        timed(&mut group, row, &policy, &shape);
    }
    group.finish();
}

/// R19, on a document for a browser of ten cookies, of which three are refused: each is deleted in
/// three places, or in one where the name demands it. `off` is what the layer costs without the mode.
fn swept(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sweep_of_10_cookies");
    for (row, shape) in [
        ("off", Shape::sweep_off()),
        ("none_swept", Shape::sweep_none()),
        ("3_swept", Shape::sweep_three()),
        ("3_swept_of_host", Shape::sweep_three_of_host()),
    ] {
        let (policy, mut response) = (Policy::new(shape.registry.clone()), HeaderMap::new());
        policy.enforce(&policy.consent(shape.request().headers()), &mut response);
        assert_eq!(set_cookies(&response).len(), shape.leaves.len(), "{row}");
        timed(&mut group, row, &policy, &shape);
    }
    group.finish();
}

fn timed(group: &mut BenchmarkGroup<'_, WallTime>, row: &str, policy: &Policy, shape: &Shape) {
    let layer =
        CookieConsentLayer::new(policy.clone()).consent_extension(false).report_extension(false);
    let prepare = || (layer.layer(Prepared::new(shape.response())), Some(shape.request()));
    group.bench_function(row, |bencher| {
        bencher.iter_batched_ref(
            prepare,
            |(service, request)| call(service, request.take().expect("asked once")),
            BATCH,
        );
    });
}
