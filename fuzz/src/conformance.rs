//! The models of the conformance tests, opened to the targets.

#[path = "../../tests/conformance/dates.rs"]
mod dates;
#[path = "../../tests/conformance/lifetimes.rs"]
#[expect(dead_code, reason = "no target reads a lifetime as the draft does")]
mod lifetimes;
#[path = "../../tests/conformance/replaced.rs"]
mod replaced;
#[path = "../../tests/conformance/segments.rs"]
#[expect(dead_code, reason = "no target asks whether there is a lifetime")]
mod segments;

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

/// R3: the lifetime of a line in a response with this `Date`, and with this clock.
pub fn lifetime(line: &[u8], date: Option<&[u8]>, clock: i64) -> Lifetime {
    lifetimes::lifetime(line, lifetimes::Served { date, clock })
}

/// A date as the reader takes it from an Expires, in seconds since the epoch, and whether it is
/// proven.
pub fn date_of_expires(date: &[u8]) -> (Option<i64>, bool) {
    lifetimes::date_of_expires(date)
}

/// Without the blanks at both ends that browsers trim.
pub fn trimmed(text: &[u8]) -> &[u8] {
    segments::trimmed(text)
}

/// The date that browsers find in a text, and whether both do.
pub fn browsers_date(text: &[u8]) -> Option<(i64, bool)> {
    dates::browsers_date(text)
}

/// R3: whether a date is of a form that all engines take alike.
pub fn is_fixed_form(date: &[u8]) -> bool {
    dates::is_fixed_form(date)
}

/// R12 in the plainest way.
pub fn replaced(line: &[u8], max_age: Option<u64>) -> Vec<u8> {
    replaced::replaced(line, max_age)
}

/// Returns `true` if libsoup before 3.4 reads on to the end of the text.
pub fn is_printable(text: &[u8]) -> bool {
    segments::is_printable(text)
}
