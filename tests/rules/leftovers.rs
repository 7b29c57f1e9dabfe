//! Tests the deletion of cookies that remain in the browser after a refusal.

use tower_cookie_consent::{Choice, Policy, Registry};

use super::site::{enforced, policy, request, stored, withdrawn};

const CARRIED: &str = "sid=1; _ga=2; _ga_X=3; theme=4; visits=5; _fbp=6; unheard-of=7; __Host-cookie_consent=8; _ga=9";

fn left(choice: &Choice) -> Vec<String> {
    let policy = policy();
    let lines = policy.consent(&request(&[CARRIED])).leftovers(choice);
    lines.iter().map(|line| line.to_str().unwrap().split('=').next().unwrap().to_owned()).collect()
}

#[test]
fn r20_cookies_that_the_choice_does_not_allow_are_deleted() {
    let registry = super::site::registry();
    assert_eq!(left(&Choice::undecided(&registry)), ["_fbp", "_ga", "_ga_X", "theme"]);
    assert_eq!(left(&Choice::decided(&registry).grant_all()), ["_fbp"]);
    let some = Choice::decided(&registry).refuse_all().grant("google-analytics");
    assert_eq!(left(&some), ["_fbp", "theme", "visits"]);
}

#[test]
fn r4_the_deletions_pass_the_policy_that_refuses() {
    let policy = policy();
    let consent = policy.consent(&request(&[CARRIED]));
    let refused = Choice::decided(policy.registry()).refuse_all();
    let lines = consent.leftovers(&refused);
    let lines: Vec<_> = lines.iter().map(|line| line.to_str().unwrap()).collect();
    assert_eq!(enforced(&policy, &consent, &lines).0, lines);
}

#[test]
fn r20_a_cookie_is_deleted_where_it_lives() {
    let registry = Registry::from_toml(
        r#"
        version = "1"
        [categories.analytics]
        basis = "consent"
        [categories.analytics.cookies]
        plain = {}
        placed = { domain = "example.org", path = "/shop" }
        "__Secure-*" = {}
        "__Host-a" = {}
        "__Http-a" = {}
        "__host-http-*" = {}
        "#,
    )
    .unwrap();
    let policy = Policy::new(registry);
    let carried = "plain=1; placed=2; __Secure-x=3; __Host-a=4; none; __Http-a=5; __host-http-x=6";
    let consent = policy.consent(&request(&[carried]));
    let lines = consent.leftovers(&Choice::undecided(policy.registry()));
    assert_eq!(
        Vec::from_iter(lines),
        [
            "__Host-a=; Path=/; Secure; Max-Age=0",
            "__Http-a=; Path=/; Secure; HttpOnly; Max-Age=0",
            "__Secure-x=; Path=/; Secure; Max-Age=0",
            "__host-http-x=; Path=/; Secure; HttpOnly; Max-Age=0",
            "placed=; Path=/shop; Max-Age=0",
            "placed=; Path=/shop; Domain=example.org; Max-Age=0",
            "plain=; Path=/; Max-Age=0",
        ]
    );
}

#[test]
fn r20_storing_and_withdrawing_send_the_choice_first_and_then_the_deletions() {
    let policy = policy();
    let consent = policy.consent(&request(&["_ga=1; visits=2"]));
    let choice = Choice::decided(policy.registry()).refuse_all().grant("analytics");
    let [choice_line, visits] = &Vec::from_iter(consent.store(&choice).unwrap())[..] else {
        panic!("two lines")
    };
    assert_eq!(choice_line, stored(&policy, &choice));
    assert_eq!(visits, "visits=; Path=/; Max-Age=0");
    let [choice_line, ga] = &Vec::from_iter(consent.withdraw())[..] else { panic!("two lines") };
    assert_eq!(choice_line, withdrawn(&policy));
    assert_eq!(ga, "_ga=; Path=/; Max-Age=0");
}

#[test]
fn r7_storing_makes_even_an_undecided_choice_decided() {
    let policy = policy();
    let consent = policy.consent(&request(&["_ga=1"]));
    let lines = consent.store(&consent.choice().clone().grant("analytics")).unwrap();
    let line = lines.iter().next().unwrap().to_str().unwrap();
    let pair = line.split(';').next().unwrap();
    assert!(policy.consent(&request(&[pair])).allows("analytics"));
    assert_eq!(lines.iter().len(), 1, "what is granted is not deleted: {lines:?}");
}

#[test]
fn r6_refusing_all_leaves_no_service_granted() {
    let policy = policy();
    let some = Choice::decided(policy.registry()).grant("hotjar").refuse("google-analytics");
    assert_eq!(some.clone().refuse_all().decision("hotjar"), None);
    let consent = super::site::undecided(&policy);
    for (choice, line, passes) in
        [(some.clone().refuse_all(), "_hjid=1", false), (some.grant_all(), "_ga=1", true)]
    {
        let choice_line = stored(&policy, &choice);
        let lines = [choice_line.to_str().unwrap(), line];
        assert_eq!(enforced(&policy, &consent, &lines).0.contains(&line.to_owned()), passes);
    }
}

#[test]
fn r20_deletions_follow_the_lines_of_a_response() {
    let policy = policy();
    let consent = policy.consent(&request(&["_ga=1"]));
    let mut headers = super::site::response(&["sid=1"]);
    consent.withdraw().append_to(&mut headers);
    let choice_line = withdrawn(&policy);
    assert_eq!(
        super::site::set_cookies(&headers),
        ["sid=1", choice_line.to_str().unwrap(), "_ga=; Path=/; Max-Age=0"],
    );
}
