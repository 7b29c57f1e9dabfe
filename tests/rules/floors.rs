//! Tests R21: the attributes that a line has at least when it passes.

use tower_cookie_consent::registry::{Category, Declaration, SameSite, Service};
use tower_cookie_consent::{Policy, Registry};

use super::site::{choosing, enforced, now, request, undecided, visitor};

const REGISTRY: &str = r#"
    version = "7"
    undeclared = { category = "rest" }

    [categories.essential]
    basis = "necessary"
    secure = true
    [categories.essential.cookies]
    sid = { http-only = true, same-site = "lax", lifetime = "1 day" }
    plain = {}
    embedded = { same-site = "none", partitioned = true }
    [categories.essential.services.shop]
    same-site = "strict"
    cookies = ["basket"]

    [categories.analytics]
    basis = "consent"
    cookies = { _ga = { secure = true } }

    [categories.rest]
    basis = "necessary"
    http-only = true
"#;

fn policy() -> Policy {
    Policy::builder(Registry::from_toml(REGISTRY).unwrap()).clock(now).build()
}

#[test]
fn r21_what_a_line_lacks_is_added() {
    for (line, want) in [
        ("sid=1; Path=/", "sid=1; Secure; HttpOnly; SameSite=Lax; Path=/"),
        (
            "sid=1; samesite=STRICT;httponly; Secure=no",
            "sid=1; samesite=STRICT;httponly; Secure=no",
        ),
        ("sid=1; SameSite=None; HttpOnly; Secure; X", "sid=1; SameSite=Lax; HttpOnly; Secure; X"),
        ("plain=1", "plain=1; Secure"),
        ("basket=1; SameSite=Lax", "basket=1; Secure; SameSite=Strict"),
        ("embedded=1", "embedded=1; Secure; SameSite=None; Partitioned"),
        ("embedded=1; SameSite=Lax; Secure", "embedded=1; Partitioned; SameSite=Lax; Secure"),
        ("unheard-of=1", "unheard-of=1; HttpOnly"),
        // In this line, the lifetime is replaced too.
        (
            "sid=1; Max-Age=99999999; Path=/",
            "sid=1; Secure; HttpOnly; SameSite=Lax; Max-Age=86400; Path=/",
        ),
        // Deletions pass unchanged.
        ("sid=; Max-Age=0", "sid=; Max-Age=0"),
        (
            "sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        ),
        ("plain=; Max-Age=-1", "plain=; Max-Age=-1"),
        ("sid=; Max-Age=0; Max-Age=0", "sid=; Max-Age=0"),
        // Some browser may not read this one as a deletion.
        ("plain=; Max-Age=0; Max-Age=0", "plain=; Secure; Max-Age=0; Max-Age=0"),
    ] {
        let policy = policy();
        let (left, report) = enforced(&policy, &undecided(&policy), &[line]);
        let entry = &report.entries()[0];
        assert_eq!(left, [want], "{line}");
        assert_eq!(entry.is_unchanged(), line == want, "{line}");
        // Enforcing again changes nothing.
        assert_eq!(enforced(&policy, &undecided(&policy), &[&left[0]]).0, left, "{line}");
    }
}

#[test]
fn r21_what_does_not_pass_gets_nothing() {
    let policy = policy();
    let lines = ["_ga=1", &choosing("analytics=true")];
    assert_eq!(enforced(&policy, &undecided(&policy), &["_ga=1"]).0, [""; 0]);
    assert_eq!(enforced(&policy, &undecided(&policy), &lines).0[0], "_ga=1; Secure");
}

#[test]
fn r21_the_report_and_the_edits_say_what_is_added() {
    let policy = policy();
    let (_, report) =
        enforced(&policy, &undecided(&policy), &["plain=1", "sid=1; Max-Age=99999999"]);
    assert_eq!(report.changes().count(), 2);
    assert_eq!(
        report.entries()[0].to_string(),
        "plain: keep: its category is necessary; with Secure"
    );
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["entries"][1]["raised"], "Secure; HttpOnly; SameSite=Lax");
    let judged = policy.judge(&undecided(&policy), &["plain=1"], None);
    let edit = judged.edits().next().unwrap();
    assert_eq!(edit.apply(b"plain=1").as_deref(), Some(&b"plain=1; Secure"[..]));
}

