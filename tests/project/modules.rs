//! Finds the files of the modules that a file declares.
//!
//! Files are read line by line, as rustfmt formats them. The compiler's own list of sources cannot
//! be used: it omits files that the current features switch off, and keeps files of earlier builds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns all files that the compiler would read, beginning with `root`.
pub(super) fn reachable(root: PathBuf) -> BTreeSet<PathBuf> {
    let mut reached = BTreeSet::new();
    let mut open = vec![Source { owns_folder: true, file: root }];
    while let Some(source) = open.pop() {
        let text = fs::read_to_string(&source.file).unwrap();
        open.extend(source.modules(&text));
        reached.insert(source.file);
    }
    reached
}

struct Source {
    file: PathBuf,
    /// A file that is the root of a target, a `mod.rs`, or named by `#[path]` has its modules
    /// beside it.
    owns_folder: bool,
}

impl Source {
    fn modules(&self, text: &str) -> Vec<Source> {
        let beside = self.file.parent().unwrap();
        let below = if self.owns_folder { beside.into() } else { self.file.with_extension("") };
        // The folders for modules of each block around the line, each with the line that ends the
        // block.
        let mut blocks: Vec<(PathBuf, String)> = Vec::new();
        let mut path = None;
        let mut found = Vec::new();
        for line in text.lines() {
            blocks.pop_if(|(_, end)| line == end);
            if let Some(named) = path_attribute(line) {
                path = Some(named);
            } else if let Some((name, is_block)) = module(line) {
                let folder = blocks.last().map_or(below.as_path(), |(folder, _)| folder);
                let named = path.take().map(|path| match blocks.last() {
                    Some((folder, _)) => folder.join(path),
                    None => beside.join(path),
                });
                if is_block {
                    let indent = line.len() - line.trim_start().len();
                    let end = format!("{:indent$}}}", "");
                    blocks.push((named.unwrap_or_else(|| folder.join(name)), end));
                } else {
                    found.push(match named {
                        Some(file) => Source::at(&file),
                        None => unnamed(folder, name),
                    });
                }
            }
        }
        found
    }

    fn at(file: &Path) -> Source {
        Source { file: normal(file), owns_folder: true }
    }
}

/// Returns the file of a module that has no `#[path]`.
fn unnamed(folder: &Path, name: &str) -> Source {
    let file = folder.join(name).join("mod.rs");
    if file.exists() {
        return Source::at(&file);
    }
    Source { file: normal(&folder.join(format!("{name}.rs"))), owns_folder: false }
}

fn path_attribute(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("#[path = \"")?.strip_suffix("\"]")
}

/// Returns the name in `mod name;` or `mod name {`, and whether it is the latter.
fn module(line: &str) -> Option<(&str, bool)> {
    let line = line.trim_start();
    let visible = line.strip_prefix("pub").and_then(|rest| rest.split_once("mod "));
    let rest = match visible {
        Some((between, rest)) if between == " " || between.ends_with(") ") => rest,
        _ => line.strip_prefix("mod ")?,
    };
    rest.strip_suffix(';')
        .map(|name| (name, false))
        .or(rest.strip_suffix(" {").map(|name| (name, true)))
}

/// Returns a path without `..`.
fn normal(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_way_to_name_a_module_is_read() {
    // No line of this file itself may look like a module.
    let lines = [
        "mod project {",
        "    mod declared;",
        "    #[cfg(feature = \"toml\")]",
        "    pub(crate) mod files;",
        "}",
        "#[path = \"project\"]",
        "mod again {",
        "    #[path = \"modules.rs\"]",
        "    #[allow(dead_code, reason = \"mod nothing;\")]",
        "    mod reader;",
        "}",
        "#[path = \"project/../policies.rs\"]",
        "pub mod policies;",
    ];
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let source = Source { file: tests.join("any.rs"), owns_folder: true };
    let found: Vec<_> =
        source.modules(&lines.join("\n")).into_iter().map(|found| found.file).collect();
    let wanted = ["project/declared.rs", "project/files.rs", "project/modules.rs", "policies.rs"];
    assert_eq!(found, wanted.map(|file| normal(&tests.join(file))));

    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let source = Source { file: sources.join("set_cookie.rs"), owns_folder: false };
    let found: Vec<_> = source.modules("mod date;").into_iter().map(|found| found.file).collect();
    assert_eq!(found, [normal(&sources.join("set_cookie/date.rs"))]);
}
