//! Compares rows with each other: what the layer costs over one that does nothing, and beside what is
//! written by hand.
//!
//! The rows of a shape are timed by turns, a batch of calls each, so that whatever else the machine
//! does meets all of them. What is told of two rows is the median of their differences or ratios,
//! turn by turn. Then two threads call at the same time, each clones of the same service.

#[allow(dead_code)]
mod support;

use std::env;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use support::figures::Figures;
use support::rows::{BATCH, Batch, Row, rows};
use support::shape::{SHAPES, Shape};

/// So many turns of a shape are enough, or as many as there is time for.
const TURNS: usize = 400;
const LONGEST: Duration = Duration::from_secs(5);

/// Batches that a row is timed for in its turn, behind one that makes everything warm.
const BATCHES: usize = 4;

/// Batches that a thread answers in a row while others do: short enough to be seldom interrupted.
const BATCHES_OF_A_THREAD: usize = 16;

fn main() {
    let turns = if env::args().any(|argument| argument == "--quick") { 5 } else { TURNS };
    let mut figures = Figures::default();
    println!("nanoseconds of a response, rows by turns; `over`: median of what each turn differs");
    for shape in SHAPES {
        by_turns(&shape(), turns, &mut figures);
    }
    for shape in [Shape::no_set_cookie, Shape::three_kept, Shape::three_of_six_stripped] {
        by_threads(&shape(), turns, &mut figures);
    }
    figures.write();
}

fn by_turns(shape: &Shape, turns: usize, figures: &mut Figures) {
    let rows = rows(shape);
    for row in &rows {
        let mut batch = row.batch(shape, BATCH);
        batch.answer();
        row.check(shape, &*batch);
    }
    let mut times = vec![Vec::with_capacity(turns); rows.len()];
    let start = Instant::now();
    while times[0].len() < turns && (start.elapsed() < LONGEST || times[0].len() < 5) {
        // None is always behind the same one.
        let first = times[0].len() % rows.len();
        for i in (first..rows.len()).chain(0..first) {
            times[i].push(time_of_turn(&rows[i], shape));
        }
    }

    print!("{:30}", shape.name);
    let mut tell = |row: &str, figure: f64| {
        print!("  {row} {figure:.1}");
        figures.add(shape.name, row, format_args!("{figure:.1}"));
    };
    for (row, times) in rows.iter().zip(&times) {
        tell(row.name, median(times.iter().copied()));
    }
    let of = |name: &str| &times[rows.iter().position(|row| row.name == name).expect("a row")];
    let over_no_op = |name| of(name).iter().zip(of("no_op")).map(|(time, no_op)| time - no_op);
    for name in ["hand_written", "consent", "consent_with_extensions"] {
        tell(&format!("{name}_over_no_op"), median(over_no_op(name)));
    }
    let ratios = over_no_op("hand_written").zip(over_no_op("consent"));
    tell("hand_written_to_consent", median(ratios.map(|(hand_written, ours)| hand_written / ours)));
    println!();
}

/// The nanoseconds of one response.
fn time_of_turn(row: &Row, shape: &Shape) -> f64 {
    row.batch(shape, BATCH).answer();
    let times = (0..BATCHES).map(|_| {
        let mut batch = row.batch(shape, BATCH);
        let start = Instant::now();
        batch.answer();
        start.elapsed()
    });
    nanoseconds_of_one(times.sum(), BATCHES)
}

/// What a response costs one thread that calls alone, and each of two that call at the same time.
fn by_threads(shape: &Shape, turns: usize, figures: &mut Figures) {
    print!("{:30}", shape.name);
    for row in rows(shape) {
        let mut batch = row.batch_of_clones(shape, BATCH);
        batch.answer();
        row.check(shape, &*batch);
        let turns: Vec<_> = (0..turns)
            .map(|_| [time_of_threads(&row, shape, 1), time_of_threads(&row, shape, 2)])
            .collect();
        for (threads, said) in [(0, "alone"), (1, "of_two")] {
            let figure = median(turns.iter().flat_map(|turn| turn[threads].iter().copied()));
            print!("  {}_{said} {figure:.1}", row.name);
            figures.add(shape.name, &format!("{}_{said}", row.name), format_args!("{figure:.1}"));
        }
    }
    println!();
}

/// The nanoseconds of one response in each of so many threads.
fn time_of_threads(row: &Row, shape: &Shape, threads: usize) -> Vec<f64> {
    let ready = AtomicUsize::new(0);
    let answer = || {
        let mut batches: Vec<Box<dyn Batch>> =
            (0..BATCHES_OF_A_THREAD).map(|_| row.batch_of_clones(shape, BATCH)).collect();
        ready.fetch_add(1, Ordering::AcqRel);
        while ready.load(Ordering::Acquire) < threads {
            std::hint::spin_loop();
        }
        let start = Instant::now();
        for batch in &mut batches {
            batch.answer();
        }
        nanoseconds_of_one(start.elapsed(), BATCHES_OF_A_THREAD)
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(answer)).collect();
        threads.into_iter().map(|thread| thread.join().expect("answered")).collect()
    })
}

/// The nanoseconds of one call, from the time of so many batches.
fn nanoseconds_of_one(time: Duration, batches: usize) -> f64 {
    time.div_duration_f64(Duration::from_nanos((batches * BATCH) as u64))
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
