//! The public API names types of the crates that DESIGN.md allows, and of no others.
//!
//! rustdoc's JSON says what each public item names. That output is unstable, and asking for it
//! compiles the dependencies once more, so `cargo test` leaves this out:
//!
//! ```sh
//! cargo test --test public_api
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The section "Shape" of DESIGN.md. serde's traits live in `serde_core`.
const ALLOWED: [&str; 7] =
    ["axum_core", "bytes", "http", "http_body", "serde_core", "tower_layer", "tower_service"];
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// In the bound of an `impl Unpin` that the macro writes. Nobody can name it.
const PIN_PROJECT_LITE: &str = "pin_project_lite::__private::PinnedFieldsOf";

/// Returns what rustdoc knows of the crate with all features.
fn documentation() -> Value {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unstable");
    let status = Command::new(env!("CARGO"))
        .args(["rustdoc", "--quiet", "--lib", "--all-features", "--target-dir"])
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("RUSTC_BOOTSTRAP", "1")
        .status()
        .unwrap();
    assert!(status.success());
    let json = fs::read(target.join("doc/tower_cookie_consent.json")).unwrap();
    serde_json::from_slice(&json).unwrap()
}

/// The items that are ours and that somebody wrote.
fn written_items(documentation: &Value) -> impl Iterator<Item = &Value> {
    documentation["index"].as_object().unwrap().values().filter(|item| {
        let block = &item["inner"]["impl"];
        item["crate_id"] == 0 && block["is_synthetic"] != true && block["blanket_impl"].is_null()
    })
}

/// The ids of all items that a part of the documentation names.
fn ids_named_in(part: &Value) -> Vec<u64> {
    let parts: Vec<_> = match part {
        Value::Object(fields) => fields.values().collect(),
        Value::Array(elements) => elements.iter().collect(),
        _ => return Vec::new(),
    };
    // A type, trait or re-export has an id, and says how it was written.
    let is_reference = part.get("path").or(part.get("name")).is_some();
    let own = part["id"].as_u64().filter(|_| is_reference);
    own.into_iter().chain(parts.into_iter().flat_map(ids_named_in)).collect()
}

/// Each foreign crate, with what is named of it and where.
fn foreign_names(documentation: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in written_items(documentation) {
        for id in ids_named_in(&item["inner"]) {
            // A private item has no path, and belongs to this crate.
            let summary = &documentation["paths"][id.to_string()];
            let Some(krate) = summary["crate_id"].as_u64().filter(|krate| *krate != 0) else {
                continue;
            };
            let krate =
                documentation["external_crates"][krate.to_string()]["name"].as_str().unwrap();
            let path: Vec<_> =
                summary["path"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let path = path.join("::");
            let span = &item["span"];
            let place = format!("{path}, in {} line {}", span["filename"], span["begin"][0]);
            if path != PIN_PROJECT_LITE {
                names.entry(krate.to_owned()).or_default().insert(place);
            }
        }
    }
    names
}

#[test]
fn the_public_api_names_the_allowed_crates_alone() {
    let mut names = foreign_names(&documentation());
    names.retain(|krate, _| !STANDARD.contains(&krate.as_str()));
    // All of them, too: otherwise nothing was read, or the list allows too much.
    let unused: Vec<_> = ALLOWED.iter().filter(|krate| names.remove(**krate).is_none()).collect();
    assert!(unused.is_empty(), "allowed, but named nowhere: {unused:?}");
    assert!(names.is_empty(), "not allowed by DESIGN.md: {names:#?}");
}
