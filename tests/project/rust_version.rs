//! Tests that `rust-version` in Cargo.toml is the oldest compiler that can build the crate.
//!
//! Clippy checks that the crate itself uses nothing newer (`incompatible_msrv`).

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::declared::{root, text};

/// Returns the crate and all its dependencies in Cargo.lock, except those of its tests.
fn built_with() -> Vec<Value> {
    let compiler = output(Command::new("rustc").arg("-vV"));
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // Packages for other platforms may be missing.
    let metadata = output(
        Command::new(env!("CARGO"))
            .args(["metadata", "--all-features", "--offline", "--locked", "--format-version=1"])
            .args(["--filter-platform", host, "--manifest-path"])
            .arg(root().join("Cargo.toml")),
    );
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let by_id = |list: &Value| -> BTreeMap<String, Value> {
        let list = list.as_array().unwrap().iter();
        list.map(|entry| (text(&entry["id"]), entry.clone())).collect()
    };
    let (packages, nodes) = (by_id(&metadata["packages"]), by_id(&metadata["resolve"]["nodes"]));
    let mut reached = BTreeSet::new();
    let mut next = vec![text(&metadata["resolve"]["root"])];
    while let Some(id) = next.pop() {
        let needs = nodes[&id]["deps"].as_array().unwrap().iter();
        let built = needs.filter(|need| {
            need["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev")
        });
        next.extend(built.map(|need| text(&need["pkg"])).filter(|pkg| !reached.contains(pkg)));
        reached.insert(id);
    }
    reached.iter().map(|id| packages[id].clone()).collect()
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').chain(["0", "0"]).take(3).map(|number| number.parse().unwrap()).collect()
}

#[test]
fn the_oldest_compiler_is_the_one_that_the_dependencies_ask_for() {
    let ours = numbers(env!("CARGO_PKG_RUST_VERSION"));
    let asked: Vec<_> = built_with()
        .into_iter()
        .filter(|package| package["name"] != env!("CARGO_PKG_NAME"))
        .filter_map(|package| {
            let version = numbers(package["rust_version"].as_str()?);
            Some((version, format!("{} {}", text(&package["name"]), text(&package["version"]))))
        })
        .collect();
    let newer: Vec<_> = asked.iter().filter(|(version, _)| *version > ours).collect();
    assert!(newer.is_empty(), "these do not build with {ours:?}: {newer:?}");
    let newest = asked.iter().max().unwrap();
    assert_eq!(newest.0, ours, "rust-version can be as low as {newest:?} asks");
}
