//! Tests R15: what a report says about a response.

use tower_cookie_consent::set_cookie::Lifetime;
use tower_cookie_consent::{CapReason, Choice, KeepReason, StripReason, Verdict};

use super::site::{enforced, policy, undecided, visitor};

#[test]
fn r15_the_report_names_cookie_category_verdict_and_reason() {
    let policy = policy();
    let lines =
        ["sid=v", "_ga=v", "auth=v; Max-Age=2592001", "_gcl_au=v", "_ga=; Max-Age=0", "u=v"];
    let (_, report) = enforced(&policy, &undecided(&policy), &lines);
    let told: Vec<_> = report
        .entries()
        .iter()
        .map(|entry| (entry.name(), entry.category(), entry.service(), entry.verdict()))
        .collect();
    let thirty_days = tower_cookie_consent::registry::MaxLifetime::Seconds(2_592_000);
    let capped = Verdict::Cap {
        reason: CapReason::TooLong,
        from: Lifetime::Proven(2_592_001),
        to: thirty_days,
    };
    let (ads, ga) = (Some("advertising"), Some("google-analytics"));
    assert_eq!(
        told,
        [
            ("sid", Some("essential"), None, Verdict::Keep { reason: KeepReason::Necessary }),
            ("_ga", Some("analytics"), ga, Verdict::Strip { reason: StripReason::Undecided }),
            ("auth", Some("essential"), None, capped),
            ("_gcl_au", ads, None, Verdict::Strip { reason: StripReason::Prohibited }),
            ("_ga", Some("analytics"), ga, Verdict::Keep { reason: KeepReason::Deletion }),
            ("u", None, None, Verdict::Strip { reason: StripReason::Undeclared }),
        ]
    );
}

#[test]
fn r15_verdicts_alone_are_those_of_the_entries() {
    let policy = policy();
    let lines = ["sid=v", "_ga=v", "auth=v; Max-Age=2592001", "_gcl_au=v", "u=v", "=x"];
    let (_, report) = enforced(&policy, &undecided(&policy), &lines);
    let of_entries = report.entries().iter().map(|entry| (entry.category(), entry.verdict()));
    assert_eq!(report.verdicts().count(), lines.len());
    assert!(report.verdicts().eq(of_entries), "{report:?}");
}

#[test]
fn r15_nothing_tells_a_value() {
    let policy = policy();
    let consent =
        policy.consent(&super::site::request(&["sid=hush; _gid=hush; __Host-cookie_consent=hush"]));
    let lines =
        ["sid=hush", "_ga=hush", "auth=hush; Max-Age=99999999", "hush", "=hush=1", "=_ga=hush"];
    let (_, report) = enforced(&policy, &consent, &lines);
    consent.is_decided();
    let leftovers = consent.leftovers(&Choice::undecided(policy.registry()));
    assert_eq!(format!("{leftovers:?}"), r#"[SetCookie { name: "_gid", .. }]"#);
    let json = serde_json::to_string(&report).unwrap();
    let told = format!("{report} {report:?} {consent:?} {policy:?} {json}");
    assert!(!told.contains("hush"), "{told}");
    assert_eq!(report.entries()[5].name(), "_ga", "a nameless line is told by its declaration");
}

#[test]
fn r15_the_report_tells_what_each_line_asked_for() {
    let policy = policy();
    let (_, report) = enforced(
        &policy,
        &undecided(&policy),
        &[
            "sid=1",
            "auth=1; Max-Age=9; Path=/; Secure",
            "_ga=1; path = /shop ; DOMAIN=.example.org; Max-Age=63072000",
            "_ga=1; Domain=a.example; Path=/a; domain=B.example; PATH",
            "_ga; Expires=whenever; Path=/\u{e9}",
        ],
    );
    let asked: Vec<_> = report
        .entries()
        .iter()
        .map(|entry| (entry.lifetime(), entry.domain(), entry.path()))
        .collect();
    assert_eq!(
        asked,
        [
            (Lifetime::Session, None, None),
            (Lifetime::Proven(9), None, Some("/")),
            (Lifetime::Proven(63_072_000), Some(".example.org"), Some("/shop")),
            (Lifetime::Session, Some("B.example"), Some("")),
            (Lifetime::Unproven { estimate: None, longest: None }, None, Some("/\u{e9}")),
        ]
    );
    let json = serde_json::to_value(&report.entries()[2]).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "name": "_ga", "category": "analytics", "service": "google-analytics",
            "verdict": "strip", "reason": "undecided",
            "lifetime": 63_072_000, "domain": ".example.org", "path": "/shop",
        })
    );
}

#[test]
fn r15_a_shown_name_disturbs_no_terminal() {
    let policy = policy();
    let (_, report) = enforced(&policy, &undecided(&policy), &["a\u{9b}31m\u{202e}b=1", "sid=1"]);
    assert_eq!(
        report.to_string(),
        "a\\u{9b}31m\\u{202e}b: strip: it is not declared\nsid: keep: its category is necessary\n",
    );
    assert_eq!(report.entries()[0].name(), "a\u{9b}31m\u{202e}b");
}

#[test]
fn r15_to_show_a_consent_reads_nothing() {
    let policy = policy();
    let consent = visitor(&policy, "analytics=true");
    assert_eq!(format!("{consent:?}"), "Consent { read: None, .. }");
    assert!(consent.allows("analytics"));
    assert!(format!("{consent:?}").contains("analytics: Granted"));
}
