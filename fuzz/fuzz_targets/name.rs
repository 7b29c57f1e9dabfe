//! Names of declarations: whatever the text, a name that is found again, or an error whose advice can
//! be followed (R5).
//!
//! Input: the text of one name or pattern.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use tower_cookie_consent::Registry;
use tower_cookie_consent::registry::{Category, ConfigError, Declaration};

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(name) = std::str::from_utf8(data) else { return Corpus::Reject };
    match declared(name) {
        Ok(registry) => is_found(&registry, name),
        Err(error) => {
            for advised in advice(&error) {
                let registry = declared(advised);
                let registry = registry.unwrap_or_else(|error| panic!("{advised:?}: {error}"));
                is_found(&registry, advised);
            }
        }
    }
    Corpus::Keep
});

fn declared(name: &str) -> Result<Registry, ConfigError> {
    let category = Category::necessary("a").cookie(Declaration::new(name));
    Registry::builder().version("1").category(category).build()
}

/// A pattern matches what is left when its stars stand for nothing, and so does a name.
fn is_found(registry: &Registry, name: &str) {
    assert!(!name.contains(['=', ';']) && name.trim() == name, "no cookie is called {name:?}");
    let found = registry.declaration(name.replace('*', "").as_bytes());
    assert_eq!(found.map(|found| found.name().to_owned()).as_deref(), Some(name));
}

/// The names that the error advises, which stand in quotes at its end.
fn advice(error: &ConfigError) -> Vec<&str> {
    let [problem] = error.problems() else { panic!("of one name: {error}") };
    let message = problem.message();
    assert!(!problem.code().is_empty() && !message.is_empty());
    // What is escaped is not the name as it is.
    if message.contains('\\') {
        return Vec::new();
    }
    let Some((_, advice)) = message.rsplit_once("; ") else { return Vec::new() };
    let names = advice.split('"').skip(1).step_by(2).collect();
    let marks = advice.bytes().filter(|byte| *byte == b'"').count();
    assert_eq!(marks % 2, 0, "{message}");
    names
}
