//! The files of a folder.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders that tools create among the sources, and that git ignores.
const NOT_OURS: [&str; 2] = ["node_modules", "target"];

/// Returns every file in the folder and its subfolders.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            found.push(path);
        } else if !NOT_OURS.iter().any(|name| path.ends_with(name)) {
            found.extend(files(&path));
        }
    }
    found.sort();
    found
}

/// Returns the name of a file, for a message.
pub(super) fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}
