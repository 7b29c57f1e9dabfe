//! Tests R24: the choice of the visitor's account.

use std::time::Duration;

use http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, VARY};
use tower_cookie_consent::registry::AccountPrecedence;
use tower_cookie_consent::{Choice, Consent, Gpc, OwnCookie, Policy, Registry};

use super::site::{
    REGISTRY, builder, choosing, enforced, now, policy, request, set_cookies, stored, undecided,
    values, visitor, withdrawn,
};

const DAY: Duration = Duration::from_secs(86_400);

/// Makes an account's choice from grants (`+`) and refusals (`-`), made this many days ago. `?`
/// decides nothing.
fn account(policy: &Policy, words: &str, days: u32) -> Choice {
    let registry = policy.registry();
    let undecided = words.starts_with('?');
    let start = if undecided { Choice::undecided(registry) } else { Choice::decided(registry) };
    let words = words.trim_start_matches('?').split_whitespace();
    let choice = words.fold(start, |choice, word| match word.split_at(1) {
        ("+", id) => choice.grant(id),
        (_, id) => choice.refuse(id),
    });
    choice.under_version("7").made_at(now() - DAY * days)
}

/// Returns which of analytics, functional and audience are allowed, by their first letters.
fn allowed(consent: &Consent) -> String {
    let ids = ["analytics", "functional"].into_iter().filter(|id| consent.allows(id));
    let audience = if consent.allows("audience") { "A" } else { "" };
    ids.map(|id| &id[..1]).collect::<String>() + audience
}

/// The device's choice was made a day ago.
#[test]
fn r24_which_counts_the_accounts_or_the_devices() {
    for (device, words, days, by_account, by_latest) in [
        ("", "+analytics", 9, "aA", "aA"),
        ("", "-analytics -audience", 9, "", ""),
        ("functional=true", "+analytics", 9, "aA", "fA"),
        ("functional=true", "+analytics", 0, "aA", "aA"),
        ("functional=true", "+analytics", 1, "aA", "aA"),
        ("functional=true&audience=false", "-functional", 0, "A", "A"),
        ("functional=true&analytics=true", "-analytics", 9, "A", "afA"),
        // The account has not chosen: the device's choice counts, and the account's objections are
        // refused.
        ("functional=true", "?", 0, "fA", "fA"),
        ("functional=true", "? -audience", 0, "f", "f"),
        // This choice has expired, as a device's choice would have.
        ("functional=true", "+analytics -audience", 200, "f", "f"),
        ("", "+analytics", 200, "A", "A"),
    ] {
        for (precedence, want) in
            [(AccountPrecedence::Account, by_account), (AccountPrecedence::Latest, by_latest)]
        {
            let policy = builder().account_precedence(precedence).build();
            let consent = match device {
                "" => undecided(&policy),
                device => visitor(&policy, device),
            };
            let before = allowed(&consent);
            consent.set_account_choice(&account(&policy, words, days));
            assert_eq!(allowed(&consent), want, "{device:?}, account {words:?}: {precedence}");
            let (left, _) = enforced(&policy, &consent, &["_ga=1", "theme=1", "visits=1"]);
            let left: Vec<_> = left.iter().map(|line| line.split('=').next().unwrap()).collect();
            let names = [("_ga", 'a'), ("theme", 'f'), ("visits", 'A')];
            let names = names.iter().filter(|(_, letter)| want.contains(*letter));
            assert_eq!(left, names.map(|(name, _)| *name).collect::<Vec<_>>(), "it judges");
            consent.clear_account_choice();
            assert_eq!(allowed(&consent), before, "after the logout");
        }
    }
}

#[test]
fn r24_it_counts_by_version_and_translates() {
    let policy = policy();
    let consent = undecided(&policy);
    let old = Choice::decided(policy.registry()).grant("analytics").under_version("6");
    consent.set_account_choice(&old);
    assert!(!consent.is_decided());
    // This choice belongs to another registry with the same version and ids.
    let other = Policy::new(Registry::from_toml(REGISTRY).unwrap());
    consent.set_account_choice(&Choice::decided(other.registry()).grant("analytics"));
    assert!(consent.allows("analytics") && consent.is_decided());
    let held: &Choice = consent.choice();
    consent.set_account_choice(&Choice::decided(policy.registry()).refuse_all());
    assert!(!consent.allows("analytics"), "the later one");
    assert!(held.decision("analytics").is_some(), "what was returned before is still there");
    for _ in 0..2_000 {
        consent.set_account_choice(&old);
        consent.clear_account_choice();
    }
    assert!(!consent.is_decided());
}

#[test]
fn r24_a_choice_without_a_time_is_the_older_one() {
    let policy = builder().account_precedence(AccountPrecedence::Latest).build();
    let timeless = Choice::decided(policy.registry()).grant("analytics");
    let consent = visitor(&policy, "functional=true");
    consent.set_account_choice(&timeless);
    assert_eq!(allowed(&consent), "fA");
    let consent = undecided(&policy);
    consent.set_account_choice(&timeless);
    assert_eq!(allowed(&consent), "aA");
}

