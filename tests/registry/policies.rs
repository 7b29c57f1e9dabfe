//! The two policies that the crate must be able to express, against what their pages say.

use std::time::Duration;

use tower_cookie_consent::registry::{Basis, MaxLifetime, Registry, Undeclared};

const CEXRO: &str = include_str!("../../examples/policies/cexro.toml");
const WHISPEVER: &str = include_str!("../../examples/policies/whispever.toml");

const DAY: u64 = 86_400;
const YEAR: u64 = 365 * DAY;

/// Name, category, service, longest lifetime in seconds: 0 for a session cookie.
type Line = (&'static str, &'static str, Option<&'static str>, Option<u64>);

fn assert_lines(registry: &Registry, lines: &[Line]) {
    for (name, category, service, seconds) in lines {
        let declaration = registry
            .declarations()
            .find(|declaration| declaration.name() == *name)
            .unwrap_or_else(|| panic!("{name} is not declared"));
        assert_eq!(declaration.category().id(), *category, "{name}");
        assert_eq!(declaration.service().map(|service| service.id()), *service, "{name}");
        let want = seconds.map(|seconds| match seconds {
            0 => MaxLifetime::Session,
            seconds => MaxLifetime::Seconds(seconds),
        });
        assert_eq!(declaration.max_lifetime(), want, "{name}");
    }
}

fn bases(registry: &Registry) -> Vec<(&str, Basis)> {
    registry.categories().map(|category| (category.id(), category.basis())).collect()
}

#[test]
fn cexro_promises_what_its_page_says() {
    let registry = Registry::from_toml(CEXRO).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(registry.version(), "2025-01-15");
    assert_eq!(registry.updated(), Some("2025-01-15"));
    assert_eq!(registry.title().unwrap().get("fr"), "Politique des Cookies");
    assert_eq!(*registry.undeclared(), Undeclared::Strip);
    assert_eq!(registry.consent_cookie().cookie_name(), "cookie_consent");
    assert_eq!(registry.consent_cookie().max_lifetime(), Some(MaxLifetime::Seconds(YEAR)));
    assert_eq!(
        bases(&registry),
        [
            ("essential", Basis::Necessary),
            ("analytics", Basis::Consent),
            ("functional", Basis::Consent),
            ("advertising", Basis::Prohibited),
        ]
    );
    let (analytics, advertising) = (Some(2 * YEAR), None);
    assert_lines(
        &registry,
        &[
            ("cexro_session", "essential", None, Some(0)),
            ("csrf_token", "essential", None, Some(0)),
            ("auth_token", "essential", None, Some(30 * DAY)),
            ("cookie_consent", "essential", None, Some(YEAR)),
            ("__stripe_mid", "essential", Some("stripe"), Some(YEAR)),
            ("_ga", "analytics", Some("google-analytics"), analytics),
            ("_ga_*", "analytics", Some("google-analytics"), analytics),
            ("_gid", "analytics", Some("google-analytics"), analytics),
            ("_hjid", "analytics", Some("hotjar"), analytics),
            ("_hjIncludedInSessionSample", "analytics", Some("hotjar"), analytics),
            ("cexro_language", "functional", None, Some(YEAR)),
            ("intercom-id-*", "functional", Some("intercom"), Some(270 * DAY)),
            ("_fbp", "advertising", Some("meta"), advertising),
            ("_gcl_*", "advertising", Some("google-ads"), advertising),
        ],
    );
}

#[test]
fn whispever_promises_what_its_page_says() {
    let registry = Registry::from_toml(WHISPEVER).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(registry.version(), "2026-01-26");
    assert_eq!(registry.consent_lifetime(), Duration::from_secs(180 * DAY));
    assert_eq!(*registry.undeclared(), Undeclared::Strip);
    assert_eq!(
        bases(&registry),
        [
            ("essential", Basis::Necessary),
            ("preferences", Basis::Consent),
            ("analytics", Basis::Prohibited),
            ("advertising", Basis::Prohibited),
            ("social", Basis::Prohibited),
        ]
    );
    assert_lines(
        &registry,
        &[
            ("auth-token", "essential", None, Some(7 * DAY)),
            ("session-id", "essential", None, Some(0)),
            ("csrf-token", "essential", None, Some(0)),
            ("__stripe_*", "essential", Some("stripe"), Some(YEAR)),
            ("language-preference", "preferences", None, Some(YEAR)),
            ("theme-preference", "preferences", None, Some(YEAR)),
            ("_pk_*", "analytics", Some("matomo"), None),
            ("mtm_*", "analytics", Some("matomo"), None),
            ("MATOMO_SESSID", "analytics", Some("matomo"), None),
            ("_fbp", "advertising", Some("meta"), None),
        ],
    );
}

/// A site prints its policy page from the registry: everything is reachable, in the file's order.
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
