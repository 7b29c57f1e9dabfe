//! How many instructions a response takes, by its shape: exact, where times are noisy.
//!
//! The program runs itself under valgrind's callgrind, once for each row, and fails where the layer
//! takes more than its limit. What is counted is one call, as in `responses`: no socket, no runtime,
//! requests and responses made before and freed behind. The profile of each row stays in
//! `target/tmp`, for `callgrind_annotate`.

#[allow(dead_code)]
mod support;

use std::convert::Infallible;
use std::env;
use std::hint::black_box;
use std::process::{Command, ExitCode};

use http::{Request, Response};
use support::hand_written::HandWrittenLayer;
use support::inner::{NoOpLayer, Prepared, call};
use support::shape::Shape;
use tower_cookie_consent::CookieConsentLayer;
use tower_layer::{Identity, Layer};
use tower_service::Service;

/// A shape, and the most instructions that the layer may take for it over the no-op layer: with the
/// extensions off, and as it comes.
type Limit = (fn() -> Shape, u64, u64);

/// Some 3 % above what was measured, with rustc 1.95 on x86-64.
const LIMITS: [Limit; 9] = [
    (Shape::no_set_cookie, 604, 1_895),
    (Shape::three_kept, 4_600, 5_920),
    (Shape::three_granted, 8_400, 9_720),
    (Shape::three_of_six_stripped, 14_070, 20_220),
    (Shape::first_visit, 11_940, 18_000),
    (Shape::six_stripped, 14_730, 20_740),
    (Shape::three_of_six_capped, 16_310, 22_050),
    (Shape::fifty_against_few, 60_790, 88_240),
    (Shape::fifty_against_many, 63_530, 90_860),
];

/// So many calls are counted, of which all but the first find everything warm.
const BATCHES: u64 = 8;
/// So few that they stay in the cache, as the headers of a request that was just read do.
const BATCH: u64 = 32;

/// The argument by which the program counts one row.
const COUNT: &str = "--count";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    if let [_, count, shape, row] = &*arguments
        && count == COUNT
    {
        run(shape, row);
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(env::var_os("REQUIRE_VALGRIND").is_none(), "valgrind is not installed");
        eprintln!("LEFT OUT: valgrind is not installed, so no instructions are counted.");
        return ExitCode::SUCCESS;
    }
    println!("instructions of a response: the no-op layer's, and those of others over it");
    let mut code = ExitCode::SUCCESS;
    for (shape, limit, limit_with_extensions) in LIMITS {
        let shape = shape().name;
        let no_op = counted(shape, "no_op");
        print!("{shape:30} {no_op:7}");
        for (row, limit) in [
            ("hand_written", u64::MAX),
            ("consent", limit),
            ("consent_with_extensions", limit_with_extensions),
        ] {
            let over = counted(shape, row).saturating_sub(no_op);
            print!("  {row} {over}");
            if over > limit {
                print!(" (ABOVE ITS LIMIT OF {limit})");
                code = ExitCode::FAILURE;
            }
        }
        println!();
    }
    code
}

/// The instructions of one response in a row.
fn counted(shape: &str, row: &str) -> u64 {
    let profile = format!("{}/callgrind.{shape}.{row}", env!("CARGO_TARGET_TMPDIR"));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=*answered*"])
        .arg(format!("--callgrind-out-file={profile}"))
        .arg(env::current_exe().expect("this program"))
        .args([COUNT, shape, row])
        .output()
        .expect("valgrind");
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.split("Collected : ").nth(1).and_then(|rest| rest.lines().next());
    let collected = collected.and_then(|number| number.trim().parse::<u64>().ok());
    let collected = collected.filter(|number| *number > 0 && output.status.success());
    collected.unwrap_or_else(|| panic!("{shape} {row}: {said}")) / (BATCHES * BATCH)
}

/// Answers in one row, and checks what leaves.
fn run(shape: &str, row: &str) {
    let shapes = LIMITS.iter().map(|(shape, ..)| shape());
    let shape = shapes.into_iter().find(|it| it.name == shape).expect("a shape");
    let with_extensions = CookieConsentLayer::new(shape.registry.clone());
    match row {
        "bare" => answer(&shape, &Identity::new(), false),
        "no_op" => answer(&shape, &NoOpLayer, false),
        "hand_written" => answer(&shape, &HandWrittenLayer::new(&shape.registry), true),
        "consent" => {
            let without = with_extensions.consent_extension(false).report_extension(false);
            answer(&shape, &without, true);
        }
        "consent_with_extensions" => answer(&shape, &with_extensions, true),
        _ => panic!("no row {row}"),
    }
}

fn answer<L>(shape: &Shape, layer: &L, is_policy: bool)
where
    L: Layer<Prepared>,
    L::Service: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    for _ in 0..BATCHES {
        let mut asked: Vec<_> = (0..BATCH)
            .map(|_| (layer.layer(Prepared::new(shape.response())), Some(shape.request())))
            .collect();
        let mut responses = Vec::with_capacity(asked.len());
        answered(black_box(&mut asked), &mut responses);
        if is_policy {
            shape.check(&responses[0]);
        }
    }
}

/// What is counted, in a function of its own since callgrind knows it by its name.
#[inline(never)]
fn answered<S>(asked: &mut [(S, Option<Request<()>>)], responses: &mut Vec<Response<()>>)
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    for (service, request) in asked {
        responses.push(call(service, request.take().expect("asked once")));
    }
}
