//! What a policy does to a `Set-Cookie` line: nothing, or it replaces the lifetime alone, or the
//! line goes (R12).

use std::borrow::Cow;

use crate::lifetime::MaxLifetime;
use crate::set_cookie::attribute::for_each_lifetime;

/// What a policy does to one `Set-Cookie` line (R12).
///
/// ```
/// use tower_cookie_consent::registry::MaxLifetime;
/// use tower_cookie_consent::set_cookie::Edit;
///
/// let line = b"a=b; Max-Age=99999; Secure";
/// let minute = Edit::ReplaceLifetime(MaxLifetime::Seconds(60));
/// assert_eq!(Edit::Keep.apply(line).as_deref(), Some(&line[..]));
/// assert_eq!(minute.apply(line).as_deref(), Some(&b"a=b; Secure; Max-Age=60"[..]));
/// assert_eq!(Edit::Strip.apply(line), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edit {
    /// Every byte stays.
    Keep,
    /// The lifetime is replaced, as [`replace_lifetime`] does; 0 seconds delete the cookie.
    ReplaceLifetime(MaxLifetime),
    /// The line goes.
    Strip,
}

impl Edit {
    /// What is left of the line; `None` if it goes.
    pub fn apply(self, line: &[u8]) -> Option<Cow<'_, [u8]>> {
        match self {
            Edit::Keep => Some(Cow::Borrowed(line)),
            Edit::ReplaceLifetime(MaxLifetime::Session) => {
                Some(Cow::Owned(replace_lifetime(line, None)))
            }
            Edit::ReplaceLifetime(MaxLifetime::Seconds(seconds)) => {
                Some(Cow::Owned(replace_lifetime(line, Some(seconds))))
            }
            Edit::Strip => None,
        }
    }
}

/// Replaces a line's lifetime (R12).
///
/// Removes every `Max-Age` and `Expires` attribute and appends one `; Max-Age=N` with `max_age` in
/// seconds, or none for a session cookie. Every other byte stays: unknown attributes, order, case
/// and spacing. Allocates once, exactly as much as the new line needs.
///
/// ```
/// use tower_cookie_consent::set_cookie::replace_lifetime;
///
/// let line = b"a=b; expires=Thu, 01 Jan 2099 00:00:00 GMT;Secure";
/// assert_eq!(replace_lifetime(line, Some(60)), b"a=b;Secure; Max-Age=60");
/// assert_eq!(replace_lifetime(line, None), b"a=b;Secure");
/// ```
pub fn replace_lifetime(line: &[u8], max_age: Option<u64>) -> Vec<u8> {
    const ATTRIBUTE: &[u8] = b"; Max-Age=";

    let tail = memchr::memchr(b';', line).unwrap_or(line.len());
    let mut length = line.len() + max_age.map_or(0, |n| ATTRIBUTE.len() + decimal_digits(n));
    for_each_lifetime(&line[tail..], |_, _, taken| length -= taken.len());

    let mut edited = Vec::with_capacity(length);
    let mut copied = 0;
    for_each_lifetime(&line[tail..], |_, _, taken| {
        edited.extend_from_slice(&line[copied..tail + taken.start]);
        copied = tail + taken.end;
    });
    edited.extend_from_slice(&line[copied..]);
    if let Some(seconds) = max_age {
        edited.extend_from_slice(ATTRIBUTE);
        push_decimal(&mut edited, seconds);
    }
    edited
}

fn decimal_digits(n: u64) -> usize {
    n.checked_ilog10().unwrap_or(0) as usize + 1
}

fn push_decimal(line: &mut Vec<u8>, mut n: u64) {
    let start = line.len();
    line.resize(start + decimal_digits(n), b'0');
    for digit in line[start..].iter_mut().rev() {
        *digit += (n % 10) as u8;
        n /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r12_only_the_lifetime_changes() {
        for (line, max_age, want) in [
            ("a=b", Some(0), "a=b; Max-Age=0"),
            ("a=b", None, "a=b"),
            ("a=b;", Some(5), "a=b;; Max-Age=5"),
            ("a=b; Max-Age=9; Path=/", Some(u64::MAX), "a=b; Path=/; Max-Age=18446744073709551615"),
            (
                "a=b ;MAX-AGE;expires = x ;X-New=1; SameSite=lax ",
                Some(10),
                "a=b ;X-New=1; SameSite=lax ; Max-Age=10",
            ),
            ("a=Max-Age=9; maxage=3; Max-Age =1;Max-Age=2", None, "a=Max-Age=9; maxage=3"),
            ("Max-Age=9", Some(1), "Max-Age=9; Max-Age=1"),
            ("", Some(1), "; Max-Age=1"),
        ] {
            let got = replace_lifetime(line.as_bytes(), max_age);
            assert_eq!(got.escape_ascii().to_string(), want, "{line}");
            assert_eq!(got.capacity(), got.len(), "one exact allocation for {line}");
        }
    }
}
