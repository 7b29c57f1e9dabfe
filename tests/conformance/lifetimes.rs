//! Reads the lifetime of a line literally by R3.

use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie};

use super::dates::{browsers_date, is_fixed_form};
use super::segments::{
    is_expires, is_lifetime_attribute, is_max_age, is_printable, name_and_value, segments,
};
use crate::draft;

/// A clock at Sat, 01 Jan 0000 00:00:00 GMT, for which every date is in the future.
const FIRST_SECOND: i64 = -62_167_219_200;

/// The draft's oracle, whose seconds are signed, reads all lifetimes above this alike.
pub(super) const SATURATED: u64 = i64::MAX as u64;

/// The time at which a response is served: its `Date` header, if it has one, and the clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Served<'a> {
    pub(crate) date: Option<&'a [u8]>,
    pub(crate) clock: i64,
}

impl Served<'_> {
    pub(crate) fn at(self) -> ServedAt {
        match self.date {
            Some(date) => ServedAt::date_header(date, self.clock),
            None => ServedAt::clock(self.clock),
        }
    }

    /// Returns the time from which browsers count, if all read the `Date` alike.
    fn agreed(self) -> Option<i64> {
        match self.date {
            None => Some(self.clock),
            Some(date) if is_fixed_form(date) && date.len() == 29 && date[7] == b' ' => {
                draft::cookie_date(date)
            }
            Some(_) => None,
        }
    }

    fn estimated(self) -> i64 {
        let date = self.date.and_then(browsers_date).map(|(date, _)| date);
        self.agreed().or(date).unwrap_or(self.clock)
    }
}

/// R3.
pub(crate) fn lifetime(line: &[u8], served: Served<'_>) -> Lifetime {
    let (pair, attributes) = segments(line);
    let Some(first) = attributes.iter().position(|segment| is_lifetime_attribute(segment)) else {
        return Lifetime::Session;
    };
    let before = &attributes[..first];
    let readings = match readings(&attributes, served) {
        // An attribute before has a comma in its name.
        Some(_) if before.iter().any(|segment| name_and_value(segment).0.contains(&b',')) => None,
        readings => readings,
    };
    let Some((browsers, longest)) = readings else {
        return Lifetime::Unproven { estimate: estimate(&attributes, served), longest: None };
    };
    if longest > browsers {
        return Lifetime::Unproven { estimate: Some(browsers), longest: Some(longest) };
    }
    // This is a deletion with a byte before it at which libsoup before 3.4 stops.
    if browsers == 0 && ![&[pair], before].concat().into_iter().all(is_printable) {
        return Lifetime::Unproven { estimate: Some(0), longest: None };
    }
    Lifetime::Proven(browsers)
}

/// Returns the seconds that browsers read, and the longest that any engine reads, if they are
/// known.
fn readings(attributes: &[&[u8]], served: Served<'_>) -> Option<(u64, u64)> {
    let only = |is_named: fn(&[u8]) -> bool| {
        let mut values = attributes.iter().filter(|it| is_named(it)).map(|it| name_and_value(it).1);
        (values.next(), values.next().is_some())
    };
    let (max_age, is_again) = only(is_max_age);
    let (expires, is_again_expires) = only(is_expires);
    if is_again || is_again_expires {
        return None;
    }
    let max_age = match max_age {
        Some(value) => Some(digits(value)?),
        None => None,
    };
    let Some(expires) = expires else { return Some((max_age?, max_age?)) };
    if !is_fixed_form(expires) {
        return None;
    }
    let expires = draft::cookie_date(expires)?;
    // Libsoup still keeps the cookie in the second in which it expires.
    let by_clock = if expires == served.clock { 1 } else { seconds(expires - served.clock) };
    let browsers = match max_age {
        Some(seconds) => seconds,
        None => seconds(expires - served.agreed()?),
    };
    Some((browsers, browsers.max(by_clock)))
}

/// Returns what browsers read if they agree: the last Max-Age, or else the last Expires. They
/// ignore a value of more than 1,024 bytes.
fn estimate(attributes: &[&[u8]], served: Served<'_>) -> Option<u64> {
    let last = |is_named: fn(&[u8]) -> bool| {
        let mut named = attributes.iter().filter(|it| is_named(it)).map(|it| name_and_value(it).1);
        named.rfind(|value| value.len() <= 1024)
    };
    let max_age = last(is_max_age).unwrap_or(b"");
    if let Some(seconds) = digits(max_age) {
        return Some(seconds);
    }
    let (date, is_shared) = browsers_date(last(is_expires)?)?;
    let remaining = seconds(date - served.estimated());
    // One browser may read a number behind a sign, and the other the Expires.
    let is_signed = max_age.starts_with(b"+") || max_age.starts_with(b"-");
    (remaining == 0 || is_shared && !is_signed).then_some(remaining)
}

/// Returns the seconds of a Max-Age that all engines read alike.
fn digits(value: &[u8]) -> Option<u64> {
    let seconds = if value.len() <= 1024 { draft::max_age(value)? } else { return None };
    let saturates = seconds == i64::MAX;
    Some(if saturates { saturated(value) } else { self::seconds(seconds) })
}

/// Limits seconds to those that the draft's oracle can count.
fn saturated(value: &[u8]) -> u64 {
    let digits = std::str::from_utf8(value).expect("digits");
    digits.parse().unwrap_or(u64::MAX)
}

fn seconds(signed: i64) -> u64 {
    u64::try_from(signed).unwrap_or(0)
}

/// Returns a date as the reader reads it in an Expires, in seconds since the epoch, and whether it
/// is proven. The date must not contain `;`, which would end it.
pub(crate) fn date_of_expires(date: &[u8]) -> (Option<i64>, bool) {
    let line = [b"a=1; Expires=", date].concat();
    let at = |seconds: u64| FIRST_SECOND.checked_add_unsigned(seconds);
    match SetCookie::parse(&line).lifetime(ServedAt::clock(FIRST_SECOND)) {
        Lifetime::Session => panic!("there is an Expires"),
        Lifetime::Proven(seconds) => (at(seconds), true),
        Lifetime::Unproven { estimate, .. } => (estimate.and_then(at), false),
    }
}

/// Returns the seconds for which the cookie lives by the draft, or `None` for a session cookie.
pub(crate) fn draft_seconds(line: &[u8], now: i64) -> Option<u64> {
    match draft::expiry(&draft::split(line)) {
        draft::Expiry::Session => None,
        draft::Expiry::At(time) => Some(seconds(time - now)),
        draft::Expiry::Age(age) => Some(seconds(age)),
    }
}

/// Returns the seconds of a lifetime, or `None` for a session cookie and if they are not known.
pub(crate) fn stated_seconds(lifetime: Lifetime) -> Option<u64> {
    match lifetime {
        Lifetime::Session => None,
        Lifetime::Proven(seconds) => Some(seconds.min(SATURATED)),
        Lifetime::Unproven { estimate, .. } => estimate.map(|seconds| seconds.min(SATURATED)),
    }
}
