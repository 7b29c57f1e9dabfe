//! Tests R12, R13 and R16: which parts of a response are changed.

use std::sync::{Arc, Mutex};

use http::Request;
use http::header::{HeaderValue, SET_COOKIE};
use tower_cookie_consent::{Choice, source_fn};

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
    assert_eq!(values("cache-control"), ["private"], "R23");
    assert_eq!(headers.len(), 8);
}

#[test]
fn r12_sensitive_stays_sensitive() {
    let policy = policy();
    let mut headers = response(&["sid=1", "auth=1; Max-Age=99999999", "_ga=1"]);
    headers.iter_mut().for_each(|(_, value)| value.set_sensitive(true));
    policy.enforce(&undecided(&policy), &mut headers);
    let left: Vec<_> = headers.get_all(SET_COOKIE).iter().collect();
    assert_eq!(left.len(), 2);
    assert!(left.into_iter().all(HeaderValue::is_sensitive));
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
fn r12_lines_are_judged_as_those_of_a_header_map_are() {
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
fn r15_a_response_without_cookies_has_an_empty_report() {
    let policy = policy();
    let mut headers = http::HeaderMap::new();
    headers.insert("x-a", HeaderValue::from_static("1"));
    assert!(policy.enforce(&undecided(&policy), &mut headers).entries().is_empty());
    assert!(!headers.contains_key(SET_COOKIE));
    assert_eq!(set_cookies(&headers), [""; 0]);
}

#[test]
fn r15_the_observer_is_shown_what_enforce_reports() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let shown = seen.clone();
    let policy =
        builder().observe(move |report| shown.lock().unwrap().push(report.clone())).build();
    for lines in [&["sid=1", "_ga=1"][..], &["sid=1"], &[]] {
        let report = enforced(&policy, &undecided(&policy), lines).1;
        let shown = std::mem::take(&mut *seen.lock().unwrap());
        let shown: Vec<_> = shown.iter().map(|report| report.entries().len()).collect();
        let wanted: &[usize] = if lines.is_empty() { &[] } else { &[report.entries().len()] };
        assert_eq!(shown, wanted, "{lines:?}");
    }
    let _ = policy.judge(&undecided(&policy), &["_ga=1"], None);
    assert!(seen.lock().unwrap().is_empty(), "what is judged alone is not shown");
}
