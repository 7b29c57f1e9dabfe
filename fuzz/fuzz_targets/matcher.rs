//! Look-ups by name against going through all declarations with a naive glob (R5).
//!
//! Input: a line for each declaration, then an empty line, then a line for each name to look up. A
//! digit before the declared name says where it belongs: below 5 to one category, from 5 on to
//! another, with no lifetime (0 and 5) or one of so many days.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use model::{claims, text};
use tower_cookie_consent::Registry;
use tower_cookie_consent::registry::{Category, ConfigError, Declaration};

struct Declared<'a> {
    name: &'a str,
    category: usize,
    days: u8,
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let (declared, names) = text::blocks(data);
    let mut declared: Vec<Declared<'_>> = declared.into_iter().filter_map(declaration).collect();
    // The order of declaring: category by category.
    declared.sort_by_key(|it| it.category);
    match registry(&declared) {
        Ok(registry) => {
            for name in names.into_iter().chain(declared.iter().map(|it| it.name.as_bytes())) {
                let found = registry.declaration(name).map(|found| found.name().to_owned());
                assert_eq!(found.as_deref(), winner(&declared, name), "{}", name.escape_ascii());
            }
            Corpus::Keep
        }
        Err(error) => examples_are_ambiguous(&declared, &error),
    }
});

fn declaration(line: &[u8]) -> Option<Declared<'_>> {
    let (home, name) = std::str::from_utf8(line).ok()?.split_at_checked(1)?;
    let home: u8 = home.parse().ok()?;
    Some(Declared { name, category: usize::from(home / 5), days: home % 5 })
}

fn registry(declared: &[Declared<'_>]) -> Result<Registry, ConfigError> {
    let mut categories = [Category::necessary("first"), Category::necessary("second")];
    for Declared { name, category, days } in declared {
        let mut cookie = Declaration::new(*name);
        if *days > 0 {
            cookie = cookie.lifetime(format!("{days} days").as_str());
        }
        categories[*category] = categories[*category].clone().cookie(cookie);
    }
    let [first, second] = categories;
    Registry::builder().version("1").category(first).category(second).build()
}

/// The shortest lifetime wins among equally strong claims, then the first declared.
fn winner<'a>(declared: &[Declared<'a>], name: &[u8]) -> Option<&'a str> {
    let claims = claims::strongest(declared, |it| it.name.as_bytes(), name);
    let one_home = claims.iter().all(|it| it.category == claims[0].category);
    assert!(one_home, "ambiguous: {}", name.escape_ascii());
    // The first of the least, and 0 stands for no limit.
    claims.into_iter().min_by_key(|it| it.days.wrapping_sub(1)).map(|it| it.name)
}

/// A name that is refused as ambiguous is so: both homes have an equal claim to the example.
fn examples_are_ambiguous(declared: &[Declared<'_>], error: &ConfigError) -> Corpus {
    let mut corpus = Corpus::Reject;
    for problem in error.problems() {
        if problem.code() == "ambiguous-patterns" {
            corpus = Corpus::Keep;
            // The message quotes it first. One with escapes in it is another name.
            let example = problem.message().split('"').nth(1).expect("an example");
            if example.contains('\\') {
                continue;
            }
            let claims = |category| {
                let matching = declared.iter().filter(move |it| it.category == category);
                matching
                    .filter(|it| it.name.contains('*'))
                    .map(|it| it.name.as_bytes())
                    .filter(|pattern| claims::matches(pattern, example.as_bytes()))
                    .map(claims::literals)
                    .collect::<Vec<_>>()
            };
            assert!(claims(0).iter().any(|bytes| claims(1).contains(bytes)), "{example}");
        }
    }
    corpus
}