#[test]
fn r20_a_deletion_follows_the_cookie_to_where_the_floor_put_it() {
    const DELETION: &str = "embedded=; Max-Age=0; Path=/";
    const FURTHER: &str = "embedded=; Secure; SameSite=None; Partitioned; Max-Age=0; Path=/";
    let whole = "embedded=; Max-Age=0; partitioned; Secure; SameSite=None";
    for (lines, further) in [
        (&[DELETION][..], &[FURTHER][..]),
        (&[DELETION, "plain=; Max-Age=0", "sid=; Max-Age=0"], &[FURTHER]),
        (&[whole], &[]),
        // The cookie that the response sets anew has a place that the deletion does not reach.
        (&[DELETION, "embedded=1; Secure; SameSite=None; Partitioned"], &[]),
        (&["embedded=1; Secure; SameSite=None; Partitioned"], &[]),
    ] {
        let policy = policy();
        let (left, report) = enforced(&policy, &undecided(&policy), lines);
        assert_eq!(left, [lines, further].concat(), "{lines:?}");
        assert!(report.swept().is_empty());
    }
    let policy = Policy::builder(Registry::from_toml(REGISTRY).unwrap()).report_only().build();
    assert_eq!(enforced(&policy, &undecided(&policy), &[DELETION]).0, [DELETION]);
}

#[test]
fn r20_a_further_deletion_goes_by_the_lines_as_they_leave() {
    const DELETION: &str = "framed=; Max-Age=0";
    const SET: &str = "framed=1; Secure; SameSite=None; Partitioned";
    const FURTHER: &str = "framed=; Secure; SameSite=None; Partitioned; Max-Age=0";
    let registry = "version = '7'\n[categories.analytics]\nbasis = 'consent'\ncookies.framed = \
        { secure = true, same-site = 'none', partitioned = true, lifetime = '1 day' }";
    let policy = Policy::builder(Registry::from_toml(registry).unwrap()).clock(now).build();
    for (grants, lines, left) in [
        ("analytics=true", &[DELETION, SET][..], &[DELETION, SET][..]),
        // What is stripped sets nothing, so that it holds nothing back.
        ("analytics=false", &[DELETION, SET], &[DELETION, FURTHER]),
        ("analytics=false", &[SET, DELETION], &[DELETION, FURTHER]),
        // A browser without the floor would set the cookie, and then delete it.
        ("analytics=true", &[SET, DELETION], &[SET, DELETION, FURTHER]),
        ("analytics=true", &[DELETION, SET, DELETION], &[DELETION, SET, DELETION, FURTHER]),
        // This is a deletion in some browsers, and leaves as one for all.
        ("analytics=false", &["framed=; Max-Age=0; Max-Age=0"], &[DELETION, FURTHER]),
        ("analytics=true", &["framed=; Max-Age=0; Max-Age=0"], &[DELETION, FURTHER]),
        (
            "analytics=true",
            &[DELETION, "framed=; Max-Age=0; Max-Age=0"],
            &[DELETION, DELETION, FURTHER],
        ),
    ] {
        let (got, _) = enforced(&policy, &visitor(&policy, grants), lines);
        assert_eq!(got, left, "{grants}: {lines:?}");
        let consent = visitor(&policy, grants);
        let further = policy.sweep(&consent, lines, None);
        let further: Vec<_> = further.lines().collect();
        assert!(got.ends_with(
            &further.iter().map(|it| it.to_str().unwrap().to_owned()).collect::<Vec<_>>()
        ));
    }
}

