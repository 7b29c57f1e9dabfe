//! Tests which problems broken registry files have, and at which lines.

#[cfg(feature = "cmp")]
use std::collections::BTreeSet;

use tower_cookie_consent::registry::{Category, Declaration, Problem, Registry, Service};

/// The file whose documentation lists the codes of problems.
#[cfg(feature = "cmp")]
const DOCUMENTED: &str = include_str!("../../src/registry/problem.rs");

/// Broken files, in groups by rule. A case is a line `==== ` with its name, the file from its line
/// 1 on, a line of dashes, and for each problem the code and the beginning of the message.
const GROUPS: &[&str] = &[
    include_str!("problems/r5_names_and_ids.txt"),
    include_str!("problems/r8_consent_cookie.txt"),
    include_str!("problems/r10_lifetimes.txt"),
    include_str!("problems/r14_files.txt"),
    include_str!("problems/r17_sources.txt"),
    include_str!("problems/r21_attributes.txt"),
    #[cfg(feature = "cmp")]
    include_str!("problems/r18_platforms.txt"),
];

/// Valid files in the same form, with the warnings about them.
#[cfg(feature = "cmp")]
const WARNINGS: &str = include_str!("problems/r18_warnings.txt");

struct Case {
    name: &'static str,
    file: &'static str,
    /// The code and the beginning of the message of each problem.
    want: Vec<(&'static str, &'static str)>,
}

fn cases() -> Vec<Case> {
    GROUPS.iter().flat_map(|group| cases_of(group)).collect()
}

fn cases_of(group: &'static str) -> impl Iterator<Item = Case> {
    let case = |case: &'static str| {
        let (name, rest) = case.split_once('\n').unwrap();
        let (file, want) = rest.split_once("\n----\n").unwrap_or_else(|| panic!("{name}: no want"));
        let want = want.lines().filter(|line| !line.is_empty());
        Case { name, file, want: want.map(|line| line.split_once(" | ").unwrap()).collect() }
    };
    group.split("==== ").skip(1).map(case)
}

#[track_caller]
fn are_as_wanted(name: &str, found: &[Problem], want: &[(&str, &str)]) {
    let found: Vec<_> = found.iter().map(|problem| (problem.code(), problem.to_string())).collect();
    assert_eq!(found.len(), want.len(), "{name}: {found:#?}");
    for ((code, line), want) in found.iter().zip(want) {
        let as_wanted = *code == want.0 && line.starts_with(want.1);
        assert!(as_wanted, "{name}: wanted\n{want:?} in\n{found:#?}");
    }
}

#[test]
fn r14_every_problem_is_listed_with_its_line() {
    for Case { name, file, want } in cases() {
        let error = Registry::from_toml(file).expect_err(name);
        assert_eq!(error.to_string().lines().count(), error.problems().len(), "{name}");
        are_as_wanted(name, error.problems(), &want);
    }
}

#[cfg(feature = "cmp")]
#[test]
fn r18_every_warning_is_listed_with_its_line() {
    for Case { name, file, want } in cases_of(WARNINGS) {
        let registry = Registry::from_toml(file).unwrap_or_else(|error| panic!("{name}: {error}"));
        are_as_wanted(name, registry.warnings(), &want);
    }
}

/// If a problem has a line, its span is that of the key on that line.
#[test]
fn r14_spans_are_those_of_the_keys() {
    for Case { name, file, .. } in cases() {
        let error = Registry::from_toml(file).expect_err(name);
        for problem in error.problems().iter().filter(|problem| problem.code() != "syntax") {
            assert_eq!(problem.line().is_some(), problem.span().is_some(), "{name}: {problem}");
            let Some(span) = problem.span() else { continue };
            let line = file[..span.start].matches('\n').count() + 1;
            assert_eq!(problem.line(), Some(line), "{name}: {problem}");
            let key = file[span].trim_matches(['"', '\'']);
            let keys = problem.key_path().keys();
            assert!(keys.iter().any(|part| part == key), "{name}: {key} in {problem}");
        }
    }
}

/// Every code is documented, and every documented code is tested.
#[cfg(feature = "cmp")]
#[test]
fn r14_the_documented_codes_are_those_that_are_told() {
    let documented: BTreeSet<_> = DOCUMENTED
        .lines()
        .filter_map(|line| line.strip_prefix("/// | `")?.split('`').next())
        .collect();
    // A registry of this size takes minutes to build.
    let mut told = BTreeSet::from(["too-large"]);
    let cases: Vec<_> = cases().into_iter().chain(cases_of(WARNINGS)).collect();
    told.extend(cases.iter().flat_map(|case| &case.want).map(|(code, _)| *code));
    assert_eq!(documented, told);
}

/// `unwrap`, and a `main` that returns the error, print its `Debug` output.
#[test]
fn r14_debug_is_the_listing_on_lines_of_its_own() {
    let error = Registry::from_toml("title = 1").unwrap_err();
    assert_eq!(format!("{error:?}"), format!("\n{error}"));
}

/// Formats that do not report lines still report the entries.
#[test]
fn r14_serde_errors_carry_the_whole_listing() {
    let file = r#"{"version": "", "categories": {"a": {"basis": "no", "cookies": ["*"]}}}"#;
    let error = serde_json::from_str::<Registry>(file).unwrap_err().to_string();
    let toml = "version = ''\ncategories.a = { basis = 'no', cookies = ['*'] }";
    for error in [error, toml::from_str::<Registry>(toml).unwrap_err().to_string()] {
        for want in ["version: ", "categories.a.basis: ", "categories.a.cookies.\"*\": "] {
            assert!(error.contains(want), "{want} in {error}");
        }
    }
    for not_even_a_table in ["3", "null", "[]", "\"x\""] {
        let error = serde_json::from_str::<Registry>(not_even_a_table).unwrap_err().to_string();
        assert!(error.contains("write a table"), "{error}");
    }
}

#[test]
fn r5_what_stands_inside_a_category_names_no_other() {
    let category = Category::consent("a")
        .cookie(Declaration::new("x").in_category("a"))
        .cookie(Declaration::new("y").in_service("s"))
        .service(Service::new("s").in_category("a").cookie("z"));
    let error = Registry::builder().version("1").category(category).build().unwrap_err();
    let key_path = |problem: &Problem| problem.key_path().to_string();
    let found: Vec<_> = error.problems().iter().map(key_path).collect();
    assert_eq!(
        found,
        ["categories.a.cookies.x", "categories.a.cookies.y", "categories.a.services.s"]
    );
    for problem in error.problems() {
        assert_eq!(problem.code(), "belongs-twice");
        assert_eq!(problem.line(), None);
    }
}

#[test]
fn r5_ids_are_given_once_in_code_too() {
    let error = Registry::builder()
        .version("1")
        .category(Category::consent("a").service(Service::new("s")))
        .category(Category::consent("a"))
        .service(Service::new("s").in_category("a"))
        .build()
        .unwrap_err();
    let want = [("categories.a", "categories.a"), ("services.s", "categories.a.services.s")];
    assert_eq!(error.problems().len(), want.len(), "{error}");
    for (problem, (key_path, first)) in error.problems().iter().zip(want) {
        assert_eq!(problem.key_path().to_string(), key_path);
        assert_eq!(problem.code(), "duplicate-id");
        assert!(problem.message().starts_with(&format!("has the id of {first};")), "{problem}");
    }
}
