//! Tests R6: what each basis allows, depending on the visitor's grants and refusals.

use tower_cookie_consent::{Policy, Registry, StripReason, Verdict};

use super::site::{enforced, keeps, now, policy, strips, undecided, visitor};

#[test]
fn r6_each_basis() {
    for (grants, line, passes) in [
        ("", "sid=1", true),
        ("essential=false", "sid=1", true),
        ("", "_ga=1", false),
        ("analytics=false", "_ga=1", false),
        ("analytics=true", "_ga=1", true),
        ("functional=true", "_ga=1", false),
        ("", "visits=1", true),
        ("analytics=true", "visits=1", true),
        ("audience=true", "visits=1", true),
        ("audience=false", "visits=1", false),
        ("", "_fbp=1", false),
        ("advertising=true", "_fbp=1", false),
        ("", "unheard-of=1", false),
        ("analytics=true&functional=true", "unheard-of=1", false),
    ] {
        if passes { keeps(grants, line) } else { strips(grants, line) }
    }
}

#[test]
fn r6_the_service_comes_before_its_category() {
    keeps("analytics=false&hotjar=true", "_hjid=1");
    strips("analytics=false&hotjar=true", "_ga=1");
    strips("analytics=true&hotjar=false", "_hjid=1");
    keeps("analytics=true&hotjar=false", "_ga=1");
}

#[test]
fn r6_undeclared_cookies_are_an_explicit_choice() {
    let passes = |undeclared: &str, grants: &str| {
        let toml = format!("undeclared = {undeclared}\n{}", super::site::REGISTRY);
        let policy = Policy::builder(Registry::from_toml(&toml).unwrap()).clock(now).build();
        let line = ["unheard-of=1; Max-Age=99999999999"];
        enforced(&policy, &visitor(&policy, grants), &line).0
    };
    assert!(passes("'strip'", "analytics=true").is_empty());
    assert_eq!(
        passes("'keep-unchecked'", "analytics=false"),
        ["unheard-of=1; Max-Age=99999999999"]
    );
    assert!(passes("{ category = 'analytics' }", "functional=true").is_empty());
    let capped = passes("{ category = 'analytics' }", "analytics=true");
    assert_eq!(capped, ["unheard-of=1; Max-Age=63072000"]);
}

#[test]
fn r6_reasons_tell_refused_from_undecided() {
    let policy = policy();
    for (consent, want) in [
        (undecided(&policy), StripReason::Undecided),
        (visitor(&policy, "functional=true"), StripReason::NotGranted),
        (visitor(&policy, "analytics=false"), StripReason::Refused),
    ] {
        let (_, report) = enforced(&policy, &consent, &["_ga=1"]);
        assert_eq!(report.entries()[0].verdict(), Verdict::Strip { reason: want });
    }
}
