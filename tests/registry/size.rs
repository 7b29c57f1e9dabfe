//! Tests that large registries are checked fast enough for every start of a server.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tower_cookie_consent::registry::{Category, Registry};

const COUNT: usize = 10_000;
/// Unoptimized code on a busy machine stays below this limit, while a quadratic check takes
/// minutes.
const LIMIT: Duration = Duration::from_secs(20);

/// Returns patterns of one kind, half of them in one category and half in another.
fn registry(pattern: impl Fn(usize) -> String) -> (usize, Duration) {
    let (mut a, mut b) = (Category::consent("a"), Category::consent("b"));
    for index in 0..COUNT {
        if index % 2 == 0 {
            a = a.cookie(pattern(index));
        } else {
            b = b.cookie(pattern(index));
        }
    }
    let start = Instant::now();
    let built = Registry::builder().version("1").category(a).category(b).build();
    let problems = built.map_or_else(|error| error.problems().len(), |_| 0);
    (problems, start.elapsed())
}

#[test]
fn r5_ten_thousand_declarations_are_checked_at_once() {
    type Shape = fn(usize) -> String;
    let shapes: [(&str, Shape, bool); 7] = [
        ("names", |i| format!("name{i}"), false),
        ("starts", |i| format!("start{i:05}*"), false),
        ("ends", |i| format!("*{i:05}end"), false),
        ("both", |i| format!("s{:03}*{:03}e", i / 100, i % 100), false),
        ("same start", |i| format!("start*{i:05}"), false),
        // Every pattern of one half shares names with every pattern of the other.
        ("overlapping", |i| if i % 2 == 0 { format!("{i:05}*") } else { format!("*{i:05}") }, true),
        ("inner", |i| format!("*{i:05}*"), true),
    ];
    for (name, shape, ambiguous) in shapes {
        let (problems, time) = registry(shape);
        assert_eq!(problems > 0, ambiguous, "{name}: {problems} problems");
        assert!(problems <= COUNT, "{name}: {problems} problems");
        assert!(time < LIMIT, "{name}: {time:?}");
    }
}

#[test]
fn r14_ten_thousand_mistakes_are_listed_at_once() {
    let mut file = String::from("version = '1'\n[categories.a]\nbasis = 'consent'\ncookies = [\n");
    for _ in 0..COUNT {
        file.push_str("  '*',\n");
    }
    file.push_str("]\n[categories.b]\nbasis = 'consent'\n[categories.b.cookies]\n");
    for index in 0..COUNT {
        writeln!(file, "cookie{index} = 'soon'").unwrap();
    }
    let start = Instant::now();
    let error = Registry::from_toml(&file).unwrap_err();
    let time = start.elapsed();
    assert_eq!(error.problems().len(), 2 * COUNT);
    assert_eq!(error.problems().last().unwrap().line(), Some(2 * COUNT + 8));
    assert!(time < LIMIT, "{time:?}");
}
