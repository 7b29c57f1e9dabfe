//! The models of the conformance tests, opened to the targets.

#[path = "../../tests/conformance/lifetimes.rs"]
mod lifetimes;
#[path = "../../tests/conformance/proven.rs"]
mod proven;
#[path = "../../tests/conformance/replaced.rs"]
mod replaced;

use tower_cookie_consent::set_cookie::Lifetime;

use crate::draft;

/// Name, value and attributes of a line, without those whose value is too long to count.
#[expect(clippy::type_complexity, reason = "as the draft has them")]
pub fn split(line: &[u8]) -> (Vec<u8>, Vec<u8>, Vec<(Vec<u8>, Vec<u8>)>) {
    let draft::Parsed { name, value, attributes } = draft::split(line);
    (name, value, attributes)
}

/// R2.
pub fn request_name(line: &[u8]) -> Vec<u8> {
    let (name, value, _) = split(line);
    if !name.is_empty() {
        return name;
    }
    // The value, sent back bare, is what the server reads next.
    let (sent_name, sent_value, _) = split(&value);
    if value.contains(&b'=') { sent_name } else { sent_value }
}

/// A date as the reader takes it from an Expires, in seconds since the epoch, and whether it is
/// proven.
pub fn date_of_expires(date: &[u8]) -> (Option<i64>, bool) {
    lifetimes::date_of_expires(date)
}

/// Without the blanks at both ends that browsers trim.
pub fn trimmed(text: &[u8]) -> &[u8] {
    lifetimes::trimmed(text)
}

/// Section 5.1.1.
pub fn date(text: &[u8]) -> Option<i64> {
    draft::cookie_date(text)
}

/// R3: seconds the draft lets the cookie live; `None` for a session cookie, and where it passed
/// over an invalid attribute for an earlier one.
pub fn seconds(line: &[u8], now: i64) -> Option<u64> {
    lifetimes::agreed_seconds(&draft::split(line), now)
}

/// The seconds that a lifetime states, no higher than the draft's reading goes.
pub fn stated_seconds(lifetime: Lifetime) -> Option<u64> {
    lifetimes::stated_seconds(lifetime)
}

/// Whether the line has a Max-Age or an Expires, whatever its value.
pub fn has_lifetime(line: &[u8]) -> bool {
    lifetimes::has_lifetime_attribute(line)
}

/// R3: whether the line's lifetime is of a form that all browsers take alike.
pub fn is_proven(line: &[u8]) -> bool {
    proven::is_proven(line)
}

/// R3: whether a date is.
pub fn is_fixed_form(date: &[u8]) -> bool {
    proven::is_fixed_form(date)
}

/// R3: whether a `Date` header is an IMF-fixdate.
pub fn is_imf_fixdate(date: &[u8]) -> bool {
    is_fixed_form(date) && date.len() == 29 && date[7] == b' '
}

/// R12 in the plainest way.
pub fn replaced(line: &[u8], max_age: Option<u64>) -> Vec<u8> {
    replaced::replaced(line, max_age)
}
