//! R2 and R5 to R7: which declaration a cookie falls under, and what the visitor's consent says.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use tower_cookie_consent::{Choice, Decision, Policy, Registry, StripReason, Verdict, source_fn};

use super::site::{
    NOW, builder, chosen, enforced, keeps, now, policy, request, stored, strips, undecided, visitor,
};

#[test]
fn r2_the_name_that_would_come_back_is_judged() {
    for line in ["_ga", "=_ga", "=_ga=1", " _ga =1", "_ga;Max-Age=60", "\t=\t_ga ; Path=/"] {
        strips("", line);
        keeps("analytics=true", line);
    }
    for line in ["_GA=1", "%5Fga=1", "\u{a0}_ga=1", "\"_ga\"=1"] {
        strips("analytics=true", line);
    }
}

#[test]
fn r5_exact_names_and_patterns() {
    keeps("google-analytics=true", "_ga_ABC=1");
    keeps("google-analytics=true", "_ga_=1");
    strips("google-analytics=true", "_gab=1");
    strips("google-analytics=true", "x_ga_1=1");
    keeps("hotjar=true", "_hjIncludedInSessionSample=1");
}

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

#[test]
fn r7_what_does_not_count_is_undecided() {
    let good = chosen("analytics=true&audience=false");
    let policy = policy();
    let asked = |value: &str| {
        let consent = policy.consent(&request(&[&format!("x=1; __Host-cookie_consent={value}")]));
        (consent.is_decided(), consent.allows("analytics"), consent.allows("audience"))
    };
    assert_eq!(asked(&good), (true, true, false));
    let six_months = 180 * 86_400;
    for value in [
        String::new(),
        "true".into(),
        "analytics=true".into(),
        "{\"analytics\":true}".into(),
        "version=7&analytics=true".into(),
        format!("time={NOW}&analytics=true"),
        format!("version=6&time={NOW}&analytics=true"),
        format!("version=77&time={NOW}&analytics=true"),
        format!("version=7&time={}&analytics=true", NOW - six_months - 1),
        format!("version=7&time={}&analytics=true", NOW + 61),
        format!("version=7&time={NOW}000&analytics=true"),
        "version=7&time=99999999999999999999&analytics=true".into(),
        "version=7&time=18446744073709551615&analytics=true".into(),
        "version=7&time=-1&analytics=true".into(),
        "version=7&time=&analytics=true".into(),
        format!("version=7&time={NOW}&analytics=yes"),
        format!("version=7&time={NOW}&analytics=TRUE"),
        format!("version=7&time={NOW}&analytics"),
        format!("version=7&version=7&time={NOW}&analytics=true"),
        format!("version=7&time={NOW}&time={NOW}&analytics=true"),
        format!("\"{good}\""),
        format!("{good}&{}", "x".repeat(4096)),
    ] {
        assert_eq!(asked(&value), (false, false, true), "{value}");
    }
    for value in [
        format!("version=7&time={}&analytics=true", NOW - six_months),
        format!("version=7&time={}&analytics=true", NOW + 60),
        format!("analytics=true&time={NOW}&unknown=maybe&version=%37"),
    ] {
        assert_eq!(asked(&value), (true, true, true), "{value}");
    }
}

#[test]
fn r7_copies_that_disagree_leave_the_most_restrictive() {
    let policy = policy();
    let all = format!("__Host-cookie_consent={}", chosen("analytics=true&functional=true"));
    let some = format!(
        "__Host-cookie_consent={}",
        chosen("analytics=true&functional=false&audience=false")
    );
    let stale = format!("__Host-cookie_consent=version=6&time={NOW}&analytics=true");
    let allowed = |lines: &[&str]| {
        let consent = policy.consent(&request(lines));
        ["analytics", "functional", "audience"].map(|id| consent.allows(id))
    };
    assert_eq!(allowed(&[&all]), [true, true, true]);
    assert_eq!(allowed(&[&format!("{all}; {all}")]), [true, true, true]);
    for other in [&some, &stale, "__Host-cookie_consent=", "__Host-cookie_consent=planted"] {
        let want = if other == some { [true, false, false] } else { [false, false, true] };
        assert_eq!(allowed(&[&format!("{all}; {other}")]), want);
        assert_eq!(allowed(&[other, &all]), want);
    }
    assert_eq!(allowed(&[&all, &format!("Cookie_Consent={stale}")]), [true, true, true]);
}

/// A sibling host plants so many that the visitor's own copy is not read.
#[test]
fn r7_a_refusal_behind_many_planted_copies_is_heeded() {
    let policy = policy();
    let copies = |count: usize| {
        let grant = chosen("audience=true");
        let planted = (0..count).map(|n| format!("__Host-cookie_consent={grant}&n={n}"));
        let refusal = format!("__Host-cookie_consent={}", chosen("audience=false"));
        planted.chain([refusal]).collect::<Vec<_>>().join("; ")
    };
    for count in [1, 15, 16, 17, 100] {
        let consent = policy.consent(&request(&[&copies(count)]));
        assert!(!consent.allows("audience"), "behind {count}");
    }
}

#[test]
fn r7_a_key_given_twice_counts_as_its_refusal() {
    strips("analytics=true&analytics=false", "_ga=1");
    strips("analytics=false&analytics=true", "_ga=1");
    keeps("analytics=false&analytics=true&functional=true", "theme=1");
}

#[test]
fn r7_a_part_of_a_word_grants_nothing() {
    strips("analytics2=true&xanalytics=true&google=true", "_ga=1");
}

