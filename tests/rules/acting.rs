//! R12 to R16: what is done to a response, and what is told of it.

use std::sync::{Arc, Mutex};

use http::Request;
use http::header::{HeaderValue, SET_COOKIE};
use tower_cookie_consent::set_cookie::Lifetime;
use tower_cookie_consent::{CapReason, Choice, KeepReason, StripReason, Verdict, source_fn};

use super::site::{builder, enforced, policy, response, set_cookies, stored, undecided, visitor};

#[test]
fn r12_only_the_set_cookie_lines_change_and_the_values_of_a_name_keep_their_order() {
    let policy = policy();
    let mut headers = http::HeaderMap::new();
    for (name, value) in [
        ("x-first", "1"),
        ("set-cookie", "_fbp=1"),
        ("vary", "a"),
        ("set-cookie", "sid=1 ; httponly;Unknown=x"),
        ("vary", "b"),
        ("set-cookie", "auth=1; Max-Age=99999999;X"),
        ("x-last", "2"),
        ("set-cookie", "_ga=1"),
        ("set-cookie", "lasting=1"),
    ] {
        headers.append(name, HeaderValue::from_static(value));
    }
    policy.enforce(&undecided(&policy), &mut headers);
    let values = |name| headers.get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(
        values("set-cookie"),
        ["sid=1 ; httponly;Unknown=x", "auth=1; Max-Age=2592000;X", "lasting=1"]
    );
    assert_eq!(values("vary"), ["a", "b"]);
    assert_eq!(values("x-first"), ["1"]);
    assert_eq!(values("x-last"), ["2"]);
    assert_eq!(headers.len(), 7);
}

#[test]
fn r12_sensitive_stays_sensitive() {
    let policy = policy();
    let mut headers = response(&["sid=1", "auth=1; Max-Age=99999999", "_ga=1"]);
    headers.iter_mut().for_each(|(_, value)| value.set_sensitive(true));
    policy.enforce(&undecided(&policy), &mut headers);
    assert_eq!(headers.len(), 2);
    assert!(headers.values().all(HeaderValue::is_sensitive));
}

#[test]
fn r12_enforcing_twice_changes_nothing_more() {
    let policy = policy();
    let consent = visitor(&policy, "analytics=true");
    let mut headers =
        response(&["sid=1; Max-Age=5", "_ga=1; Expires=x", "b=1", "_gid=; Max-Age=0"]);
    policy.enforce(&consent, &mut headers);
    let once = headers.clone();
    let report = policy.enforce(&consent, &mut headers);
    assert_eq!(headers, once);
    assert_eq!(report.changes().count(), 0);
}

#[test]
fn r13_report_only_reports_the_same_and_changes_nothing() {
    let lines = ["sid=1; Max-Age=5", "_ga=1", "_fbp=1", "unheard-of=1", "auth=1"];
    let (policy, reporting) = (policy(), builder().report_only().build());
    let (_, enforced_report) = enforced(&policy, &undecided(&policy), &lines);
    let (left, report) = enforced(&reporting, &undecided(&reporting), &lines);
    assert_eq!(left, lines);
    assert_eq!(report.entries(), enforced_report.entries());
    assert!(report.is_report_only() && !enforced_report.is_report_only());
}

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

/// Lines of every kind; a renewal of the choice is added.
const JUDGED: [&str; 7] = [
    "sid=1; Max-Age=5",
    "_ga=1; Expires=Sat, 21 Nov 2026 13:00:00 GMT",
    "_fbp=1",
    "auth=1; Max-Age=99999999; X",
    "_gid=; Max-Age=0",
    "unheard-of=1",
    "theme=1; Expires=x; Path=/",
];

#[test]
fn lines_are_judged_as_those_of_a_header_map_are() {
    let grant = stored(&policy(), &Choice::decided(policy().registry()).grant_all());
    let lines = [&JUDGED[..], &[grant.to_str().unwrap()]].concat();
    for policy in [policy(), builder().report_only().build()] {
        for (grants, lines) in
            [("functional=true", &JUDGED[..]), ("functional=true", &lines), ("", &lines)]
        {
            let consent = visitor(&policy, grants);
            for date in [None, Some("Sat, 21 Nov 2026 13:00:00 GMT"), Some("noon")] {
                let mut headers = response(lines);
                if let Some(date) = date {
                    headers.insert("date", date.parse().unwrap());
                }
                let report = policy.judge(&consent, lines, date.map(str::as_bytes));
                assert_eq!(report, policy.enforce(&consent, &mut headers));
                let edited = lines.iter().zip(report.edits());
                let left: Vec<_> = edited
                    .filter_map(|(line, edit)| edit.apply(line.as_bytes()))
                    .map(|left| String::from_utf8(left.into_owned()).unwrap())
                    .collect();
                assert_eq!(left, set_cookies(&headers));
            }
        }
    }
}

#[test]
fn r14_lines_that_no_header_map_holds_are_judged() {
    let policy = policy();
    let report = policy.judge(&undecided(&policy), &[&b"sid=\0\r\n"[..], b"", b"\n=\xff"], None);
    let verdicts = report.entries().iter().map(|entry| entry.verdict().as_str());
    assert!(verdicts.eq(["keep", "strip", "strip"]));
}

#[test]
fn r16_the_site_can_exempt_requests() {
    let policy = builder()
        .dangerously_exempt(|request| request.uri.path().starts_with("/legacy/"))
        .dangerously_exempt(|request| request.headers.contains_key("x-probe"))
        .build();
    let is_exempt = |request: http::request::Builder| {
        policy.is_exempt(&request.body(()).unwrap().into_parts().0)
    };
    assert!(is_exempt(Request::get("/legacy/a")));
    assert!(is_exempt(Request::get("/").header("x-probe", "1")));
    assert!(!is_exempt(Request::get("/")));
}

#[test]
fn a_renewed_consent_does_not_leak_into_the_next_response() {
    let policy = policy();
    let consent = undecided(&policy);
    let grant = format!("__Host-cookie_consent={}", super::site::chosen("analytics=true"));
    assert_eq!(enforced(&policy, &consent, &[&grant, "_ga=1"]).0.len(), 2);
    assert!(enforced(&policy, &consent, &["_ga=1"]).0.is_empty());
}

#[test]
fn the_choice_is_read_once_and_only_when_needed() {
    let reads = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&reads);
    let policy = builder()
        .source(source_fn(move |_, registry| {
            *counted.lock().unwrap() += 1;
            tower_cookie_consent::Choice::decided(registry).grant("analytics")
        }))
        .build();
    let consent = undecided(&policy);
    assert_eq!(enforced(&policy, &consent, &["sid=1", "_fbp=1", "unheard-of=1"]).0, ["sid=1"]);
    assert_eq!(*reads.lock().unwrap(), 0, "no verdict depended on it");
    assert_eq!(enforced(&policy, &consent, &["_ga=1", "_gid=1"]).0.len(), 2);
    assert!(consent.allows("analytics"));
    assert_eq!(*reads.lock().unwrap(), 1);
}

#[test]
fn a_response_without_cookies_has_an_empty_report() {
    let policy = policy();
    let mut headers = http::HeaderMap::new();
    headers.insert("x-a", HeaderValue::from_static("1"));
    assert!(policy.enforce(&undecided(&policy), &mut headers).entries().is_empty());
    assert!(!headers.contains_key(SET_COOKIE));
    assert_eq!(set_cookies(&headers), [""; 0]);
}
