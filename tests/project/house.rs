//! Tests the structure in DESIGN.md: which modules may import which, and where each rule lives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::declared::root;
use super::files::files;

const DESIGN: &str = include_str!("../../DESIGN.md");
const RULES: &str = include_str!("../../src/docs/rules.md");

/// Rooms of one floor that must not import each other, so that each can be left out or replaced.
const STRANGERS: [&str; 5] = ["cmp", "draft", "middleware", "pages", "policy"];

/// Returns the text below a heading, up to the next heading of the same level.
fn section(heading: &str) -> &'static str {
    let (_, below) = DESIGN.split_once(&format!("\n## {heading}\n")).expect(heading);
    below.split_once("\n## ").map_or(below, |(section, _)| section)
}

/// Returns the floor of each room from the drawing in the section "Shape".
fn floors() -> BTreeMap<&'static str, u32> {
    let (_, drawing) = section("Shape").split_once("```text\n").unwrap();
    let (drawing, _) = drawing.split_once("```").unwrap();
    let rows = drawing.lines().map(|line| {
        let mut words = line.split_whitespace();
        let floor = words.next().unwrap().parse().expect(line);
        (words.next().expect(line), floor)
    });
    rows.collect()
}

/// A module by its path below the crate: `["registry", "file", "lines"]`. The crate's root is empty.
type Module = Vec<String>;

fn module_of(file: &Path) -> Module {
    let below = file.strip_prefix(root().join("src")).unwrap().with_extension("");
    let parts: Module = below.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if parts == ["lib"] { Module::new() } else { parts }
}

struct Source {
    /// The paths in the module that start at the crate.
    needs: Vec<Vec<String>>,
    /// The names that the module re-exports, each with its original path.
    passes_on: BTreeMap<String, Vec<String>>,
}

/// Returns all modules of the library, without their tests.
fn sources() -> BTreeMap<Module, Source> {
    let folder = root().join("src");
    let programs = folder.join("bin");
    let library = files(&folder).into_iter().filter(|file| {
        !file.starts_with(&programs) && file.extension().is_some_and(|extension| extension == "rs")
    });
    library.map(|file| (module_of(&file), source(&fs::read_to_string(file).unwrap()))).collect()
}

fn source(text: &str) -> Source {
    let code: Vec<&str> = text
        .lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .map(|line| line.split("//").next().unwrap())
        .collect();
    let mut source = Source { needs: Vec::new(), passes_on: BTreeMap::new() };
    for statement in code.join("\n").split(';') {
        let statement = statement.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some((before, import)) = statement.split_once("use crate::") else {
            source.needs.extend(inline_paths(&statement));
            continue;
        };
        for (path, name) in leaves(import) {
            if before.trim_end().ends_with("pub") || before.contains("pub(") {
                source.passes_on.insert(name, path);
            } else {
                source.needs.push(path);
            }
        }
    }
    source
}

/// Returns the paths such as `crate::a::b` in expressions and types.
fn inline_paths(code: &str) -> Vec<Vec<String>> {
    let paths = code.split("crate::").skip(1);
    paths
        .map(|rest| {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
            let path = rest[..end.unwrap_or(rest.len())].trim_end_matches(':');
            path.split("::").map(str::to_owned).collect()
        })
        .collect()
}

/// Returns the paths that `a::{b, c as d}` imports, each with its local name.
fn leaves(tree: &str) -> Vec<(Vec<String>, String)> {
    let Some((prefix, group)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, tree));
        let path: Vec<String> = path.trim().split("::").map(str::to_owned).collect();
        let name = name.rsplit("::").next().unwrap().trim().to_owned();
        return vec![(path, name)];
    };
    let group = group.strip_suffix('}').unwrap_or(group);
    let mut depth = 0;
    let parts = group.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let inner = parts.map(str::trim).filter(|part| !part.is_empty());
    let whole = inner.map(|part| match part {
        "self" => prefix.trim_end_matches("::").to_owned(),
        part => format!("{prefix}{part}"),
    });
    whole.flat_map(|part| leaves(&part)).collect()
}

/// Returns the module that defines an item, following any number of re-exports.
fn definer(sources: &BTreeMap<Module, Source>, path: &[String]) -> Module {
    let inside = (0..=path.len()).rev().find(|length| sources.contains_key(&path[..*length]));
    let (module, item) = path.split_at(inside.unwrap());
    match item.first().and_then(|name| sources[module].passes_on.get(name)) {
        Some(target) => definer(sources, target),
        None => module.to_vec(),
    }
}

/// Returns all pairs of a module and a module that it imports.
fn imports() -> Vec<(Module, Module)> {
    let sources = sources();
    let mut imports = Vec::new();
    for (module, source) in &sources {
        for path in &source.needs {
            let target = definer(&sources, path);
            if target != *module {
                imports.push((module.clone(), target));
            }
        }
    }
    imports
}