#[test]
fn r20_a_deletion_that_is_there_does_not_follow_once_more() {
    const DELETION: &str = "embedded=; Max-Age=0; Path=/";
    const FURTHER: &str = "embedded=; Secure; SameSite=None; Partitioned; Max-Age=0; Path=/";
    const WHOLE: &str = "embedded=x; path=/; Secure; Partitioned; SameSite=None; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    const SET: &str = "embedded=1; Path=/; Secure; SameSite=None; Partitioned";
    let elsewhere = "embedded=; Max-Age=0; Path=/x";
    let further_elsewhere = "embedded=; Secure; SameSite=None; Partitioned; Max-Age=0; Path=/x";
    let policy = policy();
    for (lines, further) in [
        (&[DELETION, DELETION][..], &[FURTHER][..]),
        (&[DELETION, "embedded=; Path=/; Secure; Partitioned; Max-Age=-1"], &[FURTHER]),
        (&[DELETION, elsewhere], &[FURTHER, further_elsewhere]),
        (
            &[DELETION, "embedded=; Max-Age=0; Path=/; Domain=a.test"],
            &[
                FURTHER,
                "embedded=; Secure; SameSite=None; Partitioned; Max-Age=0; Path=/; Domain=a.test",
            ],
        ),
        (&[DELETION, WHOLE], &[]),
        (&[WHOLE, DELETION], &[]),
        // The whole deletion comes before the cookie, and the other one behind it.
        (&[WHOLE, SET, DELETION], &[FURTHER]),
    ] {
        let (left, _) = enforced(&policy, &undecided(&policy), lines);
        assert_eq!(left, [lines, further].concat(), "{lines:?}");
    }
    // Storing a choice deletes in both jars, of which the floor makes the same place.
    let registry = "version = '7'\n[categories.analytics]\nbasis = 'consent'\ncookies.framed = \
        { secure = true, same-site = 'none', partitioned = true }";
    let policy = Policy::builder(Registry::from_toml(registry).unwrap()).clock(now).build();
    let consent = policy.consent(&request(&["framed=1"]));
    let withdrawn: Vec<_> = consent.withdraw().into_iter().collect();
    let lines: Vec<_> = withdrawn.iter().map(|line| line.to_str().unwrap()).collect();
    let (left, _) = enforced(&policy, &consent, &lines);
    assert_eq!(
        left[lines.len()..],
        ["framed=; Secure; SameSite=None; Partitioned; Path=/; Max-Age=0"]
    );
}

#[test]
fn r9_r20_no_further_deletion_takes_the_choice_back() {
    let registry = REGISTRY.replace("http-only = true\n\"#", "").replace(
        "    [categories.rest]\n",
        "    [consent]\n    store-only = true\n    partitioned = true\n    [categories.rest]\n    \
         secure = true\n    partitioned = true\n",
    );
    let policy = Policy::builder(Registry::from_toml(&registry).unwrap()).clock(now).build();
    let lines = ["__Host-cookie_consent=; Path=/; Secure; Max-Age=0", "odd=; Max-Age=0"];
    let (left, _) = enforced(&policy, &undecided(&policy), &lines);
    assert_eq!(left, ["odd=; Max-Age=0", "odd=; Secure; Partitioned; Max-Age=0"]);
}

#[test]
fn r14_thousands_of_deletions_are_followed_in_no_time() {
    let policy = policy();
    let lines: Vec<_> = (0..20_000).map(|n| format!("embedded=; Max-Age=0; Path=/{n}")).collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let start = std::time::Instant::now();
    assert_eq!(enforced(&policy, &undecided(&policy), &lines).0.len(), 40_000);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn r13_what_only_reports_adds_nothing() {
    let policy = Policy::builder(Registry::from_toml(REGISTRY).unwrap()).report_only().build();
    let (left, report) = enforced(&policy, &undecided(&policy), &["plain=1"]);
    assert_eq!(left, ["plain=1"]);
    assert_eq!(report.entries()[0].raised().to_string(), "Secure");
}

#[test]
fn r21_code_declares_what_files_do() {
    let registry = Registry::builder()
        .version("1")
        .category(
            Category::necessary("essential").secure(true).service(
                Service::new("shop")
                    .same_site(SameSite::Lax)
                    .cookie(Declaration::new("a").http_only(true).partitioned(true)),
            ),
        )
        .build()
        .unwrap();
    let floor = registry.declaration(b"a").unwrap().floor();
    assert_eq!(floor.to_string(), "Secure; HttpOnly; SameSite=Lax; Partitioned");
}
