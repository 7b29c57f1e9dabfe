//! One `Set-Cookie` line, read byte for byte as browsers read it ([R1](crate::rules#r1), [R2](crate::rules#r2)).
//!
//! Reading never fails: a browser makes something of every line, and so does [`SetCookie`]. It
//! follows draft-ietf-httpbis-rfc6265bis, section 5.6, and where Chromium or Firefox were measured
//! to differ from the draft, it says so by calling the lifetime [`Unproven`](Lifetime::Unproven)
//! instead of guessing.
//!
//! ```
//! use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie};
//!
//! let line = SetCookie::parse(b"_ga=GA1.1.2; Path=/; Max-Age=63072000");
//! assert_eq!(line.name(), b"_ga");
//! assert_eq!(line.lifetime(ServedAt::clock(0)), Lifetime::Proven(63_072_000));
//! ```

mod attribute;
pub(crate) mod calendar;
mod date;
mod edit;
mod expiry;
pub(crate) mod find;
pub(crate) mod floor;
mod lifetime;
pub(crate) mod limits;
pub(crate) mod prefix;
mod same_site;
pub(crate) mod seen;
mod served_at;

use std::fmt;

pub use crate::set_cookie::attribute::{Attribute, Attributes};
pub use crate::set_cookie::edit::{Edit, replace_lifetime};
pub use crate::set_cookie::floor::Floor;
pub use crate::set_cookie::lifetime::Lifetime;
pub use crate::set_cookie::same_site::SameSite;
pub(crate) use crate::set_cookie::served_at::DateHeader;
pub use crate::set_cookie::served_at::ServedAt;

/// A borrowed view of one `Set-Cookie` field value.
///
/// The line is cut at its first `;`, then at its first `=`; only space and tab are trimmed. Quotes,
/// commas, percent signs and bytes above 0x7f mean nothing (RFC 6265bis, section 5.6).
#[derive(Clone, Copy)]
pub struct SetCookie<'a> {
    line: &'a [u8],
    name: &'a [u8],
    /// The bytes behind the `=` of the name: value and attributes. They are only parted where somebody
    /// asks for one of them, since to judge a line without a cap its name is enough.
    rest: &'a [u8],
    request_name: &'a [u8],
}

impl<'a> SetCookie<'a> {
    /// Reads a line. Takes any bytes.
    #[inline]
    pub fn parse(line: &'a [u8]) -> Self {
        match find::equals_or_semicolon(line) {
            Some(at) if line[at] == b'=' => SetCookie::cut(line, &line[..at], &line[at + 1..]),
            _ => SetCookie::nameless(line, line),
        }
    }

    /// Reads a line again, of which [`rest_at`](Self::rest_at) is known.
    #[inline]
    pub(crate) fn cut_at(line: &'a [u8], rest_at: usize) -> Self {
        let (before, rest) = line.split_at_checked(rest_at).unwrap_or((&[], line));
        SetCookie::cut(line, before.strip_suffix(b"=").unwrap_or_default(), rest)
    }

    /// The view of a line with this text before its first `=`, and this one behind it.
    #[inline]
    fn cut(line: &'a [u8], before: &'a [u8], rest: &'a [u8]) -> Self {
        match trim(before) {
            [] => SetCookie::nameless(line, rest),
            name => SetCookie { line, name, rest, request_name: name },
        }
    }

    /// The place behind the `=` of the name; 0 where there is none.
    pub(crate) fn rest_at(&self) -> usize {
        self.line.len() - self.rest.len()
    }

    #[cold]
    fn nameless(line: &'a [u8], rest: &'a [u8]) -> Self {
        let cookie = SetCookie { line, name: &[], rest, request_name: &[] };
        let value = cookie.value();
        let request_name = trim(split_at_equals(value).map_or(value, |(name, _)| name));
        SetCookie { request_name, ..cookie }
    }

    /// The value as written, and what follows it: nothing, or its first `;` and all attributes.
    fn value_and_tail(&self) -> (&'a [u8], &'a [u8]) {
        self.rest.split_at(memchr::memchr(b';', self.rest).unwrap_or(self.rest.len()))
    }

    /// The line as it was read.
    pub(crate) fn line(&self) -> &'a [u8] {
        self.line
    }

    /// The cookie's name as the draft stores it; empty for a nameless cookie.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// The cookie's value as the draft stores it. A line without any `=` is all value.
    pub fn value(&self) -> &'a [u8] {
        trim(self.value_and_tail().0)
    }

    /// Returns `true` if the line names no cookie: it has no `=`, or nothing before the first one.
    pub fn is_nameless(&self) -> bool {
        self.name.is_empty()
    }

    /// The name under which the cookie would come back in a request, and so the one to look up ([R2](crate::rules#r2)).
    ///
    /// A nameless cookie comes back as its bare value, which every server reads as a name: the
    /// request name of `Set-Cookie: _ga` and of `Set-Cookie: =_ga` is `_ga`. Of a nameless `a=b`, it
    /// is the part before the `=`.
    pub fn request_name(&self) -> &'a [u8] {
        self.request_name
    }

    /// The attributes in their order, known and unknown, valid or not.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes::new(self.value_and_tail().1)
    }

    /// Returns how long the cookie lives, in seconds, and how sure that is ([R3](crate::rules#r3)).
    ///
    /// `served_at` is what an `Expires` counts from.
    pub fn lifetime(&self, served_at: ServedAt) -> Lifetime {
        self.lifetime_with(|| served_at)
    }

    /// [`lifetime`](Self::lifetime), asking for the time only if an `Expires` needs it.
    pub(crate) fn lifetime_with(&self, served_at: impl Fn() -> ServedAt) -> Lifetime {
        let is_printable_before = |at| is_printable(&self.line[..self.rest_at() + at]);
        expiry::lifetime(self.rest, &is_printable_before, &served_at)
    }

    /// Name and value as written, and the attributes behind them.
    pub(crate) fn pair_and_attributes(&self) -> (&'a [u8], Attributes<'a>) {
        let (_, tail) = self.value_and_tail();
        let (pair, _) = self.line.split_at(self.line.len() - tail.len());
        (pair, Attributes::new(tail))
    }
}

