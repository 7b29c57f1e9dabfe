//! Tests strings that the IAB's own packages encode (`iab/generate.mjs`), each with the result that
//! follows from its fields: R18 for what is read from them, and R7 for when it counts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use test_support::left_out::left_out_unless;
use tower_cookie_consent::registry::{Category, Cmp, CmpSource};
use tower_cookie_consent::{ConsentSource, Decision, Registry};

use super::visitor::request;

/// Some of the strings, for machines without Node.js.
const SAMPLES: &str = include_str!("iab/samples.jsonl");

/// The ids on which a string may state decisions, each with a category of its own.
fn ids() -> Vec<String> {
    let own = ["analytics", "marketing", "gpc"];
    let opt_outs = ["sale", "sharing", "targeted_advertising", "known_child"];
    let purposes = (1..=11).map(|number| format!("purpose:{number}"));
    own.into_iter().chain(opt_outs).map(String::from).chain(purposes).collect()
}

/// Returns the name of an id's category, without the colon that registries do not allow.
fn category(id: &str) -> String {
    id.replace(':', "-")
}

fn registry() -> Registry {
    let builder = ids().iter().fold(Registry::builder().version("1"), |builder, id| {
        builder.category(Category::consent(category(id)).refused_by_gpc(id == "gpc"))
    });
    builder.build().unwrap()
}

/// Returns a source for cookies of this name, with every purpose mapped.
fn source(cookie: &str) -> CmpSource {
    let cmp = if cookie.starts_with("eu") { Cmp::Tcf } else { Cmp::Gpp };
    let mapped = ids().into_iter().filter(|id| id.starts_with("purpose:"));
    mapped.fold(CmpSource::new(cmp), |source, id| source.with_mapping(id.as_str(), category(&id)))
}

/// Compares the result of reading a line's string with the expected one.
fn check(line: &str, registry: &Registry) -> Result<(), String> {
    let line: Value = serde_json::from_str(line).expect("a line of JSON");
    let (cookie, string) = (line["cookie"].as_str().unwrap(), line["string"].as_str().unwrap());
    let choice = source(cookie).read(&request(format!("{cookie}={string}")), registry);
    let want = &line["want"];
    let named = |list: &str, id: &str| want[list].as_array().unwrap().iter().any(|it| it == id);
    let wrong: Vec<_> = ids()
        .into_iter()
        .filter(|id| {
            let decision = match (named("granted", id), named("refused", id)) {
                (_, true) => Some(Decision::Refused),
                (true, false) => Some(Decision::Granted),
                (false, false) => None,
            };
            choice.decision(&category(id)) != decision
        })
        .collect();
    let time = want["time"].as_u64();
    let same_time = time.is_none() || choice.time() == time.map(at);
    let decided = want["decided"].as_bool().unwrap();
    if wrong.is_empty() && choice.is_decided() == decided && same_time {
        return Ok(());
    }
    Err(format!("{line}: {choice:?} of {:?} is wrong on {wrong:?}", choice.time()))
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[track_caller]
fn check_all(lines: &str, at_least: usize) {
    let registry = registry();
    let lines: Vec<_> = lines.lines().collect();
    assert!(lines.len() >= at_least, "{} lines", lines.len());
    let wrong: Vec<_> = lines.iter().filter_map(|line| check(line, &registry).err()).collect();
    assert!(
        wrong.is_empty(),
        "{} of {}: {:#?}",
        wrong.len(),
        lines.len(),
        &wrong[..wrong.len().min(5)]
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmp/iab")
}

/// Returns whether the packages of `iab/package.json` are installed, in the versions that it names.
fn is_installed() -> bool {
    let packages: Value = serde_json::from_str(include_str!("iab/package.json")).unwrap();
    packages["dependencies"].as_object().unwrap().iter().all(|(package, version)| {
        let manifest = folder().join("node_modules").join(package).join("package.json");
        let text = fs::read_to_string(manifest).unwrap_or_default();
        serde_json::from_str::<Value>(&text).is_ok_and(|found| found["version"] == *version)
    })
}

/// Returns the output of the generator, with this many strings of each kind. If Node.js or the
/// packages are not installed, it says so and returns `None`.
fn generated(of_each_kind: u32) -> Option<String> {
    let mut node = Command::new("node");
    node.arg(folder().join("generate.mjs")).arg(of_each_kind.to_string());
    let Some(output) = is_installed().then(|| node.output().ok()).flatten() else {
        left_out_unless(
            "REQUIRE_NODE",
            "Node.js with the IAB's packages",
            "only the fixed samples of its strings were read",
            "npm install --prefix tests/cmp/iab",
        );
        return None;
    };
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    Some(String::from_utf8(output.stdout).expect("JSON is UTF-8"))
}

#[test]
fn r18_samples_of_the_iabs_own_encoders() {
    check_all(SAMPLES, 100);
}

#[test]
fn r18_thousands_of_strings_of_the_iabs_own_encoders() {
    if let Some(lines) = generated(1_000) {
        check_all(&lines, 4_000);
    }
}

/// Otherwise they would only show what the packages wrote in the past.
#[test]
fn r18_the_samples_are_what_the_encoders_write() {
    if let Some(lines) = generated(15) {
        assert_eq!(lines, SAMPLES);
    }
}
