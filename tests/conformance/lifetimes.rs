//! The draft's reading of a lifetime, put into the terms of R3.

use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie};

use crate::draft::{self, Expiry, Parsed};

/// Sat, 01 Jan 0000 00:00:00 GMT: against this clock, every date is still to come.
const FIRST_SECOND: i64 = -62_167_219_200;

/// A date as the reader takes it from an Expires, in seconds since the epoch, and whether it is
/// proven. Without `;`, which would end it.
pub(super) fn date_of_expires(date: &[u8]) -> (Option<i64>, bool) {
    let line = [b"a=1; Expires=", date].concat();
    let at = |seconds: u64| FIRST_SECOND.checked_add_unsigned(seconds);
    match SetCookie::parse(&line).lifetime(ServedAt::clock(FIRST_SECOND)) {
        Lifetime::Session => panic!("there is an Expires"),
        Lifetime::Proven(seconds) => (at(seconds), true),
        Lifetime::Unproven(estimate) => (estimate.and_then(at), false),
    }
}

/// A lifetime above this reads the same to the draft's oracle, whose seconds are signed.
pub(super) const SATURATED: u64 = i64::MAX as u64;

/// Seconds the draft lets the cookie live, `None` for a session cookie.
pub(super) fn draft_seconds(parsed: &Parsed, now: i64) -> Option<u64> {
    let seconds = match draft::expiry(parsed) {
        Expiry::Session => return None,
        Expiry::At(time) => time - now,
        Expiry::Age(seconds) => seconds,
    };
    Some(u64::try_from(seconds).unwrap_or(0))
}

/// R3: the draft's seconds, unless it passed over an invalid attribute for an earlier one of the
/// name: then browsers were measured to do otherwise.
pub(super) fn agreed_seconds(parsed: &Parsed, now: i64) -> Option<u64> {
    let is_last = |name: &[u8]| {
        let mut named = parsed.attributes.iter().filter(|it| it.0.eq_ignore_ascii_case(name));
        named.next_back().is_some_and(|last| {
            let alone = vec![last.clone()];
            draft::expiry(&Parsed { attributes: alone, name: Vec::new(), value: Vec::new() })
                == draft::expiry(parsed)
        })
    };
    let seconds = draft_seconds(parsed, now);
    seconds.filter(|_| is_last(b"max-age") || is_last(b"expires"))
}

/// The seconds that a lifetime states, `None` for a session cookie and where none are known.
pub(super) fn stated_seconds(lifetime: Lifetime) -> Option<u64> {
    match lifetime {
        Lifetime::Session => None,
        Lifetime::Proven(seconds) => Some(seconds.min(SATURATED)),
        Lifetime::Unproven(estimate) => estimate.map(|seconds| seconds.min(SATURATED)),
    }
}

/// Whether the line has an attribute of this name, over-long ones included.
pub(super) fn has_lifetime_attribute(line: &[u8]) -> bool {
    line.split(|&byte| byte == b';').skip(1).any(is_lifetime_attribute)
}

/// Whether the text between two `;` is a Max-Age or an Expires.
pub(super) fn is_lifetime_attribute(segment: &[u8]) -> bool {
    let (name, _) = attribute(segment);
    name.eq_ignore_ascii_case(b"max-age") || name.eq_ignore_ascii_case(b"expires")
}

/// Name and value of the text between two `;`.
pub(super) fn attribute(segment: &[u8]) -> (&[u8], &[u8]) {
    let mut halves = segment.splitn(2, |&byte| byte == b'=');
    let name = halves.next().unwrap_or(b"");
    (trimmed(name), trimmed(halves.next().unwrap_or(b"")))
}

pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    let solid = |byte: &u8| *byte != b' ' && *byte != b'\t';
    let start = text.iter().position(solid).unwrap_or(0);
    let end = text.iter().rposition(solid).map_or(0, |last| last + 1);
    &text[start..end]
}
