//! Compares what the documents say about the crate with the crate itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::declared::{examples, package, root, text};
use super::files::{file_name, files};

const README: &str = include_str!("../../README.md");
const DESIGN: &str = include_str!("../../DESIGN.md");

/// Returns the text below a heading, up to the next heading.
fn section<'a>(document: &'a str, heading: &str) -> &'a str {
    let (_, below) = document.split_once(&format!("\n## {heading}\n")).expect(heading);
    below.split_once("\n## ").map_or(below, |(section, _)| section)
}

#[test]
fn the_readme_lists_the_features() {
    let package = package();
    let features = package["features"].as_object().unwrap();
    let default: Vec<_> = features["default"].as_array().unwrap().iter().map(text).collect();
    let declared: BTreeMap<_, _> = features
        .keys()
        .filter(|name| *name != "default")
        .map(|name| (name.clone(), default.contains(name)))
        .collect();

    let rows = section(README, "Features").lines().filter_map(|line| line.strip_prefix("| `"));
    let listed: BTreeMap<_, _> = rows
        .map(|row| {
            let (name, rest) = row.split_once('`').unwrap();
            (name.to_owned(), rest.starts_with(" (default) |"))
        })
        .collect();
    assert_eq!(listed, declared, "left: the README's table, right: Cargo.toml; true is a default");
}

#[test]
fn the_documents_run_each_example() {
    let pages =
        files(&root().join("src/docs")).into_iter().map(|page| fs::read_to_string(page).unwrap());
    let documents = pages.collect::<String>() + README;
    let unnamed: Vec<_> = examples()
        .into_iter()
        .filter(|name| {
            let command = format!("cargo run -p {name}");
            let goes_on = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            let mut runs = documents.split(&command).skip(1);
            !runs.any(|rest| !rest.starts_with(goes_on))
        })
        .collect();
    assert!(unnamed.is_empty(), "no document runs {unnamed:?}");
}

/// The page shows the code that `examples/stacks` compiles and runs, and names the versions that it
/// uses.
#[test]
fn the_page_on_other_stacks_shows_what_is_compiled() {
    let page = fs::read_to_string(root().join("src/docs/stacks.md")).unwrap();
    let blocks = page.split("```rust,ignore\n").skip(1);
    let shown: BTreeSet<_> = blocks.map(|rest| rest.split("```").next().unwrap().into()).collect();
    let example = root().join("examples/stacks");
    let sources = files(&example.join("src")).into_iter();
    let compiled: BTreeSet<_> = sources
        .filter(|file| file_name(file) != "lib.rs")
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    assert_eq!(shown, compiled);

    let manifest = fs::read_to_string(example.join("Cargo.toml")).unwrap();
    let stacks: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(stacks.len(), compiled.len(), "{stacks:?}");
    for stack in stacks {
        let (name, version) = stack.split_once(' ').unwrap();
        let dependency = format!("\n{} = {{ version = \"{version}", name.trim_matches('`'));
        assert!(manifest.contains(&dependency), "{stack} is not what is compiled");
    }
}

/// Returns the modules in the drawing of the section "Shape", as paths below `src`.
fn shape() -> BTreeSet<String> {
    let (_, drawing) = section(DESIGN, "Shape").split_once("```text\n").unwrap();
    let (drawing, _) = drawing.split_once("```").unwrap();
    let mut modules = BTreeSet::new();
    for line in drawing.lines() {
        // A line has the floor, the room, its files, and behind three blanks their purpose.
        let (_, rest) = line.trim_start().split_once(' ').expect(line);
        let (room, rest) = rest.split_once(' ').expect(line);
        modules.insert(room.to_owned());
        let files = rest.trim_start().split("   ").next().unwrap_or_default();
        if rest.trim_start().contains("   ") {
            modules.extend(files.split(' ').map(|file| format!("{room}/{file}")));
        }
    }
    modules
}

#[test]
fn the_modules_of_the_shape_exist() {
    let source = |module: &String| root().join("src").join(module).with_extension("rs");
    let missing: Vec<_> = shape().into_iter().filter(|module| !source(module).exists()).collect();
    assert!(missing.is_empty(), "in DESIGN.md, not in src: {missing:?}");
}

#[test]
fn the_shape_has_every_outer_module() {
    let shape = shape();
    let files = fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path());
    let missing: Vec<_> = files
        .filter_map(|file| Some(file_name(&file).strip_suffix(".rs")?.to_owned()))
        .filter(|module| module != "lib" && !shape.contains(module))
        .collect();
    assert!(missing.is_empty(), "in src, not in DESIGN.md: {missing:?}");
}