#[test]
fn nothing_is_imported_from_a_floor_above() {
    let floors = floors();
    let floor = |module: &Module| match module.first() {
        Some(room) => {
            floors.get(room.as_str()).copied().unwrap_or_else(|| panic!("{room}: no floor"))
        }
        None => u32::MAX,
    };
    let imports = imports();
    assert!(imports.len() > 100, "only {} imports were read", imports.len());
    let upward: Vec<_> = imports
        .iter()
        .filter(|(from, to)| floor(from) < floor(to))
        .map(|(from, to)| format!("{} imports {}", from.join("/"), to.join("/")))
        .collect();
    assert!(upward.is_empty(), "{upward:#?}");
    let met: Vec<_> = imports
        .iter()
        .filter(|(from, to)| {
            let of =
                |module: &Module| module.first().map(String::as_str).unwrap_or_default().to_owned();
            let (from, to) = (of(from), of(to));
            from != to
                && floors.get(from.as_str()) == floors.get(to.as_str())
                && STRANGERS.contains(&from.as_str())
                && STRANGERS.contains(&to.as_str())
        })
        .map(|(from, to)| format!("{} imports {}", from.join("/"), to.join("/")))
        .collect();
    assert!(met.is_empty(), "{met:#?}");
}

/// Returns the members of a circle, if there is one. Modules that import none of the others, or
/// that none of the others imports, are removed until none is left to remove.
fn circle<N: Ord + Clone>(edges: &BTreeSet<(N, N)>) -> BTreeSet<N> {
    let mut left: BTreeSet<N> = edges.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
    loop {
        let inner = |edge: &&(N, N)| left.contains(&edge.0) && left.contains(&edge.1);
        let from: BTreeSet<N> = edges.iter().filter(inner).map(|(from, _)| from.clone()).collect();
        let to: BTreeSet<N> = edges.iter().filter(inner).map(|(_, to)| to.clone()).collect();
        let next: BTreeSet<N> = from.intersection(&to).cloned().collect();
        if next.len() == left.len() {
            return left;
        }
        left = next;
    }
}

#[test]
fn no_two_files_import_each_other() {
    let edges = imports().into_iter().map(|(from, to)| (from.join("/"), to.join("/"))).collect();
    let found = circle(&edges);
    assert!(found.is_empty(), "in a circle: {found:#?}");
}

#[test]
fn no_two_rooms_import_each_other() {
    let room = |module: Module| module.into_iter().next().unwrap_or_default();
    let edges = imports().into_iter().map(|(from, to)| (room(from), room(to)));
    let found = circle(&edges.filter(|(from, to)| from != to).collect());
    assert!(found.is_empty(), "in a circle: {found:#?}");
}

#[test]
fn circles_are_found() {
    let of = |edges: &[(u8, u8)]| circle(&edges.iter().copied().collect());
    assert_eq!(of(&[(1, 2), (2, 3), (1, 3)]), BTreeSet::new());
    assert_eq!(of(&[(1, 2), (2, 3), (3, 2), (3, 4)]), BTreeSet::from([2, 3]));
}

#[test]
fn imports_are_read_as_the_compiler_reads_them() {
    let code = "use crate::a::{self, b::{C, D as E}};\npub(crate) use crate::f::G;\n\
                fn h(_: crate::i::J) {} // crate::k\n#[cfg(test)]\nmod tests { use crate::l::M; }";
    let source = source(code);
    let needs: Vec<_> = source.needs.iter().map(|path| path.join("::")).collect();
    assert_eq!(needs, ["a", "a::b::C", "a::b::D", "i::J"]);
    assert_eq!(source.passes_on["G"], ["f", "G"]);
}

/// Returns the rows of the table of rules: the rule, and its files below `src`.
fn rooms_of_rules() -> Vec<(String, Vec<PathBuf>)> {
    let rows = section("Shape").lines().filter_map(|line| line.strip_prefix("| **R"));
    rows.map(|row| {
        let (number, rest) = row.split_once("**").unwrap();
        let places = rest.split('`').skip(1).step_by(2);
        let files = places.map(|place| root().join("src").join(place).with_extension("rs"));
        (format!("R{number}"), files.collect())
    })
    .collect()
}

#[test]
fn every_rule_has_a_room() {
    let stated = RULES.lines().filter_map(|line| line.strip_prefix("- **R"));
    let stated: BTreeSet<_> =
        stated.map(|line| format!("R{}", line.split_once("**").unwrap().0)).collect();
    let rooms = rooms_of_rules();
    let roomed: BTreeSet<_> = rooms.iter().map(|(rule, _)| rule.clone()).collect();
    assert_eq!(stated, roomed, "left: the rules, right: the table of their rooms");
    assert_eq!(rooms.len(), roomed.len(), "a rule has two rows");
    for (rule, files) in rooms {
        assert!(!files.is_empty(), "{rule} has no room");
        for file in files {
            let text = fs::read_to_string(&file)
                .unwrap_or_else(|_| panic!("{rule} lives in no {}", file.display()));
            let named = |text: &str| {
                let ends =
                    |at: usize| !text[at + rule.len()..].starts_with(|c: char| c.is_ascii_digit());
                text.match_indices(&rule).any(|(at, _)| ends(at))
            };
            assert!(named(&text), "{} does not say that it holds {rule}", file.display());
        }
    }
}
