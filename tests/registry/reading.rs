//! Tests what a registry returns, whatever it was read from.

use tower_cookie_consent::registry::{Basis, Registry};

const CEXRO: &str = include_str!("../../examples/policies/cexro.toml");
const WHISPEVER: &str = include_str!("../../examples/policies/whispever.toml");
const README: &str = include_str!("../../README.md");

/// A site can print its policy page from the registry: everything in the file can be read, in the
/// order of the file.
#[test]
fn a_policy_page_can_be_printed() {
    let registry = Registry::from_toml(CEXRO).unwrap();
    let mut page = Vec::new();
    for category in registry.categories().filter(|category| category.basis() == Basis::Consent) {
        page.push(category.title().unwrap().get("fr").to_owned());
        for declaration in category.declarations() {
            let purpose = declaration.purpose().unwrap().get("fr");
            page.push(format!("{} | {purpose}", declaration.name()));
        }
        for service in category.services() {
            let names: Vec<_> = service.declarations().map(|cookie| cookie.name()).collect();
            let purpose = service.purpose().unwrap().get("fr");
            page.push(format!("{} | {purpose} | {}", service.id(), names.join(", ")));
        }
    }
    assert_eq!(
        page,
        [
            "Cookies d'analyse (optionnels)",
            "google-analytics | Statistiques de visite anonymes | _ga, _ga_*, _gid",
            "hotjar | Analyse d'expérience utilisateur | _hjid, _hjIncludedInSessionSample",
            "Cookies fonctionnels (optionnels)",
            "cexro_language | Langue préférée : français/arabe",
            "cexro_theme | Paramètres d'interface : thème sombre/clair",
            "cexro_export | Préférences d'export : format par défaut",
            "cexro_tutorials | Tutoriels : étapes déjà vues",
            "intercom | Chat de support client | intercom-id-*, intercom-session-*, \
             intercom-device-id-*",
        ]
    );
    let in_all: usize = registry
        .categories()
        .map(|category| {
            let in_services: usize =
                category.services().map(|service| service.declarations().count()).sum();
            category.declarations().count() + in_services
        })
        .sum();
    assert_eq!(in_all, registry.declarations().len());
}

#[test]
fn every_format_reads_the_same_registry() {
    let from_toml: Registry = toml::from_str(WHISPEVER).unwrap();
    let value: serde_json::Value = toml::from_str(
        // JSON has no dates.
        &WHISPEVER.replace("updated = 2026-01-26", "updated = \"2026-01-26\""),
    )
    .unwrap();
    let from_json: Registry = serde_json::from_str(&value.to_string()).unwrap();
    let names = |registry: &Registry| -> Vec<(String, String)> {
        let names = registry.declarations().map(|declaration| {
            (declaration.name().to_owned(), declaration.category().id().to_owned())
        });
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    };
    assert_eq!(names(&from_toml), names(&from_json));
    assert_eq!(from_toml.updated(), from_json.updated());
}

#[test]
fn r11_refresh_is_read_at_every_level() {
    let registry = Registry::from_toml(
        r#"
version = "1"
[categories.a]
basis = "Opt_Out"
refresh = false
cookies = ["x"]
[categories.a.services.s]
refresh = true
cookies = { y = {}, z = { refresh = false } }
[services.t]
category = "a"
cookies = ["w"]
"#,
    )
    .unwrap();
    for (name, want) in [("x", false), ("y", true), ("z", false), ("w", false)] {
        assert_eq!(registry.declaration(name.as_bytes()).unwrap().refresh(), want, "{name}");
    }
}

#[test]
fn the_readme_shows_a_registry_that_loads() {
    let (_, block) = README.split_once("```toml\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let registry = Registry::from_toml(block).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(registry.categories().len(), 3);
}
