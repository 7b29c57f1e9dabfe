//! Registry files: whatever the text, an error that can be shown or a registry that can be used.
//!
//! Input: the text of a file.

#![no_main]

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use libfuzzer_sys::{Corpus, fuzz_target};
use model::NOW;
use tower_cookie_consent::registry::{ConfigError, Problem};
use tower_cookie_consent::{Choice, Policy, Registry};

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(data) else { return Corpus::Reject };
    let registry = Registry::from_toml(text);
    // The same structure, read without the lines.
    assert_eq!(toml::from_str::<Registry>(text).is_ok(), registry.is_ok());
    match registry {
        Ok(registry) => can_be_used(registry),
        Err(error) => can_be_shown(text, &error),
    }
    Corpus::Keep
});

fn can_be_shown(text: &str, error: &ConfigError) {
    assert!(!error.problems().is_empty());
    // One more than the line feeds: behind the last there may be an empty line.
    let lines = 1 + text.bytes().filter(|byte| *byte == b'\n').count();
    for problem in error.problems() {
        assert!(!problem.code().is_empty() && !problem.message().is_empty());
        assert!(problem.line().is_none_or(|line| (1..=lines).contains(&line)), "{problem}");
    }
    assert!(error.problems().is_sorted_by_key(Problem::line), "{error}");
    assert!(error.to_string().lines().count() >= error.problems().len());
}

fn can_be_used(registry: Registry) {
    for declaration in registry.declarations() {
        let name = declaration.name();
        let found = registry.declaration(name.replace('*', "").as_bytes());
        if declaration.is_pattern() {
            // Some pattern matches, or a name.
            assert!(found.is_some(), "{name}");
        } else {
            assert_eq!(found.expect("a declared name").name(), name);
        }
        let limits = [declaration.lifetime(), declaration.category().lifetime()];
        let limits = limits.into_iter().chain(declaration.service().map(|it| it.lifetime()));
        assert_eq!(declaration.max_lifetime(), limits.flatten().min(), "{name}");
    }
    a_choice_comes_back(registry);
}

/// What is stored in the consent cookie is read from it.
fn a_choice_comes_back(registry: Registry) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs());
    let policy = Policy::builder(registry).clock(move || now).build();
    let registry = policy.registry();
    let mut ids = registry.categories().map(|it| it.id()).collect::<Vec<_>>();
    ids.extend(registry.services().map(|it| it.id()));
    let choice = ids.iter().enumerate().fold(Choice::decided(registry), |choice, (n, id)| {
        if n % 2 == 0 { choice.grant(id) } else { choice.refuse(id) }
    });
    // Many ids take more than a cookie holds.
    let visitor = policy.consent(&HeaderMap::new());
    let Ok(lines) = visitor.store(&choice) else { return };
    let line = lines.iter().next().expect("the choice");
    let pair = line.as_bytes().split(|byte| *byte == b';').next().expect("a pair");
    let consent = policy.consent(&model::text::request([pair]));
    assert!(consent.is_decided());
    for id in ids {
        assert_eq!(consent.choice().decision(id), choice.decision(id), "{id}");
    }
}
