//! Compares `TABLE.md` with the tests: neither may have something that the other lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const TABLE: &str = include_str!("TABLE.md");

/// A behaviour of the table.
struct Row {
    /// The heading, for rows whose first cell is not a complete source.
    source: &'static str,
    original: &'static str,
    here: &'static str,
    test: Option<&'static str>,
}

fn rows() -> Vec<Row> {
    let mut source = "";
    let mut rows = Vec::new();
    for line in TABLE.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            source = heading;
        }
        let Some(cells) = line.strip_prefix("| ") else { continue };
        let cells: Vec<_> = cells.trim_end_matches('|').split(" | ").map(str::trim).collect();
        let [original, behaviour, here, test] = cells[..] else { panic!("four cells: {line}") };
        assert!(!behaviour.is_empty(), "{line}");
        if original != "original" {
            let test = test.strip_prefix('`').and_then(|test| test.strip_suffix('`'));
            rows.push(Row { source, original, here, test });
        }
    }
    rows
}

/// Returns the tests of all other files of this folder, each with the line that names its source.
fn tests(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let inside = if path.is_dir() {
            tests(&path)
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("table.rs") {
            tests_of(&fs::read_to_string(&path).unwrap())
        } else {
            continue;
        };
        for (test, source) in inside {
            assert!(found.insert(test.clone(), source).is_none(), "{test} is there twice");
        }
    }
    found
}

fn tests_of(code: &str) -> BTreeMap<String, String> {
    let (mut source, mut marked) = ("", false);
    let mut found = BTreeMap::new();
    for line in code.lines() {
        if let Some(comment) = line.strip_prefix("/// ") {
            source = comment;
        } else if line == "#[test]" || line == "#[tokio::test]" {
            marked = true;
        } else if std::mem::take(&mut marked) {
            let signature = line.trim_start_matches("async ").strip_prefix("fn ").unwrap();
            let (name, _) = signature.split_once('(').unwrap();
            found.insert(name.to_owned(), std::mem::take(&mut source).to_owned());
        }
    }
    found
}

#[test]
fn the_table_names_every_test_by_its_source() {
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for row in rows() {
        let Some(test) = row.test else { continue };
        let prefix =
            if row.source == "Peers" { String::new() } else { format!("{}: ", row.source) };
        named
            .entry(test.to_owned())
            .and_modify(|sources| *sources = format!("{sources}; {}", row.original))
            .or_insert_with(|| prefix + row.original);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replays");
    assert_eq!(named, tests(&folder));
}

#[test]
fn a_behaviour_has_a_test_or_a_reason_why_it_cannot_apply() {
    for Row { source, original, here, test } in rows() {
        let (tested, reason) = match here.split_once(": ") {
            None => (here == "the same", "none needed"),
            Some(("differs", reason)) => (true, reason),
            Some((what, reason)) => (what != "cannot apply", reason),
        };
        assert_eq!(test.is_some(), tested, "{source}: {original}: {here}");
        assert!(!reason.is_empty(), "{source}: {original}");
    }
}

#[test]
fn no_behaviour_is_left_out_or_there_twice() {
    let mut originals: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for row in rows() {
        let new = originals.entry(row.source).or_default().insert(row.original);
        assert!(new, "{}: {}", row.source, row.original);
    }
    for (source, tests) in [
        ("ASP.NET Core, `CookieConsentTests`", 22),
        ("ASP.NET Core, `CookiePolicyTests`", 14),
        ("ASP.NET Core, `CookieChunkingTests`", 8),
        ("Shopware 5, `CookieHandlerTest`", 10),
        ("Shopware 5, `CookieRemoveHandlerTest`", 9),
        ("Shopware 5, `CookieCollectorTest`", 5),
        ("Shopware 5, `CookieCollectionTest`", 6),
        ("Shopware 5, `CookieGroupCollectionTest`", 4),
        ("rack-policy, `cookie_limiter_spec.rb`", 14),
        ("rack-policy, `helpers_spec.rb`", 4),
        ("Granit, `GranitCookieManagerTests`", 13),
        ("Granit, `CookieRegistryTests`", 11),
    ] {
        assert_eq!(originals[source].len(), tests, "{source}");
    }
    let checks = &originals["FAZ Cookie Manager, `test-server-cookie-guard-php.php`"];
    let mut numbers: Vec<u8> = checks
        .iter()
        .flat_map(|checks| checks.split_once(' ').unwrap().1.split(", "))
        .map(|number| number.parse().unwrap())
        .collect();
    numbers.sort_unstable();
    assert!(numbers.into_iter().eq(1..=62));
}
