//! Measures what the layer costs by the shape of the response, beside other middleware.
//!
//! Every row answers the same request with the same response, prepared outside of what is timed, and
//! what is left of both is freed outside of it. One row is measured after the other, to be compared
//! with an earlier run; `turns` compares rows with each other.

#[allow(dead_code)]
mod support;

use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use support::rows::{BATCH, Row, rows};
use support::shape::{SHAPES, Shape};

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    for shape in SHAPES {
        let shape = shape();
        let mut group = criterion.benchmark_group(shape.name);
        if !shape.set_cookie.is_empty() {
            group.throughput(Throughput::Elements(shape.set_cookie.len() as u64));
        }
        for row in rows(&shape) {
            group.bench_function(row.name, |bencher| {
                bencher.iter_custom(|calls| time(&row, &shape, calls));
            });
        }
        group.finish();
    }
    criterion.final_summary();
}

/// The time of so many calls, in batches.
fn time(row: &Row, shape: &Shape, calls: u64) -> Duration {
    let (mut left, mut time) = (calls, Duration::ZERO);
    while left > 0 {
        let calls = left.min(BATCH as u64);
        let mut batch = row.batch(shape, usize::try_from(calls).expect("a batch"));
        let start = Instant::now();
        batch.answer();
        time += start.elapsed();
        row.check(shape, &*batch);
        left -= calls;
    }
    time
}
