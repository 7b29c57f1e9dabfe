//! How long a `Set-Cookie` makes a cookie live, and how sure that is.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::lifetime::MaxLifetime;
use crate::set_cookie::attribute::{Kind, for_each_lifetime};
use crate::set_cookie::date::{cookie_date, fixed_date, imf_fixdate};
use crate::set_cookie::limits::MAX_ATTRIBUTE_VALUE;

/// The lifetime that a `Set-Cookie` line asks for (R3).
///
/// Browsers cap what they store at 400 days; the seconds here are uncapped. A lifetime of 0 is a
/// deletion: an `Expires` in the past and a negative `Max-Age` count as 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lifetime {
    /// No attribute named `Max-Age` or `Expires` at all: until the browser closes.
    Session,
    /// Seconds on which all browsers agree.
    Proven(u64),
    /// Everything else, with the draft's reading in seconds where it has one that rests on the last
    /// attribute of its name. Browsers may differ from it by any amount, so nothing that matters may
    /// rest on it.
    Unproven(Option<u64>),
}

impl Lifetime {
    /// A deletion on which all browsers agree (R4).
    pub fn is_proven_deletion(self) -> bool {
        self == Lifetime::Proven(0)
    }

    /// What the draft reads as a deletion, though some browser may not (R4).
    pub fn is_unproven_deletion(self) -> bool {
        self == Lifetime::Unproven(Some(0))
    }
}

/// The time against which browsers measure `Expires`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServedAt {
    /// Seconds since the epoch.
    pub epoch: i64,
    /// Whether all browsers take this very time; if not, no `Expires` proves anything.
    pub agreed: bool,
}

impl ServedAt {
    /// The time of a response without a `Date` header: the clock, in seconds since the epoch.
    pub fn clock(epoch: i64) -> Self {
        ServedAt { epoch, agreed: true }
    }

    /// The time that a response's first `Date` header states.
    ///
    /// Browsers measure `Expires` against it, whatever their own clock says. This was measured for
    /// an IMF-fixdate; a `Date` in any other form proves nothing, and where it is no date at all,
    /// `clock` serves as the estimate.
    pub fn date_header(date: &[u8], clock: i64) -> Self {
        match imf_fixdate(date) {
            Some(epoch) => ServedAt { epoch, agreed: true },
            None => ServedAt { epoch: cookie_date(date).unwrap_or(clock), agreed: false },
        }
    }
}

pub(super) fn read(tail: &[u8], served_at: impl FnOnce() -> ServedAt) -> Lifetime {
    let (mut max_ages, mut all_expires) = (Seen::default(), Seen::default());
    for_each_lifetime(tail, |kind, value, _| {
        let seen = match kind {
            Kind::MaxAge => &mut max_ages,
            Kind::Expires => &mut all_expires,
        };
        seen.count += 1;
        seen.last = value;
    });
    match (max_ages.count, all_expires.count) {
        (0, 0) => return Lifetime::Session,
        (1, _) => {
            if let Some(seconds) = max_age(max_ages.last) {
                return Lifetime::Proven(seconds);
            }
        }
        (0, 1) => {
            if let Some(at) = fixed_date(all_expires.last) {
                let served_at = served_at();
                let seconds = seconds_until(at, served_at);
                return if served_at.agreed {
                    Lifetime::Proven(seconds)
                } else {
                    Lifetime::Unproven(Some(seconds))
                };
            }
        }
        _ => {}
    }
    Lifetime::Unproven(estimate(tail, served_at))
}

/// The draft's reading, if browsers were measured to be near it: the draft drops an invalid
/// attribute and lets an earlier valid one stand, and they take the last one, valid or not.
#[cold]
fn estimate(tail: &[u8], served_at: impl FnOnce() -> ServedAt) -> Option<u64> {
    let (mut seconds, mut date) = (Stated::default(), Stated::default());
    for_each_lifetime(tail, |kind, value, _| match kind {
        _ if value.len() > MAX_ATTRIBUTE_VALUE => {}
        Kind::MaxAge => seconds.next(max_age(value)),
        Kind::Expires => date.next(cookie_date(value)),
    });
    match (seconds.valid, date.valid) {
        (Some(age), _) => seconds.is_last.then_some(age),
        (None, Some(at)) => date.is_last.then(|| seconds_until(at, served_at())),
        (None, None) => None,
    }
}

/// The last valid of all attributes of a name, and whether it is the last of all.
#[derive(Default)]
struct Stated<T> {
    valid: Option<T>,
    is_last: bool,
}

impl<T> Stated<T> {
    fn next(&mut self, read: Option<T>) {
        self.is_last = read.is_some();
        self.valid = read.or(self.valid.take());
    }
}

#[derive(Default)]
struct Seen<'a> {
    count: usize,
    last: &'a [u8],
}

/// RFC 6265bis, section 5.6.2. Negative is a deletion, as is 0; too many digits saturate.
fn max_age(value: &[u8]) -> Option<u64> {
    let (negative, digits) = match value {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || value.len() > MAX_ATTRIBUTE_VALUE {
        return None;
    }
    let mut seconds: u64 = 0;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        seconds = seconds.saturating_mul(10).saturating_add(u64::from(digit));
    }
    Some(if negative { 0 } else { seconds })
}

