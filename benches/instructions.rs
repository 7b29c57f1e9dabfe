//! How many instructions a response takes, by its shape: exact, where times are noisy.
//!
//! Gungraun runs each row under valgrind's callgrind, and fails where the layer takes more than its
//! limit. [`CALLS`] calls are counted, as in `responses`: no socket, no runtime, requests and responses
//! made before, responses and stripped lines freed behind. The profile of each row stays below
//! `target/gungraun`, for `callgrind_annotate`.

// The macros of gungraun make public items.
#![allow(missing_docs, unreachable_pub)]

#[allow(dead_code)]
mod support;

use gungraun::{
    Callgrind, CallgrindMetrics, EventKind, LibraryBenchmarkConfig, OutputFormat,
    library_benchmark, library_benchmark_group, main,
};

use support::rows::{Batch, Row, rows};
use support::shape::Shape;

/// So many calls are counted together: what gungraun prints are hundredths of a response's.
const CALLS: u64 = 100;

/// The instructions of the no-op layer. A header more in a request makes 28 more.
const NO_OP: u64 = 911;

/// So many instructions a response may differ on another machine, for which another `memcpy` is chosen
/// and memory comes from elsewhere: 26 were seen, which are more than 3 % of the smallest shape.
const ELSEWHERE: u64 = 50;

/// Makes a group of benchmarks: a function for each shape, with a row for each layer.
macro_rules! group {
    ($name:ident, $others:tt: $($shape:ident, $consent:literal, $with_extensions:literal;)*) => {
        $(benchmark!($shape, $others, $consent, $with_extensions);)*
        library_benchmark_group!(name = $name, benchmarks = [$($shape),*]);
    };
}

macro_rules! benchmark {
    ($shape:ident, [$($other:ident)*], $consent:literal, $with_extensions:literal) => {
        #[library_benchmark(teardown = check)]
        $(#[bench::$other(prepare(Shape::$shape, stringify!($other)))])*
        #[bench::no_op(args = (prepare(Shape::$shape, "no_op")), config = at_most(0))]
        #[bench::consent(args = (prepare(Shape::$shape, "consent")), config = at_most($consent))]
        #[bench::consent_with_extensions(
            args = (prepare(Shape::$shape, "consent_with_extensions")),
            config = at_most($with_extensions)
        )]
        fn $shape(mut calls: Calls) -> Calls {
            calls.batch.answer();
            calls
        }
    };
}

// The most instructions that the layer may take over the no-op layer: with the extensions off, and as
// it comes. They are some 3 % above what was measured with rustc 1.95 on x86-64; [`ELSEWHERE`] is added.
group! {
    responses, [bare set_header tower_cookies hand_written]:
    no_set_cookie,               570,  1_740;
    three_kept,                3_290,  4_750;
    three_granted,             5_770,  7_220;
    three_granted_of_twenty,   6_040,  7_500;
    three_granted_of_fifty,    6_600,  8_060;
    three_of_six_stripped,     9_420, 15_990;
    first_visit,               8_150, 14_560;
    six_stripped,              9_290, 15_820;
    three_of_six_capped,      12_330, 18_600;
    fifty_against_few_names,  37_550, 66_260;
    fifty_against_some_names, 37_550, 66_260;
    fifty_against_many_names, 37_570, 66_270;
    fifty_against_few,        53_540, 82_120;
    fifty_against_some,       53_900, 82_600;
    fifty_against_many,       56_220, 84_840;
}

// The same of a policy that filters requests, or sweeps, which no other layer does.
group! {
    modes, []:
    filter_off,             570,  1_740;
    filter_none,          5_160,  6_500;
    filter_three,         7_070, 11_330;
    sweep_off,              600,  1_770;
    sweep_none,           5_370,  6_550;
    sweep_three,         15_030, 18_970;
    sweep_three_of_host, 11_570, 15_490;
}

main!(
    config = LibraryBenchmarkConfig::default()
        .tool(callgrind())
        .output_format(OutputFormat::default().truncate_description(Some(0))),
    library_benchmark_groups = [responses, modes]
);

fn callgrind() -> Callgrind {
    let mut callgrind = Callgrind::with_args(["--cache-sim=no"]);
    callgrind.format([CallgrindMetrics::SingleEvent(EventKind::Ir)]);
    callgrind
}

/// A row that fails above so many instructions of a response over the no-op layer.
fn at_most(over_no_op: u64) -> LibraryBenchmarkConfig {
    let limit = CALLS * (NO_OP + over_no_op + ELSEWHERE);
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(callgrind().hard_limits([(EventKind::Ir, limit)]));
    config
}

/// The calls of a row, and what is asked of the answers.
struct Calls {
    shape: Shape,
    row: Row,
    batch: Box<dyn Batch>,
}

fn prepare(shape: fn() -> Shape, row: &str) -> Calls {
    let shape = shape();
    let row = rows(&shape).into_iter().find(|it| it.name == row).expect("a row");
    let batch = row.batch(&shape, usize::try_from(CALLS).expect("few"));
    Calls { shape, row, batch }
}

fn check(Calls { shape, row, batch }: Calls) {
    row.check(&shape, &*batch);
}
