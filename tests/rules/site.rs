//! The policy of a small site, and short functions for asking it.

use std::time::{Duration, SystemTime};

use http::header::{HeaderMap, HeaderName, HeaderValue};
pub(crate) use test_support::headers::{carried, request, response, set_cookies};
use tower_cookie_consent::{
    Choice, ChoiceCookies, Consent, Policy, PolicyBuilder, Registry, Report,
};

/// The time of all tests: Sat, 21 Nov 2026 12:00:00 GMT.
pub(crate) const NOW: u64 = 1_795_262_400;

pub(crate) const REGISTRY: &str = r#"
    version = "7"

    [categories.essential]
    basis = "necessary"
    lifetime = "1 year"
    cookies = { sid = "session", auth = "30 days", lasting = "1 year" }

    [categories.analytics]
    basis = "consent"
    lifetime = "2 years"
    [categories.analytics.services.google-analytics]
    cookies = { _ga = "13 months", "_ga_*" = "13 months", _gid = "1 day" }
    [categories.analytics.services.hotjar]
    cookies = ["_hj*"]

    [categories.functional]
    basis = "consent"
    cookies = ["theme"]

    [categories.audience]
    basis = "opt-out"
    lifetime = "13 months"
    [categories.audience.cookies]
    "visit*" = { refresh = false }

    [categories.advertising]
    basis = "prohibited"
    cookies = ["_fbp", "_gcl_*"]
"#;

pub(crate) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
}

pub(crate) fn registry() -> Registry {
    Registry::from_toml(REGISTRY).unwrap()
}

pub(crate) fn builder() -> PolicyBuilder {
    Policy::builder(registry()).clock(now)
}

pub(crate) fn policy() -> Policy {
    builder().build()
}

/// Returns the value of the consent cookie for a choice that was made a day ago.
pub(crate) fn chosen(grants: &str) -> String {
    format!("version=7&time={}&{grants}", NOW - 86_400)
}

/// Returns a line that stores such a choice in the place that the registry sets.
pub(crate) fn choosing(grants: &str) -> String {
    format!("__Host-cookie_consent={}; Path=/; Secure", chosen(grants))
}

pub(crate) fn values(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    headers.get_all(name).iter().map(|v| String::from_utf8_lossy(v.as_bytes()).into()).collect()
}

/// Returns the consent of a visitor whose consent cookie grants or refuses these.
pub(crate) fn visitor(policy: &Policy, grants: &str) -> Consent {
    policy.consent(&request(&[&format!("__Host-cookie_consent={}", chosen(grants))]))
}

pub(crate) fn undecided(policy: &Policy) -> Consent {
    policy.consent(&HeaderMap::new())
}

/// Returns the line that stores a choice, for a visitor whose request carries nothing.
pub(crate) fn stored(policy: &Policy, choice: &Choice) -> HeaderValue {
    only_line(undecided(policy).store(choice).unwrap())
}

/// Returns the line that withdraws the choice, for a visitor whose request carries nothing.
pub(crate) fn withdrawn(policy: &Policy) -> HeaderValue {
    only_line(undecided(policy).withdraw())
}

fn only_line(lines: ChoiceCookies) -> HeaderValue {
    let [line] = &Vec::from_iter(lines)[..] else { panic!("not one line") };
    line.clone()
}

/// Returns the lines that leave, and the report.
pub(crate) fn enforced(
    policy: &Policy,
    consent: &Consent,
    lines: &[&str],
) -> (Vec<String>, Report) {
    let mut headers = response(lines);
    let report = policy.enforce(consent, &mut headers);
    (set_cookies(&headers), report)
}

/// Checks what leaves for one line, for a visitor with these grants (`""` for undecided).
#[track_caller]
pub(crate) fn check(grants: &str, line: &str, want: Option<&str>) {
    let policy = policy();
    let consent = if grants.is_empty() { undecided(&policy) } else { visitor(&policy, grants) };
    let (got, _) = enforced(&policy, &consent, &[line]);
    assert_eq!(got, Vec::from_iter(want.map(str::to_owned)), "{line} with consent {grants:?}");
}

/// Expects that the line passes byte for byte.
#[track_caller]
pub(crate) fn keeps(grants: &str, line: &str) {
    check(grants, line, Some(line));
}

#[track_caller]
pub(crate) fn strips(grants: &str, line: &str) {
    check(grants, line, None);
}
