//! Edits a `Set-Cookie` line as a policy demands: it does nothing, or it replaces the lifetime and adds what the
//! line lacks, or the line goes (R12, R21).

use std::borrow::Cow;

use crate::lifetime::MaxLifetime;
use crate::set_cookie::attribute::for_each_lifetime;
use crate::set_cookie::floor::{Floor, raise};
use crate::set_cookie::{has_byte, is_printable, split_at_equals, trim};

/// The edit that a policy makes in one `Set-Cookie` line ([R12](crate::rules#r12)).
///
/// ```
/// use tower_cookie_consent::registry::MaxLifetime;
/// use tower_cookie_consent::set_cookie::Edit;
///
/// let line = b"a=b; Max-Age=99999; Secure";
/// let minute = Edit::ReplaceLifetime(MaxLifetime::Seconds(60));
/// assert_eq!(Edit::Keep.apply(line).as_deref(), Some(&line[..]));
/// assert_eq!(minute.apply(line).as_deref(), Some(&b"a=b; Max-Age=60; Secure"[..]));
/// assert_eq!(Edit::Strip.apply(line), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edit {
    /// Every byte stays.
    Keep,
    /// The lifetime is replaced, as [`replace_lifetime`] does; 0 seconds delete the cookie.
    ReplaceLifetime(MaxLifetime),
    /// The attributes that the line lacks are added ([R21](crate::rules#r21)), after the lifetime is replaced where it is
    /// to be.
    Raise {
        /// The attributes that the line lacks.
        floor: Floor,
        /// The lifetime that replaces its own.
        lifetime: Option<MaxLifetime>,
    },
    /// The line goes.
    Strip,
}

impl Edit {
    /// The same, and adds these attributes to a line that is left.
    #[inline]
    pub(crate) fn raising(self, floor: Floor) -> Self {
        match self {
            kept_as_it_is if floor.is_empty() => kept_as_it_is,
            Edit::Keep => Edit::Raise { floor, lifetime: None },
            Edit::ReplaceLifetime(lifetime) => Edit::Raise { floor, lifetime: Some(lifetime) },
            Edit::Raise { floor: other, lifetime } => {
                Edit::Raise { floor: floor.and(other), lifetime }
            }
            Edit::Strip => Edit::Strip,
        }
    }

    /// Returns what is left of the line; `None` if it goes.
    pub fn apply(self, line: &[u8]) -> Option<Cow<'_, [u8]>> {
        match self {
            Edit::Keep => Some(Cow::Borrowed(line)),
            Edit::ReplaceLifetime(lifetime) => Some(Cow::Owned(with_lifetime(line, lifetime))),
            Edit::Raise { floor, lifetime: None } => Some(Cow::Owned(raise(line, floor))),
            Edit::Raise { floor, lifetime: Some(lifetime) } => {
                Some(Cow::Owned(raise(&with_lifetime(line, lifetime), floor)))
            }
            Edit::Strip => None,
        }
    }
}

fn with_lifetime(line: &[u8], lifetime: MaxLifetime) -> Vec<u8> {
    match lifetime {
        MaxLifetime::Session => replace_lifetime(line, None),
        MaxLifetime::Seconds(seconds) => replace_lifetime(line, Some(seconds)),
    }
}