#[test]
fn r24_the_file_says_which_counts() {
    for (said, want) in
        [("account", AccountPrecedence::Account), ("latest", AccountPrecedence::Latest)]
    {
        let file = format!("{REGISTRY}\n[consent]\naccount-precedence = \"{said}\"");
        let registry = Registry::from_toml(&file).unwrap();
        assert_eq!(registry.account_precedence(), want);
        assert_eq!(Policy::new(registry.clone()).account_precedence(), want);
        let code = Policy::builder(registry).account_precedence(AccountPrecedence::Account);
        assert_eq!(code.build().account_precedence(), AccountPrecedence::Account);
    }
}

#[test]
fn r24_what_the_browser_objects_to_stays_refused() {
    let file = REGISTRY
        .replace("[categories.audience]\n", "[categories.audience]\nrefused-by-gpc = true\n");
    let registry = Registry::from_toml(&file).unwrap();
    let mut headers = request(&[]);
    headers.insert("sec-gpc", HeaderValue::from_static("1"));
    for (policy, want) in [
        (Policy::builder(registry.clone()).source(Gpc).source(OwnCookie), "a"),
        (Policy::builder(registry).source(OwnCookie).source(Gpc), "aA"),
    ] {
        let policy = policy.clock(now).build();
        let consent = policy.consent(&headers);
        consent.set_account_choice(&account(&policy, "+analytics +audience", 1));
        assert_eq!(allowed(&consent), want, "the order of the sources says what weighs more");
    }
}

/// The response stores or deletes the device's choice, while the account has one too.
#[test]
fn r9_r24_a_response_that_renews_the_choice_renews_the_devices() {
    let device = choosing("functional=true&analytics=false");
    for (precedence, renewed) in
        [(AccountPrecedence::Account, "_ga"), (AccountPrecedence::Latest, "theme")]
    {
        let policy = builder().account_precedence(precedence).build();
        let consent = undecided(&policy);
        consent.set_account_choice(&account(&policy, "+analytics", 3));
        let lines = [device.as_str(), "_ga=1", "theme=1"];
        let (left, _) = enforced(&policy, &consent, &lines);
        assert_eq!(left.len(), 2, "{left:?}");
        assert!(left[1].starts_with(renewed), "{precedence}: {left:?}");
        let made = Choice::decided(policy.registry()).grant("functional");
        let supposed = consent.with(&made);
        assert_eq!(supposed.allows("functional"), renewed == "theme", "{precedence}");

        let deletion = withdrawn(&policy);
        let lines = [deletion.to_str().unwrap(), "_ga=1", "theme=1"];
        let (left, _) = enforced(&policy, &consent, &lines);
        assert_eq!(left[1..], ["_ga=1"], "the account's is not withdrawn");
    }
}

#[test]
fn r24_the_devices_own_choice_is_not_touched() {
    let policy = policy();
    let consent = visitor(&policy, "functional=true");
    consent.set_account_choice(&account(&policy, "+analytics", 0));
    let mut response = super::site::response(&["_ga=1", "sid=1"]);
    policy.enforce(&consent, &mut response);
    assert_eq!(set_cookies(&response), ["_ga=1", "sid=1"], "no line carries a choice");
    // Another policy is used for the same device and the same account.
    let other = builder().build();
    let (left, _) = enforced(&other, &consent, &["_ga=1", "theme=1"]);
    assert_eq!(left, ["_ga=1"]);
    let line = stored(&policy, consent.choice());
    assert!(line.to_str().unwrap().contains("analytics=true"), "unless the site stores it itself");
}

#[test]
fn r23_r24_a_page_that_was_made_for_an_account_is_private_after_the_logout_too() {
    let policy = policy();
    for enforced_by in [policy.clone(), builder().build()] {
        let consent = undecided(&policy);
        consent.set_account_choice(&account(&policy, "+analytics", 0));
        assert!(consent.allows("analytics"));
        consent.clear_account_choice();
        let mut response = HeaderMap::new();
        enforced_by.enforce(&consent, &mut response);
        assert_eq!(values(&response, &CACHE_CONTROL), ["private"]);
    }
}

#[test]
fn r23_r24_a_page_for_an_account_is_private() {
    let policy = policy();
    for (asks, told) in [(true, (vec!["private"], vec!["cookie"])), (false, (vec![], vec![]))] {
        let consent = undecided(&policy);
        consent.set_account_choice(&account(&policy, "+analytics", 0));
        if asks {
            assert!(consent.allows("analytics"));
        }
        let mut response = HeaderMap::new();
        policy.enforce(&consent, &mut response);
        assert_eq!(
            (values(&response, &CACHE_CONTROL), values(&response, &VARY)),
            (
                told.0.iter().map(|it| (*it).to_owned()).collect(),
                told.1.iter().map(|it| (*it).to_owned()).collect(),
            )
        );
    }
}
