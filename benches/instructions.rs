//! How many instructions a response takes, by its shape: exact, where times are noisy.
//!
//! The program runs itself under valgrind's callgrind, once for each row, and fails where the layer
//! takes more than its limit. What is counted is one call, as in `responses`: no socket, no runtime,
//! requests and responses made before, responses and stripped lines freed behind. The profile of
//! each row stays in `target/tmp`, for `callgrind_annotate`.

#[allow(dead_code)]
mod support;

use std::env;
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use support::figures::Figures;
use support::rows::{BATCH, rows};
use support::shape::Shape;

/// A shape, and the most instructions that the layer may take for it over the no-op layer: with the
/// extensions off, and as it comes.
type Limit = (fn() -> Shape, u64, u64);

/// Some 3 % above what was measured with rustc 1.95 on x86-64, and [`ELSEWHERE`] more.
const LIMITS: [Limit; 15] = [
    (Shape::no_set_cookie, 622, 1_895),
    (Shape::three_kept, 4_530, 5_860),
    (Shape::three_granted, 8_140, 9_470),
    (Shape::three_granted_of_twenty, 8_510, 9_850),
    (Shape::three_granted_of_fifty, 9_060, 10_400),
    (Shape::three_of_six_stripped, 13_730, 19_880),
    (Shape::first_visit, 11_860, 17_880),
    (Shape::six_stripped, 14_430, 20_460),
    (Shape::three_of_six_capped, 15_960, 21_670),
    (Shape::fifty_against_few_names, 46_870, 74_670),
    (Shape::fifty_against_some_names, 46_870, 74_670),
    (Shape::fifty_against_many_names, 46_870, 74_670),
    (Shape::fifty_against_few, 59_960, 87_350),
    (Shape::fifty_against_some, 59_890, 87_710),
    (Shape::fifty_against_many, 62_730, 90_140),
];

/// The same of a policy that filters requests, or sweeps.
const MODES: [Limit; 6] = [
    (Shape::filter_off, 600, 1_780),
    (Shape::filter_none, 8_110, 13_450),
    (Shape::filter_three, 9_550, 20_660),
    (Shape::sweep_off, 600, 1_780),
    (Shape::sweep_none, 9_680, 10_630),
    (Shape::sweep_three, 21_990, 27_740),
];

/// So many instructions a response may differ on another machine, for which another `memcpy` is chosen
/// and memory comes from elsewhere: 26 were seen, which are more than 3 % of the smallest shape.
const ELSEWHERE: u64 = 50;

/// The rows that are counted of a shape; the last two have limits.
const ROWS: &[&str] = &[
    "bare",
    "no_op",
    "set_header",
    "tower_cookies",
    "hand_written",
    "consent",
    "consent_with_extensions",
];

/// Those that are counted of a mode, which no other layer has.
const ROWS_OF_MODES: &[&str] = &["no_op", "consent", "consent_with_extensions"];

/// So many batches are counted, and all calls but the first find everything warm.
const BATCHES: usize = 8;

/// The argument by which the program counts one row.
const COUNT: &str = "--count";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    if let [_, count, shape, row] = &*arguments
        && count == COUNT
    {
        answer(shape, row);
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(env::var_os("REQUIRE_VALGRIND").is_none(), "valgrind is not installed");
        eprintln!("LEFT OUT: valgrind is not installed, so no instructions are counted.");
        return ExitCode::SUCCESS;
    }
    println!("instructions of a response: the no-op layer's, and those of others over it");
    let mut figures = Figures::default();
    let mut are_all_within = true;
    for (limits, rows) in [(&LIMITS[..], ROWS), (&MODES[..], ROWS_OF_MODES)] {
        for limit in limits {
            are_all_within &= is_within(limit, rows, &mut figures);
        }
    }
    figures.write();
    if are_all_within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Counts the rows of a shape, and returns `true` if they are within its limits.
fn is_within(limit: &Limit, rows: &[&str], figures: &mut Figures) -> bool {
    let (shape, limit, limit_with_extensions) = limit;
    let shape = shape().name;
    let counts = count(shape, rows);
    let (_, no_op) = counts.iter().find(|(row, _)| *row == "no_op").expect("counted");
    print!("{shape:30} {no_op:7}");
    let mut is_within = true;
    for (row, counted) in &counts {
        figures.add(shape, row, counted);
        let limit = match *row {
            "hand_written" => u64::MAX,
            "consent" => limit + ELSEWHERE,
            "consent_with_extensions" => limit_with_extensions + ELSEWHERE,
            _ => continue,
        };
        let over = counted.saturating_sub(*no_op);
        print!("  {row} {over}");
        if over > limit {
            print!(" (ABOVE ITS LIMIT OF {limit})");
            is_within = false;
        }
    }
    println!();
    is_within
}

/// The instructions of one response in each row, counted side by side: they are no fewer on a busy machine.
fn count<'r>(shape: &str, rows: &[&'r str]) -> Vec<(&'r str, u64)> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut taken = Vec::new();
        while let Some(row) = rows.get(next.fetch_add(1, Relaxed)) {
            taken.push((*row, counted(shape, row)));
        }
        taken
    };
    let counted: Vec<_> = thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(take)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("counted")).collect()
    });
    let of = |row: &&'r str| *counted.iter().find(|(it, _)| it == row).expect("counted");
    rows.iter().map(of).collect()
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
    let collected = collected.unwrap_or_else(|| panic!("{shape} {row}: {said}"));
    collected / (BATCHES * BATCH) as u64
}

/// Answers in one row, and checks what leaves.
fn answer(shape: &str, row: &str) {
    let shapes = LIMITS.iter().chain(&MODES).map(|(shape, ..)| shape());
    let shape = shapes.into_iter().find(|it| it.name == shape).expect("a shape");
    let row = rows(&shape).into_iter().find(|it| it.name == row).expect("a row");
    for _ in 0..BATCHES {
        let mut batch = row.batch(&shape, BATCH);
        batch.answer();
        row.check(&shape, &*batch);
    }
}