#[test]
fn r7_a_stale_choice_grants_nothing_and_still_refuses() {
    let policy = policy();
    let old = format!("__Host-cookie_consent=version=6&time={NOW}&audience=false&analytics=true");
    let valid = format!("__Host-cookie_consent={}", chosen("audience=false"));
    for lines in [vec![&old], vec![&valid, &old], vec![&old, &valid]] {
        let lines: Vec<&str> = lines.into_iter().map(String::as_str).collect();
        let consent = policy.consent(&request(&lines));
        assert!(!consent.is_decided() && !consent.allows("analytics"), "{lines:?}");
        assert!(!consent.allows("audience"), "an objection stands: {lines:?}");
    }
}

#[test]
fn consent_sources_can_be_closures() {
    let policy = builder()
        .source(source_fn(|request, registry| match request.cookie(b"tracking").next() {
            Some(b"on") => Choice::decided(registry).grant_all().refuse("hotjar"),
            _ => Choice::undecided(registry).refuse("audience"),
        }))
        .build();
    let on = policy.consent(&request(&["tracking=on"]));
    assert_eq!(
        ["analytics", "google-analytics", "hotjar", "audience", "advertising", "nonsense"]
            .map(|id| on.allows(id)),
        [true, true, false, true, false, false],
    );
    let off = policy.consent(&HeaderMap::new());
    assert!(!off.is_decided() && !off.allows("audience") && !off.allows("analytics"));
}

#[test]
fn a_source_may_answer_with_another_registry() {
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
fn a_consent_read_under_another_policy_is_read_anew() {
    let [one, other] = two_policies();
    let carried = format!("__Host-cookie_consent={}", chosen("a=true&b=false"));
    let consent = one.consent(&request(&[&carried]));
    assert_eq!(enforced(&other, &consent, &["aa=1", "bb=1"]).0, ["aa=1"]);
}

#[test]
fn choices_of_two_registries_meet_by_name() {
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
fn r7_the_policy_checks_the_version_and_the_time_that_a_source_states() {
    type Stated = fn(Choice) -> Choice;
    const DAY: Duration = Duration::from_secs(86_400);
    let cases: [(Stated, bool); 7] = [
        (|choice| choice, true),
        (|choice| choice.under_version("7"), true),
        (|choice| choice.under_version("6"), false),
        (|choice| choice.under_version("6").under_version("7"), false),
        (|choice| choice.made_at(now()), true),
        (|choice| choice.made_at(now() - 200 * DAY), false),
        (|choice| choice.made_at(now() + DAY), false),
    ];
    for (number, (stated, counts)) in cases.into_iter().enumerate() {
        let policy = builder()
            .source(source_fn(move |_, registry| {
                stated(Choice::decided(registry).grant("analytics"))
            }))
            .build();
        assert_eq!(undecided(&policy).allows("analytics"), counts, "case {number}");
    }
    let choice = Choice::decided(&super::site::registry());
    assert_eq!(choice.time(), None);
    let (earlier, later) = (choice.clone().made_at(now() - DAY), choice.made_at(now()));
    assert_eq!(later.clone().merge_copy(&earlier).time(), Some(now() - DAY));
    assert_eq!(earlier.merge_copy(&later).time(), Some(now() - DAY));
}

#[test]
fn r7_times_count_to_the_second_whatever_the_year() {
    let at = |seconds: i64| {
        let since = Duration::from_secs(seconds.unsigned_abs());
        let epoch = SystemTime::UNIX_EPOCH;
        if seconds < 0 { epoch.checked_sub(since) } else { epoch.checked_add(since) }
    };
    let now = i64::try_from(NOW).unwrap();
    for (seconds, server, visitor) in [
        (now, true, true),
        (now + 60, true, true),
        (now + 61, false, true),
        (now + 86_400, false, true),
        (now + 86_401, false, false),
        // The years 0000, 1600 and 9999.
        (-62_167_219_200, false, false),
        (-11_676_096_000, false, false),
        (253_402_300_799, false, false),
        (i64::MAX, false, false),
    ] {
        // Where the platform has no such time, there is nothing to state.
        let Some(time) = at(seconds) else { continue };
        for (made, counts) in [
            (Choice::made_at as fn(Choice, SystemTime) -> Choice, server),
            (Choice::made_at_by_visitor, visitor),
        ] {
            let policy = builder()
                .source(source_fn(move |_, registry| {
                    made(Choice::decided(registry).grant("analytics").refuse("audience"), time)
                }))
                .build();
            let consent = undecided(&policy);
            assert_eq!(consent.is_decided(), counts, "{seconds}");
            assert_eq!(consent.allows("analytics"), counts, "{seconds}");
            assert!(!consent.allows("audience"), "a refusal stays: {seconds}");
            let want = counts.then(|| at(seconds.min(now)).unwrap());
            assert_eq!(consent.choice().time(), want, "never ahead of the clock: {seconds}");
        }
        let carried = format!("__Host-cookie_consent=version=7&time={seconds}&analytics=true");
        let consent = policy().consent(&request(&[&carried]));
        assert_eq!(consent.is_decided(), server, "{carried}");
    }
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

#[test]
fn r7_a_value_may_be_as_long_as_a_cookie() {
    let policy = policy();
    let decided_with = |length: usize| {
        let mut value = chosen("analytics=true&x=");
        value.push_str(&"y".repeat(length - value.len()));
        policy.consent(&request(&[&format!("__Host-cookie_consent={value}")])).is_decided()
    };
    assert!(decided_with(4096));
    assert!(!decided_with(4097));
}
