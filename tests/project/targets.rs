//! Tests that every file is built, or is read by a file that is built.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::declared::{packages, root, target_roots};
use super::files::{file_name, files};
use super::modules::reachable;

/// Returns every file from which a target of the crate is built, or one of the packages that are
/// workspaces of their own.
fn built() -> BTreeSet<PathBuf> {
    let mut packages_built = packages(root());
    for folder in ["fuzz", "examples/stacks"].map(|folder| root().join(folder)) {
        if folder.exists() {
            packages_built.extend(packages(&folder));
        }
    }
    let roots = packages_built.iter().flat_map(target_roots);
    roots.map(|root| root.canonicalize().unwrap()).flat_map(reachable).collect()
}

#[test]
fn every_source_belongs_to_a_target() {
    let built = built();
    let orphans: Vec<_> = ["src", "tests", "benches", "examples", "fuzz"]
        .iter()
        .map(|folder| root().join(folder))
        .filter(|folder| folder.exists())
        .flat_map(|folder| files(&folder.canonicalize().unwrap()))
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .filter(|file| !built.contains(file))
        .collect();
    assert!(orphans.is_empty(), "in no target: {orphans:#?}");
}

#[test]
fn every_other_file_of_the_tests_is_named_in_one() {
    let sources: Vec<_> =
        built().into_iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let unused: Vec<_> = files(&root().join("tests"))
        .into_iter()
        .filter(|file| file.extension().is_none_or(|extension| extension != "rs"))
        .filter(|file| file_name(file) != "Cargo.toml")
        .filter(|file| !sources.iter().any(|source| source.contains(file_name(file))))
        .collect();
    assert!(unused.is_empty(), "named in no source: {unused:#?}");
}
