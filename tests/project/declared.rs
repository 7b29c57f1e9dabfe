//! What a package declares, as cargo reads it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Where the crate lies.
pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What cargo says of the package whose `Cargo.toml` is in `folder`.
pub(super) fn package(folder: &Path) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"][0].take()
}

/// The file that each target of the package starts with.
pub(super) fn target_roots(package: &Value) -> Vec<PathBuf> {
    let targets = package["targets"].as_array().unwrap();
    targets.iter().map(|target| target["src_path"].as_str().unwrap().into()).collect()
}

/// The names of the package's targets of a kind.
pub(super) fn target_names(package: &Value, kind: &str) -> BTreeSet<String> {
    let targets = package["targets"].as_array().unwrap().iter();
    targets.filter(|target| target["kind"][0] == kind).map(|target| text(&target["name"])).collect()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