/// Replaces a line's lifetime ([R12](crate::rules#r12)).
///
/// Removes every `Max-Age` and `Expires` attribute and writes one `; Max-Age=N` right behind name and
/// value, with `max_age` in seconds, or none for a session cookie. There, no engine has stopped
/// reading yet. Every other byte stays: unknown attributes, order, case and spacing. Allocates once,
/// exactly as much as the new line needs.
///
/// Two things keep engines from storing what they would not have stored. A value with a tab inside
/// stays when its attribute goes, without a name, since Chromium refuses a line with such a tab. And
/// where a cookie is deleted, its value goes if it has a byte at which libsoup before 3.4 would stop
/// reading.
///
/// ```
/// use tower_cookie_consent::set_cookie::replace_lifetime;
///
/// let line = b"a=b; expires=Thu, 01 Jan 2099 00:00:00 GMT;Secure";
/// assert_eq!(replace_lifetime(line, Some(60)), b"a=b; Max-Age=60;Secure");
/// assert_eq!(replace_lifetime(line, None), b"a=b;Secure");
/// ```
pub fn replace_lifetime(line: &[u8], max_age: Option<u64>) -> Vec<u8> {
    const ATTRIBUTE: &[u8] = b"; Max-Age=";
    const NAMELESS: &[u8] = b"; =";

    let (pair, tail) = line.split_at(memchr::memchr(b';', line).unwrap_or(line.len()));
    let pair = if max_age == Some(0) { deletable(pair) } else { pair };
    let mut digits = [0; MAX_DIGITS];
    let (attribute, digits) = match max_age {
        Some(seconds) => (ATTRIBUTE, decimal(seconds, &mut digits)),
        None => (&[][..], &[][..]),
    };
    let mut length = pair.len() + attribute.len() + digits.len() + tail.len();
    let mut count = 0;
    let mut only = None;
    for_each_lifetime(tail, |_, value, taken| {
        length -= taken.len();
        length += if has_tab(value) { NAMELESS.len() + value.len() } else { 0 };
        count += 1;
        only = (count == 1 && !has_tab(value)).then_some(taken);
    });

    let mut edited = Vec::with_capacity(length);
    edited.extend_from_slice(pair);
    edited.extend_from_slice(attribute);
    edited.extend_from_slice(digits);
    if let Some(taken) = only {
        // This is so nearly always; to search the line a second time would be a third of the work.
        edited.extend_from_slice(&tail[..taken.start]);
        edited.extend_from_slice(&tail[taken.end..]);
        return edited;
    }
    let mut copied = 0;
    for_each_lifetime(tail, |_, value, taken| {
        edited.extend_from_slice(&tail[copied..taken.start]);
        if has_tab(value) {
            edited.extend_from_slice(NAMELESS);
            edited.extend_from_slice(value);
        }
        copied = taken.end;
    });
    edited.extend_from_slice(&tail[copied..]);
    edited
}

/// Name and value of a cookie that is to be deleted, without the value if that keeps libsoup before
/// 3.4 from reading on.
fn deletable(pair: &[u8]) -> &[u8] {
    match split_at_equals(pair) {
        Some((name, value)) if !trim(name).is_empty() && !is_printable(value) => {
            &pair[..pair.len() - value.len()]
        }
        _ => pair,
    }
}

fn has_tab(value: &[u8]) -> bool {
    has_byte(value, |byte| byte == b'\t')
}

/// No number of seconds has more.
const MAX_DIGITS: usize = 20;

/// Writes a number into the end of the digits, and returns that.
fn decimal(mut n: u64, digits: &mut [u8; MAX_DIGITS]) -> &[u8] {
    let mut length = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (n % 10) as u8;
        n /= 10;
        length += 1;
        if n == 0 {
            break;
        }
    }
    &digits[MAX_DIGITS - length..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r12_only_the_lifetime_changes() {
        for (line, max_age, want) in [
            ("a=b", Some(0), "a=b; Max-Age=0"),
            ("a=b", None, "a=b"),
            ("a=b;", Some(5), "a=b; Max-Age=5;"),
            ("a=b; Max-Age=9; Path=/", Some(u64::MAX), "a=b; Max-Age=18446744073709551615; Path=/"),
            (
                "a=b ;MAX-AGE;expires = x ;X-New=1; SameSite=lax ",
                Some(10),
                "a=b ; Max-Age=10;X-New=1; SameSite=lax ",
            ),
            ("a=b; x,y; Max-Age=9", Some(0), "a=b; Max-Age=0; x,y"),
            ("a=Max-Age=9; maxage=3; Max-Age =1;Max-Age=2", None, "a=Max-Age=9; maxage=3"),
            ("Max-Age=9", Some(1), "Max-Age=9; Max-Age=1"),
            ("", Some(1), "; Max-Age=1"),
            // Chromium refuses a line with a tab inside an attribute.
            ("a=b; Max-Age\t=\t6\t0\t; Path=/", Some(5), "a=b; Max-Age=5; =6\\t0; Path=/"),
            ("a=b;Expires=1\t2;Max-Age=\t", None, "a=b; =1\\t2"),
            // Libsoup before 3.4 ends the line at such a byte of the value.
            ("a = \u{e9} ; Path=/\u{e9}", Some(0), "a =; Max-Age=0; Path=/\\xc3\\xa9"),
            ("a=1\t2", Some(0), "a=; Max-Age=0"),
            ("a=1\t2", Some(1), "a=1\\t2; Max-Age=1"),
            ("\u{e9}", Some(0), "\\xc3\\xa9; Max-Age=0"),
            ("=\u{e9}=1", Some(0), "=\\xc3\\xa9=1; Max-Age=0"),
        ] {
            let got = replace_lifetime(line.as_bytes(), max_age);
            assert_eq!(got.escape_ascii().to_string(), want, "{line}");
            assert_eq!(got.capacity(), got.len(), "one exact allocation for {line}");
        }
    }
}