/// Shows the name and never the value; of a nameless cookie, the name is the value.
impl fmt::Debug for SetCookie<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetCookie")
            .field("name", &self.name.escape_ascii().to_string())
            .finish_non_exhaustive()
    }
}

/// Names are short: a plain loop beats a vectorised search here.
pub(crate) fn split_at_equals(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|&b| b == b'=')?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

/// Returns `true` if some byte is like this. Sixteen bytes are compared at once: a loop without an exit becomes
/// two instructions, where a search is set up for longer than it takes on so few bytes.
#[inline]
pub(crate) fn has_byte(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let has = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is(*byte));
    match bytes.last_chunk::<16>() {
        Some(last) => bytes.as_chunks::<16>().0.iter().any(|chunk| has(chunk)) || has(last),
        None => has(bytes),
    }
}

/// Returns `true` if libsoup before 3.4 reads on to the end of this text, which it does not at a control byte
/// or one above 0x7f. Only a deletion suffers: without its lifetime, a cookie is one of the session.
pub(crate) fn is_printable(text: &[u8]) -> bool {
    !has_byte(text, |byte| !matches!(byte, b' '..=b'~'))
}

/// Trims what browsers call blank: 0x20 and 0x09, nothing else.
#[inline]
pub(crate) fn trim(bytes: &[u8]) -> &[u8] {
    match bytes {
        // Hardly any text begins or ends with a blank.
        [first, .., last] if *first > b' ' && *last > b' ' => bytes,
        _ => trim_end(trim_start(bytes)),
    }
}

fn trim_start(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// Trims what browsers call blank from the end alone.
pub(crate) fn trim_end(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Case {
        line: &'static [u8],
        name: &'static [u8],
        value: &'static [u8],
        request_name: &'static [u8],
    }

    const fn case(
        line: &'static [u8],
        name: &'static [u8],
        value: &'static [u8],
        request_name: &'static [u8],
    ) -> Case {
        Case { line, name, value, request_name }
    }

    #[test]
    fn r1_r2_names_and_values() {
        for Case { line, name, value, request_name } in [
            case(b"a=b", b"a", b"b", b"a"),
            case(b"a=b; Path=/", b"a", b"b", b"a"),
            case(b" \ta\t = b \t;x", b"a", b"b", b"a"),
            case(b"a=\"b;c\"", b"a", b"\"b", b"a"),
            case(b"a=b=c", b"a", b"b=c", b"a"),
            case(b"a=1, b=2", b"a", b"1, b=2", b"a"),
            case(b"a=", b"a", b"", b"a"),
            case(b"_ga", b"", b"_ga", b"_ga"),
            case(b"_ga; Max-Age=60", b"", b"_ga", b"_ga"),
            case(b"=_ga", b"", b"_ga", b"_ga"),
            case(b" = _ga =1", b"", b"_ga =1", b"_ga"),
            case(b"=_ga=1", b"", b"_ga=1", b"_ga"),
            case(b"==x", b"", b"=x", b""),
            case(b"", b"", b"", b""),
            case(b";a=b", b"", b"", b""),
            case(b"\xa0a=\xff", b"\xa0a", b"\xff", b"\xa0a"),
            case(b"a\tb=c\td", b"a\tb", b"c\td", b"a\tb"),
            case(b"%5Fga=1", b"%5Fga", b"1", b"%5Fga"),
        ] {
            let got = SetCookie::parse(line);
            let shown = line.escape_ascii();
            assert_eq!(got.name(), name, "name of {shown}");
            assert_eq!(got.value(), value, "value of {shown}");
            assert_eq!(got.request_name(), request_name, "request name of {shown}");
            assert_eq!(got.is_nameless(), name.is_empty(), "{shown}");
        }
    }

    #[test]
    fn r1_r2_a_line_is_cut_again_where_it_was_cut() {
        for line in ["a=b; Path=/", " a = b=c", "_ga", "=_ga=1; x", " =x", "", ";a=b"] {
            let cookie = SetCookie::parse(line.as_bytes());
            let again = SetCookie::cut_at(line.as_bytes(), cookie.rest_at());
            assert_eq!(again.name(), cookie.name(), "{line}");
            assert_eq!(again.value(), cookie.value(), "{line}");
            assert_eq!(again.request_name(), cookie.request_name(), "{line}");
        }
    }

    #[test]
    fn r15_debug_shows_no_value() {
        assert!(!format!("{:?}", SetCookie::parse(b"sid=secret; Path=/")).contains("secret"));
        assert!(!format!("{:?}", SetCookie::parse(b"secret")).contains("secret"));
    }
}
