//! Tests the command `check-version`.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use test_support::process::run;

use super::PROGRAM;

const OLD: &str =
    "version = '1'\n[categories.analytics]\nbasis = 'consent'\ncookies = ['_ga', '_gid']\n";

/// Writes a registry into a file for the test called `name`.
fn registry(name: &str, text: &str) -> String {
    let path =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("check-version-{name}.toml"));
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Returns the output for the older registry with one text replaced by another, and the exit code.
fn compared(name: &str, from: &str, to: &str, options: &[&str]) -> (String, Option<i32>) {
    assert!(OLD.contains(from), "{from}");
    let old = registry(&format!("{name}-old"), OLD);
    let new = registry(&format!("{name}-new"), &OLD.replacen(from, to, 1));
    let arguments = [&["check-version", old.as_str(), new.as_str()], options].concat();
    let output = run(PROGRAM, &arguments, b"");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn r7_visitors_have_to_be_asked_again_where_a_grant_would_cover_more() {
    let cookie = |name: &str| {
        format!(
            "  categories.analytics.cookies.{name}: is a cookie that visitors have not been asked about\n"
        )
    };
    for (from, to, answer, reasons, code) in [
        (
            "'1'",
            "'1'",
            "need not be asked again, and keep what they chose under version \"1\": nothing changed that they decide on.",
            String::new(),
            0,
        ),
        (
            ", '_gid'",
            "",
            "need not be asked again, and keep what they chose under version \"1\": what changed was a part of what they were asked about.",
            String::new(),
            0,
        ),
        (
            "'1'",
            "'2'",
            "are asked again, since version \"2\" follows \"1\". Nothing that they decide on says that they have to be; other purposes may.",
            String::new(),
            0,
        ),
        (
            "'_gid'",
            "'_gid', '_fbp', '_gcl'",
            "have to be asked again, and are not: both versions are \"1\". Give the new registry another one, because of:",
            cookie("_fbp") + &cookie("_gcl"),
            1,
        ),
        (
            "'1'\n[categories.analytics]\nbasis = 'consent'\ncookies = [",
            "'2'\n[categories.analytics]\nbasis = 'consent'\ncookies = ['_fbp', ",
            "have to be asked again, and are, since version \"2\" follows \"1\", because of:",
            cookie("_fbp"),
            0,
        ),
    ] {
        let (told, got) = compared("text", from, to, &[]);
        assert_eq!(told, format!("Visitors {answer}\n{reasons}"), "{to}");
        assert_eq!(got, Some(code), "{to}");
    }
}

#[test]
fn json_is_one_object_of_both_registries() {
    let (told, code) = compared("json", "'consent'", "'opt-out'", &["--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let reason = "has the basis opt-out, and had consent";
    assert_eq!(told["changes"], json!([{ "key": "categories.analytics", "reason": reason }]));
    assert_eq!((&told["asks_again"], &told["new"]["version"]), (&json!(false), &json!("1")));
    let number = |edition: &str| told[edition]["fingerprint"].as_str().unwrap().len();
    assert_eq!((number("old"), number("new")), (16, 16));
    assert_ne!(told["old"]["fingerprint"], told["new"]["fingerprint"]);
    assert_eq!(code, Some(1));
}

#[test]
fn what_is_no_registry_is_an_error_that_names_file_and_line() {
    let good = registry("good", OLD);
    let bad = registry("bad", &OLD.replace("consent'", "consnet'"));
    for arguments in [[&good, &bad], [&bad, &good]] {
        let output = run(PROGRAM, &["check-version", arguments[0], arguments[1]], b"");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains("check-version-bad.toml") && stderr.contains("line 3"), "{stderr}");
        assert_eq!((output.stdout.len(), output.status.code()), (0, Some(2)));
    }
    let output = run(PROGRAM, &["check-version", "nowhere.toml", &good], b"");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere.toml"));
    assert_eq!(output.status.code(), Some(2));
}
