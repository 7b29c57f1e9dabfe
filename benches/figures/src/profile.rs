//! Takes over where the instructions went, from the profiles of callgrind.

use std::collections::BTreeMap;

use crate::counted::{self, CALLS};
use crate::measured::Figures;
use crate::shapes::{OURS, OURS_WITH_EXTENSIONS};

pub(crate) const FILE: &str = "profile.csv";

/// The shapes that are told, each with a row and what both are called.
pub(crate) const SHAPES: [(&str, &str, &str); 3] = [
    ("no_set_cookie", OURS_WITH_EXTENSIONS, "no `Set-Cookie`, as it comes"),
    ("three_kept", OURS, "3 kept"),
    ("three_of_six_stripped", OURS_WITH_EXTENSIONS, "6 with 3 stripped, as it comes"),
];

pub(crate) fn key(shape: &str, row: &str) -> String {
    format!("{shape} {row}")
}

pub(crate) fn take_over() {
    let mut figures = Figures::new(FILE);
    for (shape, row, _) in SHAPES {
        let no_op = by_module(&counted::profile(shape, "no_op"));
        for (module, count) in by_module(&counted::profile(shape, row)) {
            let over = count - no_op.get(&module).copied().unwrap_or_default();
            // Less is what the inner service and the harness differ in.
            if over / CALLS >= 1.0 {
                figures.add(&key(shape, row), &module, over / CALLS);
            }
        }
    }
    figures.write();
}

/// The instructions of a profile in callgrind's format, by what they were spent on.
fn by_module(profile: &str) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    let mut inside = String::new();
    let mut is_of_callee = false;
    for line in profile.lines() {
        if let Some(name) = line.strip_prefix("fn=") {
            inside = module(name);
        } else if line.starts_with("calls=") {
            is_of_callee = true;
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            let count: f64 = line.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0.0);
            if !is_of_callee {
                *counts.entry(inside.clone()).or_default() += count;
            }
            is_of_callee = false;
        }
    }
    counts
}

/// What a function belongs to: a file of ours, a library, or what the system does for all.
fn module(function: &str) -> String {
    let path = function.trim_start_matches(['<', '&', '*', ' ']);
    let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let path = &path[..end.unwrap_or(path.len())];
    let mut parts = path.split("::").filter(|part| !part.is_empty());
    let library = parts.next().unwrap_or_default();
    let is_module = |part: &&str| part.starts_with(|c: char| c.is_ascii_lowercase());
    match library {
        "tower_cookie_consent" => {
            let modules: Vec<_> = parts.take_while(is_module).take(2).collect();
            modules.join("/")
        }
        "instructions" => "generic code, compiled where it is called".to_owned(),
        _ if ["alloc", "free", "arena", "tcache"].iter().any(|part| function.contains(part))
            && !function.contains("::") =>
        {
            "malloc and free".to_owned()
        }
        _ if function.contains("mem") && !function.contains("::") => "memcpy and memcmp".to_owned(),
        _ => library.to_owned(),
    }
}

#[test]
fn what_a_function_spends_itself_is_told_by_its_module() {
    let profile = "events: Ir\nfn=tower_cookie_consent::policy::judge::line\n16 40\n\
                   cfn=malloc\ncalls=3 50\n17 900\n19 2\nfn=malloc\n50 300\n\
                   fn=<http::header::map::HeaderMap<T> as core::clone::Clone>::clone\n1 7\n";
    let told = by_module(profile);
    let want = [("http", 7.0), ("malloc and free", 300.0), ("policy/judge", 42.0)];
    assert_eq!(told, want.map(|(module, count)| (module.to_owned(), count)).into());
}
