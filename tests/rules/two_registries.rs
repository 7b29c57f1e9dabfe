//! Tests R7 for a choice, a consent and a source of another registry: ids are names, not numbers.

use tower_cookie_consent::{Choice, Decision, Policy, Registry, source_fn};

use super::site::{builder, chosen, enforced, now, request, stored, undecided};

#[test]
fn r7_a_source_may_answer_with_another_registry() {
    let other = Registry::from_toml(
        "version = '7'\n[categories.first]\nbasis = 'consent'\n[categories.analytics]\nbasis = 'consent'",
    )
    .unwrap();
    let policy = builder()
        .source(source_fn(move |_, _| Choice::decided(&other).grant("first").refuse("analytics")))
        .build();
    let consent = undecided(&policy);
    assert!(consent.is_decided());
    assert_eq!(consent.choice().decision("analytics"), Some(Decision::Refused));
    assert!(!consent.allows("functional"), "ids are names, not places");
}

/// Two registries that number their categories in opposite order.
fn two_policies() -> [Policy; 2] {
    [["a", "b"], ["b", "a"]].map(|ids| {
        let categories =
            ids.map(|id| format!("[categories.{id}]\nbasis = 'consent'\ncookies = ['{id}{id}']\n"));
        let registry = format!("version = '7'\n{}", categories.concat());
        Policy::builder(Registry::from_toml(&registry).unwrap()).clock(now).build()
    })
}

#[test]
fn r7_a_consent_read_under_another_policy_is_read_anew() {
    let [one, other] = two_policies();
    let carried = format!("__Host-cookie_consent={}", chosen("a=true&b=false"));
    let consent = one.consent(&request(&[&carried]));
    assert_eq!(enforced(&other, &consent, &["aa=1", "bb=1"]).0, ["aa=1"]);
}

#[test]
fn r7_choices_of_two_registries_meet_by_name() {
    let [one, other] = two_policies();
    let granted = Choice::decided(other.registry()).grant("a").grant("b");
    let refused = Choice::decided(one.registry()).refuse("a").grant("b");
    let both = granted.merge_copy(&refused);
    assert_eq!(
        (both.decision("a"), both.decision("b")),
        (Some(Decision::Refused), Some(Decision::Granted))
    );
    let line = stored(&other, &refused);
    assert!(line.to_str().unwrap().contains("b=true&a=false"), "{line:?}");
    let undecided = Choice::undecided(one.registry()).refuse("a").grant("b");
    assert_eq!(stored(&other, &undecided), line, "who stores a choice has made it");
}

#[test]
fn r7_a_version_stays_what_it_is_from_one_registry_to_another() {
    let of_version = |version: &str| {
        let category = "[categories.analytics]\nbasis = 'consent'";
        Registry::from_toml(&format!("version = '{version}'\n{category}")).unwrap()
    };
    for (other, stated, counts) in [
        ("7", None, true),
        ("7", Some("7"), true),
        ("7", Some("6"), false),
        ("6", None, true),
        ("6", Some("6"), false),
        ("6", Some("5"), false),
    ] {
        let registry = of_version(other);
        let policy = builder()
            .source(source_fn(move |_, _| {
                let choice = Choice::decided(&registry).grant("analytics");
                stated.map_or(choice.clone(), |version| choice.under_version(version))
            }))
            .build();
        let allowed = undecided(&policy).allows("analytics");
        assert_eq!(allowed, counts, "{stated:?} stated to a registry of {other}");
    }
}
