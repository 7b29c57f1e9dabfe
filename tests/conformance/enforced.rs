//! Compares what the policy lets out of measured lines with what browsers stored for them.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, HeaderValue, SET_COOKIE};
use tower_cookie_consent::{Choice, Policy, Registry, source_fn};

use super::measured::{Browser, Measured, measured};
use crate::draft;

/// The seconds by which a jar may differ, since it was read a moment after the line was served.
const TOLERANCE: f64 = 5.0;

#[test]
fn r4_r6_nothing_that_a_browser_stores_passes_without_consent() {
    let wrong = on_all_lines(|measured, browser| {
        let left = enforced(measured, browser, None, "1 day")?;
        let passes_whole = left == measured.line;
        let stores_nothing = passes_whole && browser.stored.is_empty();
        (!stores_nothing && (passes_whole || only_lifetime(&left) != Some(Some(0)))).then_some(left)
    });
    assert!(wrong.is_empty(), "{} lines\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "a day at most")]
fn r10_no_lifetime_that_a_browser_gives_outlives_the_cap() {
    for (cap, seconds) in [("session", None), ("1 minute", Some(60)), ("1 day", Some(86_400))] {
        let wrong = on_all_lines(|measured, browser| {
            let left = enforced(measured, browser, Some("tracking"), cap).expect("granted");
            let within = if left == measured.line {
                browser.stored.iter().filter_map(|stored| stored.lifetime).all(|lifetime| {
                    seconds.is_some_and(|cap: i64| lifetime <= cap as f64 + TOLERANCE)
                })
            } else {
                match only_lifetime(&left) {
                    Some(Some(given)) => given <= seconds.unwrap_or(0),
                    Some(None) => true,
                    None => false,
                }
            };
            (!within).then_some(left)
        });
        assert!(wrong.is_empty(), "{cap}: {} lines\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn r4_what_deletes_in_both_browsers_still_deletes() {
    let mut lost = Vec::new();
    for measured in measured().iter().flatten() {
        let [chromium, _] = &measured.browsers;
        if !measured.browsers.iter().all(|browser| browser.deletes) || !is_header(measured) {
            continue;
        }
        for grant in [None, Some("tracking")] {
            for cap in ["session", "1 day"] {
                let left = enforced(measured, chromium, grant, cap);
                let deletes = left.is_some_and(|left| {
                    left == measured.line || only_lifetime(&left) == Some(Some(0))
                });
                if !deletes {
                    lost.push(format!("{}: \"{}\"", measured.id, measured.shown()));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} lines\n{}", lost.len(), lost.join("\n"));
}

/// Returns the lines for which `wrong` returns what left, for a message.
fn on_all_lines(wrong: impl Fn(&Measured, &Browser) -> Option<Vec<u8>>) -> Vec<String> {
    let mut found = Vec::new();
    for measured in measured().iter().flatten().filter(|measured| is_header(measured)) {
        for browser in &measured.browsers {
            if let Some(left) = wrong(measured, browser) {
                let (id, name, left) = (&measured.id, browser.name, left.escape_ascii());
                found.push(format!(
                    "{id}, {name}: \"{}\"\n    left as \"{left}\"",
                    measured.shown()
                ));
            }
        }
    }
    found
}

/// Header values of http cannot contain control bytes, so such lines reach no layer.
fn is_header(measured: &Measured) -> bool {
    HeaderValue::from_bytes(&measured.line).is_ok()
}

/// Returns what leaves for a line whose cookie is in a category that needs consent.
fn enforced(
    measured: &Measured,
    browser: &Browser,
    grant: Option<&'static str>,
    cap: &str,
) -> Option<Vec<u8>> {
    let registry = Registry::from_toml(&format!(
        "version = '1'\nundeclared = {{ category = 'tracking' }}\n\
         [categories.tracking]\nbasis = 'consent'\nlifetime = '{cap}'",
    ))
    .unwrap();
    let clock = SystemTime::UNIX_EPOCH + Duration::from_secs_f64(browser.served_at);
    let policy = Policy::builder(registry)
        .clock(move || clock)
        .source(source_fn(move |_, registry| match grant {
            Some(id) => Choice::decided(registry).grant(id),
            None => Choice::undecided(registry),
        }))
        .build();
    let mut headers = HeaderMap::new();
    headers.insert(SET_COOKIE, HeaderValue::from_bytes(&measured.line).unwrap());
    if let Some(date) = &measured.date {
        headers.insert(DATE, HeaderValue::from_str(date).unwrap());
    }
    policy.enforce(&policy.consent(&HeaderMap::new()), &mut headers);
    headers.get(SET_COOKIE).map(|line| line.as_bytes().to_vec())
}

/// Returns the `Max-Age` of a line without another lifetime, or that it has none at all. Returns
/// `None` for any other line.
#[expect(clippy::option_option, reason = "three answers")]
fn only_lifetime(line: &[u8]) -> Option<Option<i64>> {
    let parsed = draft::split(line);
    let mut lifetimes = parsed.attributes.iter().filter(|(name, _)| {
        name.eq_ignore_ascii_case(b"max-age") || name.eq_ignore_ascii_case(b"expires")
    });
    match (lifetimes.next(), lifetimes.next()) {
        (None, _) => Some(None),
        (Some((name, value)), None) if name.eq_ignore_ascii_case(b"max-age") => {
            Some(Some(std::str::from_utf8(value).ok()?.parse().ok()?))
        }
        _ => None,
    }
}
