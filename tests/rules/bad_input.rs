//! Tests R14: whatever the bytes, nothing panics, the verdict is right, and the time is linear.

use std::time::{Duration, Instant};

use http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use tower_cookie_consent::Registry;

use super::site::{
    builder, choosing, chosen, enforced, now, policy, request, set_cookies, undecided, visitor,
};

/// The limit is generous: a debug build on a busy machine takes a fraction of it, and a quadratic
/// algorithm far more.
const LIMIT: Duration = Duration::from_secs(20);

#[track_caller]
fn in_time<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let took = start.elapsed();
    assert!(took < LIMIT, "took {took:?}");
    result
}

#[test]
fn r14_tens_of_thousands_of_lines() {
    let policy = policy();
    let mut headers = HeaderMap::new();
    for n in 0..20_000 {
        for line in ["sid=1", "_ga=1", "auth=1; Max-Age=99999999", "visits=1", "u=1"] {
            headers.append(SET_COOKIE, format!("{line}; n={n}").parse().unwrap());
        }
    }
    let carried = "x=y; ".repeat(20_000);
    let consent = policy.consent(&request(&[&carried]));
    let report = in_time(|| policy.enforce(&consent, &mut headers));
    assert_eq!(report.entries().len(), 100_000);
    let left = set_cookies(&headers);
    assert_eq!(left.len(), 60_000);
    assert_eq!(left[0], "sid=1; n=0");
    assert_eq!(left[59_998], "auth=1; Max-Age=2592000; n=19999");
    assert_eq!(left[59_999], "visits=1; n=19999");
}

#[test]
fn r14_thousands_of_consent_cookies_in_a_response() {
    let policy = policy();
    // Up to sixteen different copies are a choice (R7).
    for (different, left) in [(1, 20_001), (16, 20_001), (17, 20_000), (20_000, 20_000)] {
        let mut headers = HeaderMap::new();
        for n in 0..20_000 {
            let line = choosing(&format!("analytics=true&n={}", n % different));
            headers.append(SET_COOKIE, line.parse().unwrap());
        }
        headers.append(SET_COOKIE, HeaderValue::from_static("_ga=1"));
        in_time(|| policy.enforce(&undecided(&policy), &mut headers));
        let lines = headers.get_all(SET_COOKIE).iter().count();
        assert_eq!(lines, left, "{different} different ones");
    }
}

#[test]
fn r14_lines_of_64_kib() {
    let policy = policy();
    let consent = visitor(&policy, "analytics=true");
    let long = "x".repeat(65_536);
    let attributes = "; Max-Age=1".repeat(6_000);
    for (line, want) in [
        (format!("sid={long}"), Some(format!("sid={long}"))),
        (format!("{long}=1"), None),
        (format!("_ga_{long}=1"), Some(format!("_ga_{long}=1"))),
        (format!("auth=1; Max-Age={}", "9".repeat(65_536)), Some("auth=1".into())),
        (format!("auth=1{attributes}"), Some("auth=1; Max-Age=1".into())),
        (format!("auth=1{}", ";".repeat(65_536)), Some(format!("auth=1{}", ";".repeat(65_536)))),
        (format!("_ga{}=1", "=".repeat(65_536)), Some(format!("_ga{}=1", "=".repeat(65_536)))),
    ] {
        let (got, _) = in_time(|| enforced(&policy, &consent, &[&line]));
        assert_eq!(got, Vec::from_iter(want), "{}...", &line[..16]);
    }
}

#[test]
fn r14_near_matches_of_patterns() {
    let mut toml = String::from(
        "version = '1'\nundeclared = 'strip'\n[categories.a]\nbasis = 'consent'\n[categories.a.cookies]\n",
    );
    for n in 0..500 {
        for pattern in [format!("*aa*ab{n}*"), format!("a*a*a{n}"), format!("aaaa*b{n}*")] {
            toml.extend(["'", &pattern, "' = {}\n"]);
        }
    }
    let policy = tower_cookie_consent::Policy::builder(Registry::from_toml(&toml).unwrap())
        .clock(now)
        .build();
    let line = format!("{}=1", "a".repeat(8_192));
    let lines = vec![line.as_str(); 20];
    let (got, _) = in_time(|| enforced(&policy, &undecided(&policy), &lines));
    assert!(got.is_empty());
}

