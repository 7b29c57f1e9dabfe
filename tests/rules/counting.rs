//! Tests R7: which choices count, and what remains of the others.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use tower_cookie_consent::{Choice, source_fn};

use super::site::{NOW, builder, chosen, keeps, now, policy, registry, request, strips, undecided};

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

/// A sibling host plants so many copies that the visitor's own is not read.
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
fn r7_a_closure_states_a_choice() {
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
    let choice = Choice::decided(&registry());
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
        // These are the years 0000, 1600 and 9999.
        (-62_167_219_200, false, false),
        (-11_676_096_000, false, false),
        (253_402_300_799, false, false),
        (i64::MAX, false, false),
    ] {
        // If the platform cannot represent this time, the choice states none.
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
