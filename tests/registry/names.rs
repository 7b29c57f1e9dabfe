//! Tests rule R5: names of real cookies can be declared unchanged, and names copied from a page are
//! errors that say what to write.

use std::fmt::Write as _;

use tower_cookie_consent::Registry;

const GENUINE: &str = include_str!("names/genuine.txt");
const COPIED: &str = include_str!("names/copied.tsv");

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with("# ") && !line.is_empty())
}

/// Returns a file that declares the names, written so that TOML keeps each of their characters.
fn file<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut file = String::from("version = '1'\n[categories.a]\nbasis = 'necessary'\ncookies = [");
    for name in names {
        file.push('"');
        for char in name.chars() {
            write!(file, "\\U{:08X}", u32::from(char)).unwrap();
        }
        file.push_str("\", ");
    }
    file + "]\n"
}

fn unescaped(text: &str) -> String {
    let mut text = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    while let Some((before, rest)) = text.split_once("\\u{") {
        let (code, after) = rest.split_once('}').expect("an escape");
        let char = char::from_u32(u32::from_str_radix(code, 16).expect("digits")).expect("a char");
        text = format!("{before}{char}{after}");
    }
    text
}

#[test]
fn r5_names_of_real_cookies_are_declared_as_they_are() {
    assert!(rows(GENUINE).count() >= 300);
    for name in rows(GENUINE) {
        let registry = Registry::from_toml(&file([name]));
        let registry = registry.unwrap_or_else(|error| panic!("{name}: {error}"));
        let found = registry.declaration(name.as_bytes());
        assert_eq!(found.map(|found| found.name().to_owned()).as_deref(), Some(name), "{name}");
    }
    let ambiguous = |error| panic!("together: {error}");
    Registry::from_toml(&file(rows(GENUINE))).unwrap_or_else(ambiguous);
}

/// Each suggested name is loaded, and all of them together match the cookies that are meant.
#[test]
fn r5_names_copied_from_a_page_are_errors_whose_advice_matches() {
    assert!(rows(COPIED).count() >= 150);
    for row in rows(COPIED) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [text, code, advice, cookies @ ..] = &*columns else { panic!("{row}") };
        let (text, advice) = (unescaped(text), advice.split(' ').filter(|it| *it != "-"));
        let error = Registry::from_toml(&file([&*text])).expect_err(row);
        let [problem] = error.problems() else { panic!("{row}: {error}") };
        assert_eq!(problem.code(), *code, "{row}: {error}");
        let advice: Vec<&str> = advice.collect();
        let printed: Vec<_> = advice.iter().map(|name| format!("{name:?}")).collect();
        let printed = match &*printed {
            [] => "; write a name, or a part of one and `*`".to_owned(),
            names => format!(": {}", names.join(", ")),
        };
        assert!(problem.message().ends_with(&printed), "{row}: {error}");

        let registry = Registry::from_toml(&file(advice.iter().copied())).expect(row);
        assert_eq!(cookies.is_empty(), advice.is_empty(), "{row}: which cookies are meant?");
        for cookie in cookies {
            assert!(registry.declaration(cookie.as_bytes()).is_some(), "{row}: {cookie}");
        }
        for name in advice {
            let registry = Registry::from_toml(&file([name])).expect(row);
            let finds = |cookie: &&str| registry.declaration(cookie.as_bytes()).is_some();
            assert!(cookies.iter().any(finds), "{row}: {name} matches none");
        }
    }
}

/// A few real cookies have names of the kind that is refused.
#[test]
fn r5_what_looks_wrong_is_declared_by_a_star_in_its_place() {
    for (name, pattern) in [
        ("Site History", "Site*History"),
        ("barometric[cuid]", "barometric*"),
        ("name[key]", "name[*"),
        ("wordpress_logged_in_", "wordpress_logged_in_*"),
        ("dsps:", "dsps*"),
        ("a,b", "a*b"),
        ("\"a\"", "*a*"),
        ("a_[id]", "a_*"),
        ("^a$", "*a*"),
        ("a\tb", "a*b"),
        ("_gac_xxx", "_gac_*"),
    ] {
        Registry::from_toml(&file([name])).expect_err(name);
        let registry = Registry::from_toml(&file([pattern])).expect(pattern);
        assert!(registry.declaration(name.as_bytes()).is_some(), "{name}: {pattern}");
    }
}
