//! Takes over where the instructions went, from the profiles that callgrind left in `target/tmp`.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use crate::measured::Figures;
use crate::shapes::{OURS, OURS_WITH_EXTENSIONS};

pub(crate) const FILE: &str = "profile.csv";

/// The shapes that are told, each with a row and what both are called.
pub(crate) const SHAPES: [(&str, &str, &str); 3] = [
    ("no_set_cookie", OURS_WITH_EXTENSIONS, "no `Set-Cookie`, as it comes"),
    ("three_kept", OURS, "3 kept"),
    ("three_of_six_stripped", OURS_WITH_EXTENSIONS, "6 with 3 stripped, as it comes"),
];

/// The calls that `benches/instructions.rs` counts together.
const CALLS: f64 = 256.0;

pub(crate) fn key(shape: &str, row: &str) -> String {
    format!("{shape} {row}")
}

pub(crate) fn take_over() {
    let mut figures = Figures::new(FILE);
    for (shape, row, _) in SHAPES {
        let read = |row: &str| {
            let file = crate::root().join(format!("target/tmp/callgrind.{shape}.{row}"));
            let text = fs::read_to_string(&file)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            by_module(&text)
        };
        let no_op = read("no_op");
        for (module, count) in read(row) {
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
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut counts = BTreeMap::new();
    let mut inside = String::new();
    let mut is_of_callee = false;
    for line in profile.lines() {
        if let Some(name) = line.strip_prefix("fn=").or(line.strip_prefix("cfn=")) {
            // `(12) name` at first, `(12)` from then on.
            let (id, name) = name.split_once(' ').unwrap_or((name, ""));
            let name = if name.is_empty() { names[id] } else { name };
            names.insert(id, name);
            if line.starts_with("fn=") {
                inside = module(name);
            }
        } else if line.starts_with("calls=") {
            is_of_callee = true;
        } else if line.starts_with(|c: char| c.is_ascii_digit() || "+-*".contains(c)) {
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
    let profile = "events: Ir\nfn=(1) tower_cookie_consent::policy::judge::line\n16 40\n\
                   cfn=(2) malloc\ncalls=3 50\n+1 900\n+2 2\nfn=(2)\n* 300\n\
                   fn=(3) <http::header::map::HeaderMap<T>>::get\n1 7\n";
    let told = by_module(profile);
    let want = [("http", 7.0), ("malloc and free", 300.0), ("policy/judge", 42.0)];
    assert_eq!(told, want.map(|(module, count)| (module.to_owned(), count)).into());
}
