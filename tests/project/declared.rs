//! Asks cargo for the metadata of the packages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Returns the folder of the crate.
pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns cargo's metadata of the packages that are built with the one in `folder`.
pub(super) fn packages(folder: &Path) -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array_mut().unwrap().drain(..).collect()
}

/// Returns cargo's metadata of the crate itself.
pub(super) fn package() -> Value {
    let mut packages = packages(root()).into_iter();
    packages.find(|package| package["name"] == env!("CARGO_PKG_NAME")).unwrap()
}

/// Returns the names of the packages that are examples.
pub(super) fn examples() -> BTreeSet<String> {
    let folder = root().join("examples");
    let packages = packages(root()).into_iter();
    let examples = packages.filter(|package| {
        let is_program = package["targets"][0]["kind"][0] == "bin";
        is_program && Path::new(package["manifest_path"].as_str().unwrap()).starts_with(&folder)
    });
    examples.map(|package| text(&package["name"])).collect()
}

/// Returns the root file of each target of the package.
pub(super) fn target_roots(package: &Value) -> Vec<PathBuf> {
    let targets = package["targets"].as_array().unwrap();
    targets.iter().map(|target| target["src_path"].as_str().unwrap().into()).collect()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