#[test]
fn r14_every_byte_that_a_header_takes() {
    let policy = policy();
    let consent = visitor(&policy, "analytics=true");
    for byte in (0x20..=0xff).chain([0x09]).filter(|&b| b != 0x7f) {
        for line in [
            vec![byte],
            vec![byte, b'='],
            [b"sid=", &[byte][..]].concat(),
            [b"auth=1; Max-Age=9", &[byte][..], b"9"].concat(),
            [b"_g", &[byte][..], b"=1"].concat(),
            [b"auth=1; Expires=Sat, 21 Nov 2099 12", &[byte][..], b"00:00 GMT"].concat(),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(SET_COOKIE, HeaderValue::from_bytes(&line).unwrap());
            policy.enforce(&consent, &mut headers);
            if line.starts_with(b"sid=") {
                let left = headers.get(SET_COOKIE).map(|value| value.as_bytes().to_vec());
                assert_eq!(left, Some(line));
            }
        }
    }
}

#[test]
fn r14_requests_of_any_size() {
    let policy = policy();
    let good = format!("__Host-cookie_consent={}", chosen("analytics=true"));
    let megabyte = "x".repeat(1 << 20);
    let pairs = "a=b; ".repeat(10_000);
    let copies = format!("{good}; ").repeat(500);
    let different = |count| {
        let copies: Vec<_> = (0..count).map(|n: u32| format!("{good}&n={n}")).collect();
        copies.join("; ")
    };
    let name = policy.registry().consent_cookie().name();
    let (names, spaced) = (name.repeat(50_000), format!("{name}{}x; ", " ".repeat(50_000)));
    let (sixteen, thousands) = (different(16), different(20_000));
    for (lines, want) in [
        (vec![], false),
        (vec![""], false),
        (vec![";;;=; ;"], false),
        (vec![&*megabyte, &*good], true),
        (vec![&*pairs, &*good, &*pairs], true),
        (vec![&*copies], true),
        (vec![&*copies, "__Host-cookie_consent=x"], false),
        (vec![&*sixteen, &*sixteen], true),
        (vec![&*sixteen, &*good], false),
        (vec![&*thousands], false),
        (vec![&*names, &*good], true),
        (vec![&*spaced.repeat(20), &*good], true),
    ] {
        let consent = policy.consent(&request(&lines));
        assert_eq!(in_time(|| consent.allows("analytics")), want);
    }
    let oversized = format!("{good}&x={megabyte}");
    assert!(!policy.consent(&request(&[&oversized])).is_decided());
}

#[test]
fn r7_cookie_bytes_need_not_be_utf_8() {
    let policy = policy();
    let mut headers = HeaderMap::new();
    let line =
        [b"caf\xe9=\xff; __Host-cookie_consent=", chosen("analytics=true").as_bytes()].concat();
    headers.insert(COOKIE, HeaderValue::from_bytes(&line).unwrap());
    assert!(policy.consent(&headers).allows("analytics"));
    headers.append(COOKIE, HeaderValue::from_bytes(b"__Host-cookie_consent=\xff").unwrap());
    assert!(!policy.consent(&headers).is_decided());
}

#[test]
fn r14_a_clock_before_the_epoch() {
    let policy =
        builder().clock(|| std::time::SystemTime::UNIX_EPOCH - Duration::from_secs(9)).build();
    let (got, _) = enforced(
        &policy,
        &visitor(&policy, "analytics=true"),
        &["_ga=1", "auth=1; Expires=Thu, 01 Jan 1970 00:00:09 GMT"],
    );
    assert_eq!(got, ["auth=1; Expires=Thu, 01 Jan 1970 00:00:09 GMT"]);
}
