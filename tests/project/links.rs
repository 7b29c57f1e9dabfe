//! Tests that the links in the documents work wherever they are read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use super::declared::root;
use super::files::{file_name, files};

/// Returns the targets of the links in a text, such as `[page](target)`, without those in code
/// blocks.
fn links(text: &str) -> Vec<&str> {
    let mut in_code = false;
    let lines = text.lines().filter(|line| {
        let fence = line.trim_start_matches(['/', '!', ' ']).starts_with("```");
        in_code ^= fence;
        !fence && !in_code
    });
    lines
        .flat_map(|line| line.split("](").skip(1))
        .map(|rest| rest.split(')').next().unwrap())
        .collect()
}

/// Returns the part of a link before its `#`.
fn to_file(link: &str) -> Option<&str> {
    let is_elsewhere = link.contains("://") || link.starts_with('#') || link.contains("::");
    (!is_elsewhere).then(|| link.split('#').next().unwrap())
}

/// Returns the documents in the root folder, by name.
fn documents() -> Vec<PathBuf> {
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

fn pages() -> Vec<PathBuf> {
    files(&root().join("src/docs"))
}

/// Normalises a path: `a/b/../c` and `./a/c` become `a/c`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => _ = plain.pop(),
            component => plain.push(component),
        }
    }
    plain
}

/// Returns the files of the published crate.
fn packaged() -> BTreeSet<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline", "--manifest-path"])
        .arg(root().join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let list = String::from_utf8(output.stdout).unwrap();
    list.lines().map(PathBuf::from).collect()
}

#[test]
fn the_documents_link_to_files_that_exist() {
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for link in links(&text).into_iter().filter_map(to_file) {
            let target = plain(&document.parent().unwrap().join(link));
            assert!(target.exists(), "{}: {link}", document.display());
        }
    }
}

/// Somebody who has only the published crate has no clone of the repository.
#[test]
fn the_readme_and_its_pages_link_to_what_the_package_holds() {
    let packaged = packaged();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let linked: Vec<_> = links(&readme).into_iter().filter_map(to_file).collect();
    assert!(linked.len() > 10, "{linked:?}");
    let missing: Vec<_> =
        linked.iter().filter(|link| !packaged.contains(&plain(Path::new(link)))).collect();
    assert!(missing.is_empty(), "the README links to {missing:?}, which the package leaves out");
    for needed in ["Cargo.toml", "LICENSE", "CHANGELOG.md", "SECURITY.md", "src/lib.rs"] {
        assert!(packaged.contains(Path::new(needed)), "{needed}");
    }
}

/// The guide is rendered as documentation, where other files do not exist.
#[test]
fn the_pages_of_the_guide_link_to_items_and_to_the_web_alone() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let relative: Vec<_> = links(&text).into_iter().filter_map(to_file).collect();
        let items = |link: &&str| link.starts_with("crate");
        let broken: Vec<_> = relative.iter().filter(|link| !items(link)).collect();
        assert!(broken.is_empty(), "{}: {broken:?}", page.display());
    }
}

/// Returns the numbers of the rules that a text mentions, each with whether it is a link to the
/// rule.
fn cited(text: &str) -> Vec<(u32, bool)> {
    let mut cited = Vec::new();
    for (at, _) in text.match_indices('R') {
        let begins = !text[..at].ends_with(|c: char| c.is_alphanumeric());
        let digits: String = text[at + 1..].chars().take_while(char::is_ascii_digit).collect();
        let rest = &text[at + 1 + digits.len()..];
        let ends = !rest.starts_with(|c: char| c.is_alphanumeric());
        if let (true, true, Ok(number)) = (begins, ends, digits.parse()) {
            cited.push((number, rest.starts_with(&format!("](crate::rules#r{number})"))));
        }
    }
    cited
}

/// Returns the documentation of public items. That of private ones is not rendered.
fn documentation(source: &str) -> String {
    let mut public = String::new();
    let mut item = String::new();
    for line in source.lines().map(str::trim_start) {
        if let Some(text) = line.strip_prefix("///") {
            item += text;
            item.push('\n');
        } else if !line.starts_with("#[") {
            if line.starts_with("pub ") {
                public += &item;
            }
            item.clear();
        }
    }
    public
}

/// Readers of the documentation do not know the rules by their numbers.
#[test]
fn rules_are_cited_as_links() {
    let rules = fs::read_to_string(root().join("src/docs/rules.md")).unwrap();
    let sources = files(&root().join("src")).into_iter();
    let mut links = 0;
    for file in sources.filter(|file| file_name(file) != "rules.md") {
        let text = fs::read_to_string(&file).unwrap();
        let text = if file.extension().is_some_and(|extension| extension == "rs") {
            documentation(&text)
        } else {
            text
        };
        for (number, is_link) in cited(&text) {
            assert!(is_link, "{}: R{number} is no link", file.display());
            assert!(rules.contains(&format!("<a id=\"r{number}\"></a>")), "R{number}");
            links += 1;
        }
    }
    assert!(links > 40, "{links}");
}
