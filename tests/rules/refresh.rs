//! Tests R11: lifetimes that new visits must not prolong.

use tower_cookie_consent::{Policy, Registry, StripReason, Verdict};

use super::site::{enforced, now, policy, request};

#[test]
fn r11_a_lifetime_that_must_not_slide_is_not_renewed() {
    let policy = policy();
    let line = ["visit_1=x; Max-Age=60"];
    let with = |cookies| enforced(&policy, &policy.consent(&request(cookies)), &line).0;
    assert_eq!(with(&[]), line);
    assert_eq!(with(&["visit_2=y; visit=z"]), line);
    assert!(with(&["a=b; visit_1=y"]).is_empty());
    assert!(with(&["a=b", "visit_1"]).is_empty(), "a second line, without `=`");
}

#[test]
fn r11_deleting_is_not_refreshing() {
    let policy = policy();
    let consent = policy.consent(&request(&["visits=1"]));
    let (got, _) = enforced(&policy, &consent, &["visits=; Max-Age=0"]);
    assert_eq!(got, ["visits=; Max-Age=0"]);
    let (got, _) = enforced(&policy, &consent, &["visits=; Max-Age=0; Max-Age=0"]);
    assert_eq!(got, ["visits=; Max-Age=0"]);
}

/// The declared cookie, and a request that carries it, so that only the line decides.
fn left(declared: &str, lines: &[&str]) -> Vec<String> {
    let toml = format!(
        "version = '1'\n[categories.a]\nbasis = 'necessary'\nrefresh = false\ncookies.id = {declared}"
    );
    let policy = Policy::builder(Registry::from_toml(&toml).unwrap()).clock(now).build();
    enforced(&policy, &policy.consent(&request(&["id=old"])), lines).0
}

#[test]
fn r11_only_a_line_that_asks_for_a_lifetime_can_slide() {
    for (declared, line, want) in [
        ("{}", "id=new", Some("id=new")),
        ("{}", "id=new; HttpOnly; Path=/", Some("id=new; HttpOnly; Path=/")),
        ("{}", "id=new; Max-Age=60", None),
        ("{}", "id=new; Expires=Sat, 21 Nov 2026 13:00:00 GMT", None),
        ("{}", "id=new; Max-Age=whatever", None),
        ("'1 day'", "id=new", Some("id=new")),
        ("'1 day'", "id=new; Max-Age=60", None),
        // This line leaves as a session cookie.
        ("'session'", "id=new; Max-Age=60", Some("id=new")),
        ("'session'", "id=new", Some("id=new")),
    ] {
        assert_eq!(left(declared, &[line]), Vec::from_iter(want), "{declared} {line}");
    }
}

#[test]
fn r11_what_was_deleted_before_starts_anew() {
    let (new, deleted) = ("id=new; Max-Age=60", "id=deleted; Max-Age=0");
    let expired = "id=; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    assert_eq!(left("{}", &[deleted, new]), [deleted, new]);
    assert_eq!(left("'1 day'", &[expired, new, new]), [expired, new, new]);
    assert_eq!(left("{}", &[deleted, "id=new"]), [deleted, "id=new"]);
    assert_eq!(left("{}", &[new, deleted]), [deleted], "what is deleted afterwards was prolonged");
    assert_eq!(left("{}", &["other=; Max-Age=0", new]), ["other=; Max-Age=0"], "of another name");
    let unproven = "id=x; Max-Age=0; Max-Age=0";
    assert_eq!(left("{}", &[unproven, new]), ["id=x; Max-Age=0", new], "and deletes everywhere");
}

#[test]
fn r11_a_deletion_of_the_consent_cookie_counts_too() {
    for toml in [
        "version = '1'\n[categories.a]\nbasis = 'necessary'\n\
         cookies.'__Host-*' = { refresh = false }",
        "version = '1'\nundeclared = { category = 'a' }\n[categories.a]\nbasis = 'necessary'\n\
         refresh = false\ncookies.__Host-cookie_consent = { refresh = true }",
    ] {
        let policy = Policy::builder(Registry::from_toml(toml).unwrap()).clock(now).build();
        let consent = policy.consent(&request(&["__Host-cookie_consent=old"]));
        let deleted = "__Host-cookie_consent=version=1&time=0; Path=/; Secure; Max-Age=0";
        let other = "__Host-cookie_consent=1; Max-Age=60";
        assert_eq!(enforced(&policy, &consent, &[other]).0, [""; 0], "{toml}");
        assert_eq!(enforced(&policy, &consent, &[deleted, other]).0, [deleted, other], "{toml}");
    }
}

#[test]
fn r11_the_reason_is_told() {
    let policy = policy();
    let consent = policy.consent(&request(&["visits=1"]));
    let (_, report) = enforced(&policy, &consent, &["visits=2; Max-Age=60"]);
    let reason = StripReason::AlreadySet;
    assert_eq!(report.entries()[0].verdict(), Verdict::Strip { reason });
}