fn seconds_until(at: i64, served_at: ServedAt) -> u64 {
    u64::try_from(at.saturating_sub(served_at.epoch)).unwrap_or(0)
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lifetime::Session => f.write_str("session"),
            Lifetime::Proven(seconds) => f.write_str(&asked(*seconds)),
            Lifetime::Unproven(Some(seconds)) => {
                write!(f, "unproven, perhaps {}", asked(*seconds))
            }
            Lifetime::Unproven(None) => f.write_str("unproven"),
        }
    }
}

/// A lifetime in the policy's words where they are few, else in seconds: what an `Expires` asks for
/// is seldom a round number of days.
fn asked(seconds: u64) -> String {
    let words = MaxLifetime::Seconds(seconds).to_string();
    if words.split(' ').count() == 2 { words } else { format!("{seconds} s") }
}

/// `"session"`, a number of seconds, or `{"unproven": seconds or null}`.
impl Serialize for Lifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Lifetime::Session => serializer.serialize_str("session"),
            Lifetime::Proven(seconds) => serializer.serialize_u64(*seconds),
            Lifetime::Unproven(estimate) => {
                serializer.serialize_newtype_variant("Lifetime", 2, "unproven", estimate)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set_cookie::SetCookie;
    use Lifetime::{Proven, Session, Unproven};

    /// Sat, 21 Nov 2026 12:00:00 GMT
    const NOW: i64 = 1_795_262_400;

    fn lifetime(attributes: &str) -> Lifetime {
        SetCookie::parse(format!("a=b{attributes}").as_bytes()).lifetime(ServedAt::clock(NOW))
    }

    #[test]
    fn r3_lifetimes() {
        for (attributes, want) in [
            ("", Session),
            ("; Path=/; HttpOnly", Session),
            ("; Max-Age=60", Proven(60)),
            ("; max-age = 60 ", Proven(60)),
            ("; Max-Age=0060", Proven(60)),
            ("; Max-Age=99999999999999999999999", Proven(u64::MAX)),
            ("; Max-Age=0", Proven(0)),
            ("; Max-Age=-1", Proven(0)),
            ("; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Proven(60)),
            ("; Max-Age=60; Expires=x; Expires=y", Proven(60)),
            ("; Expires=Sat, 21 Nov 2026 13:00:00 GMT", Proven(3600)),
            ("; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Proven(0)),
            ("; Max-Age", Unproven(None)),
            ("; Max-Age=", Unproven(None)),
            ("; Max-Age=-", Unproven(None)),
            ("; Max-Age=+60", Unproven(None)),
            ("; Max-Age=0.5", Unproven(None)),
            ("; Max-Age=\"60\"", Unproven(None)),
            ("; Max-Age=60; Max-Age=60", Unproven(Some(60))),
            ("; Max-Age=60; Max-Age=abc", Unproven(None)),
            ("; Max-Age=abc; Max-Age=60", Unproven(Some(60))),
            ("; Max-Age=0; Max-Age=31536000", Unproven(Some(31_536_000))),
            ("; Max-Age=x; Expires=Sat, 21 Nov 2026 13:00:00 GMT", Unproven(Some(3600))),
            ("; Expires=Sat, 21 Nov 2026 13:00:00 +0000", Unproven(Some(3600))),
            ("; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=0", Unproven(None)),
            ("; Expires=yesterday", Unproven(None)),
            ("; Expires=0", Unproven(None)),
            ("; Expires", Unproven(None)),
        ] {
            assert_eq!(lifetime(attributes), want, "{attributes}");
        }
    }

    #[test]
    fn r3_over_long_values_are_no_lifetime_but_prove_nothing() {
        let long = format!("; Max-Age={}", "0".repeat(1025));
        assert_eq!(lifetime(&long), Unproven(None));
        assert_eq!(lifetime(&format!("{long}; Max-Age=7")), Unproven(Some(7)));
        let edge = format!("; Max-Age={}7", "0".repeat(1023));
        assert_eq!(lifetime(&edge), Proven(7));
    }

    #[test]
    fn r3_expires_counts_from_the_date_header() {
        let line = SetCookie::parse(b"a=b; Expires=Sat, 21 Nov 2026 13:00:00 GMT");
        let at = |date: &[u8]| line.lifetime(ServedAt::date_header(date, NOW));
        assert_eq!(at(b"Sat, 21 Nov 2026 11:00:00 GMT"), Proven(7200));
        assert_eq!(at(b"Sat, 21 Nov 2026 14:00:00 GMT"), Proven(0));
        for other_form in ["Sat Nov 21 11:00:00 2026", "Sat, 21-Nov-2026 11:00:00 GMT"] {
            assert_eq!(at(other_form.as_bytes()), Unproven(Some(7200)), "{other_form}");
        }
        assert_eq!(at(b"noon"), Unproven(Some(3600)));
    }
}
