//! Measures what the layer costs by the shape of the response, beside other middleware.
//!
//! Every row answers the same request with the same response, prepared outside of what is timed.
//! What leaves is compared with what may leave before a row is timed.

#[allow(dead_code)]
mod support;

use std::convert::Infallible;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput};
use http::header::{HeaderName, HeaderValue};
use http::{Request, Response};
use support::hand_written::HandWrittenLayer;
use support::inner::{NoOpLayer, Prepared, call};
use support::shape::Shape;
use tower_cookie_consent::CookieConsentLayer;
use tower_cookies::CookieManagerLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_layer::{Identity, Layer};
use tower_service::Service;

/// So few that they stay in the cache, as the headers of a request that was just read do.
const BATCH: BatchSize = BatchSize::NumIterations(32);

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    for shape in [
        Shape::no_set_cookie(),
        Shape::three_kept(),
        Shape::three_granted(),
        Shape::three_of_six_stripped(),
        Shape::first_visit(),
        Shape::six_stripped(),
        Shape::three_of_six_capped(),
        Shape::fifty_against_few(),
        Shape::fifty_against_many(),
    ] {
        rows(&mut criterion, &shape);
    }
    criterion.final_summary();
}

fn rows(criterion: &mut Criterion, shape: &Shape) {
    let mut group = criterion.benchmark_group(shape.name);
    if !shape.set_cookie.is_empty() {
        group.throughput(Throughput::Elements(shape.set_cookie.len() as u64));
    }
    let with_extensions = CookieConsentLayer::new(shape.registry.clone());
    let without = with_extensions.clone().consent_extension(false).report_extension(false);
    let set_header = SetResponseHeaderLayer::overriding(
        HeaderName::from_static("x-frame-options"),
        HeaderValue::from_static("DENY"),
    );

    row(&mut group, shape, "bare", &Identity::new(), |_| {});
    row(&mut group, shape, "no_op_layer", &NoOpLayer, |_| {});
    row(&mut group, shape, "set_response_header", &set_header, |response| {
        assert_eq!(response.headers()["x-frame-options"], "DENY");
    });
    row(&mut group, shape, "tower_cookies", &CookieManagerLayer::new(), |_| {});
    row(&mut group, shape, "hand_written", &HandWrittenLayer::new(&shape.registry), |response| {
        shape.check(response);
    });
    row(&mut group, shape, "consent", &without, |response| shape.check(response));
    row(&mut group, shape, "consent_with_extensions", &with_extensions, |response| {
        shape.check(response);
    });
    group.finish();
}

/// Times one call of the service that `layer` makes, after `check` has seen its response.
fn row<L>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    shape: &Shape,
    name: &str,
    layer: &L,
    check: impl Fn(&Response<()>),
) where
    L: Layer<Prepared>,
    L::Service: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    let prepare = || (layer.layer(Prepared::new(shape.response())), Some(shape.request()));
    let answer = |(service, request): &mut (L::Service, Option<Request<()>>)| {
        call(service, request.take().expect("asked once"))
    };
    check(&answer(&mut prepare()));
    group.bench_function(name, |bencher| bencher.iter_batched_ref(prepare, answer, BATCH));
}
