//! Reads how long a `Set-Cookie` line makes a cookie live (R3).

use crate::set_cookie::attribute::{Attributes, Kind, for_each_lifetime, name_and_value};
use crate::set_cookie::date::{cookie_date, fixed_date};
use crate::set_cookie::lifetime::Lifetime;
use crate::set_cookie::limits::MAX_ATTRIBUTE_VALUE;
use crate::set_cookie::served_at::ServedAt;
use crate::set_cookie::{has_byte, is_printable};

/// The lifetime that a line asks for. `text` is of that line what is behind its name's `=`, or its
/// attributes alone. `is_printable_before` tells of all that stands before a place of the text, the rest of the
/// line included, whether libsoup before 3.4 reads on there; it is only asked for a deletion.
///
/// The closures are seldom called. They are no type parameters, so that this is compiled once and whole, for the
/// judge and the report: a response whose three lines are kept takes 3 % fewer instructions so.
pub(super) fn lifetime(
    text: &[u8],
    is_printable_before: &dyn Fn(usize) -> bool,
    served_at: &dyn Fn() -> ServedAt,
) -> Lifetime {
    let stated = Stated::read(text);
    let Some(start) = stated.start else { return Lifetime::Session };
    match stated.agreed(text).and_then(|agreed| agreed.lifetime(served_at)) {
        Some(Lifetime::Proven(0)) if !is_printable_before(start) => {
            Lifetime::Unproven { estimate: Some(0), longest: None }
        }
        Some(lifetime) => lifetime,
        None => estimated(&stated, served_at),
    }
}

impl Attributes<'_> {
    /// The lifetime of a line with these attributes, whose name and value are printable ASCII or not.
    pub(crate) fn lifetime(&self, is_pair_printable: bool, served_at: ServedAt) -> Lifetime {
        let text = self.as_bytes();
        lifetime(text, &|at| is_pair_printable && is_printable(&text[..at]), &|| served_at)
    }
}

/// The attributes of a line that say how long the cookie lives.
#[derive(Default)]
pub(super) struct Stated<'a> {
    max_age: Attribute<'a>,
    expires: Attribute<'a>,
    /// Where the first of all these attributes begins.
    start: Option<usize>,
}

/// All attributes of one name.
#[derive(Default)]
struct Attribute<'a> {
    count: usize,
    /// The value that browsers go by: the last that is not too long for them.
    last: Option<&'a [u8]>,
}

/// Attributes that all engines read alike: the seconds of a `Max-Age`, the time of an `Expires`, or one of each.
#[derive(Clone, Copy)]
pub(super) enum Agreed {
    MaxAge(u64),
    Expires(i64),
    Both(u64, i64),
}

impl<'a> Stated<'a> {
    #[inline]
    pub(super) fn read(text: &'a [u8]) -> Self {
        let mut stated = Stated::default();
        for_each_lifetime(text, |kind, value, taken| {
            stated.start.get_or_insert(taken.start);
            match kind {
                Kind::MaxAge => stated.max_age.add(value),
                Kind::Expires => stated.expires.add(value),
            }
        });
        stated
    }

    /// Returns `true` if there is no such attribute.
    pub(super) fn is_session(&self) -> bool {
        self.start.is_none()
    }

    /// What all engines read in the attributes of this text; `None` if they may differ.
    #[inline]
    pub(super) fn agreed(&self, text: &[u8]) -> Option<Agreed> {
        let max_age = || self.max_age.last.and_then(max_age);
        let expires = || self.expires.last.and_then(fixed_date);
        let agreed = match (self.max_age.count, self.expires.count) {
            (1, 0) => Agreed::MaxAge(max_age()?),
            (0, 1) => Agreed::Expires(expires()?),
            (1, 1) => Agreed::Both(max_age()?, expires()?),
            _ => return None,
        };
        (!ends_in_libsoup(&text[..self.start?])).then_some(agreed)
    }
}

impl<'a> Attribute<'a> {
    fn add(&mut self, value: &'a [u8]) {
        self.count += 1;
        if value.len() <= MAX_ATTRIBUTE_VALUE {
            self.last = Some(value);
        }
    }
}

impl Agreed {
    /// The lifetime that browsers read, and whether another engine reads more; `None` if browsers may count from
    /// different times.
    #[inline]
    pub(super) fn lifetime(self, served_at: impl Fn() -> ServedAt) -> Option<Lifetime> {
        let (seconds, longest) = match self {
            Agreed::MaxAge(seconds) => (seconds, seconds),
            // Libsoup takes the one that comes last.
            Agreed::Both(seconds, at) => {
                (seconds, seconds.max(served_at().seconds_until_by_clock(at)))
            }
            Agreed::Expires(at) => {
                let served_at = served_at();
                if !served_at.is_agreed() {
                    return None;
                }
                let seconds = served_at.seconds_until(at);
                (seconds, seconds.max(served_at.seconds_until_by_clock(at)))
            }
        };
        Some(if longest > seconds {
            Lifetime::Unproven { estimate: Some(seconds), longest: Some(longest) }
        } else {
            Lifetime::Proven(seconds)
        })
    }
}

/// Reads, where engines may differ, what the browsers read if they agree: the last Max-Age if it is valid,
/// else the last Expires.
#[cold]
fn estimated(stated: &Stated<'_>, served_at: &dyn Fn() -> ServedAt) -> Lifetime {
    let max_age_value = stated.max_age.last.unwrap_or_default();
    let by_expires = || {
        let date = cookie_date(stated.expires.last?)?;
        let seconds = served_at().seconds_until(date.epoch);
        // A deletion is worth more than the few forms in which only one browser sees one.
        let agree = date.is_agreed && !matches!(max_age_value, [b'+' | b'-', ..]);
        (agree || seconds == 0).then_some(seconds)
    };
    let estimate = max_age(max_age_value).or_else(by_expires);
    Lifetime::Unproven { estimate, longest: None }
}

/// Returns `true` if libsoup stops reading before this text ends: at a comma in the name of an attribute.
fn ends_in_libsoup(text: &[u8]) -> bool {
    let has_comma = |attribute| name_and_value(attribute).0.contains(&b',');
    // There is hardly ever a comma at all. Before the first `;` there is no attribute.
    has_byte(text, |byte| byte == b',') && text.split(|byte| *byte == b';').skip(1).any(has_comma)
}

/// RFC 6265bis, section 5.6.2. Negative is a deletion, as is 0; too many digits saturate.
fn max_age(value: &[u8]) -> Option<u64> {
    let (negative, digits) = match value {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
    // So many fit whatever they are, and all but hostile values have no more: the usual sum is not
    // asked for each digit whether it overflows.
    let (fitting, more) = digits.split_at(digits.len().min(19));
    let mut seconds = 0;
    for byte in fitting {
        seconds = seconds * 10 + digit(byte)?;
    }
    for byte in more {
        seconds = seconds.saturating_mul(10).saturating_add(digit(byte)?);
    }
    Some(if negative { 0 } else { seconds })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::set_cookie::{Lifetime, ServedAt, SetCookie, is_printable};
    use Lifetime::{Proven, Session};

    /// Sat, 21 Nov 2026 12:00:00 GMT
    const NOW: i64 = 1_795_262_400;

    /// Unproven, and the longest reading not known.
    const fn unproven(estimate: Option<u64>) -> Lifetime {
        Lifetime::Unproven { estimate, longest: None }
    }

    /// Unproven, with a reading above that of the browsers.
    const fn up_to(estimate: u64, longest: u64) -> Lifetime {
        Lifetime::Unproven { estimate: Some(estimate), longest: Some(longest) }
    }

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
            ("; Max-Age=3600; Expires=Sat, 21 Nov 2026 13:00:00 GMT", Proven(3600)),
            ("; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Proven(0)),
            ("; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; max-age=0", Proven(0)),
            ("; Expires=Sat, 21 Nov 2026 13:00:00 GMT", Proven(3600)),
            ("; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Proven(0)),
            // Libsoup takes the last of both, whichever it is.
            ("; Max-Age=60; Expires=Sat, 21 Nov 2026 13:00:00 GMT", up_to(60, 3600)),
            ("; Expires=Sat, 21 Nov 2026 13:00:00 GMT; Max-Age=60", up_to(60, 3600)),
            ("; Max-Age=0; Expires=Sat, 21 Nov 2026 13:00:00 GMT", up_to(0, 3600)),
            ("; Max-Age=60; Expires=x", unproven(Some(60))),
            ("; Max-Age=0; Expires=0", unproven(Some(0))),
            // And it keeps a cookie until the second in which it expires is over.
            ("; Expires=Sat, 21 Nov 2026 12:00:00 GMT", up_to(0, 1)),
            ("; Expires=Sat, 21 Nov 2026 11:59:59 GMT", Proven(0)),
            // It stops reading at a comma in the name of an attribute.
            ("; x,y; Max-Age=60", unproven(Some(60))),
            ("; x,y=1; Max-Age=0", unproven(Some(0))),
            ("; Path=/,; Max-Age=0", Proven(0)),
            ("; Max-Age=0; x,y", Proven(0)),
            // Before 3.4 it stops at a byte that is not printable ASCII, too.
            ("; Path=/\u{e9}; Max-Age=0", unproven(Some(0))),
            ("; x\ty; Max-Age=0", unproven(Some(0))),
            ("\u{e9}; Max-Age=0", unproven(Some(0))),
            ("\u{e9}; Max-Age=60", Proven(60)),
            ("; Max-Age=0; Path=/\u{e9}", Proven(0)),
            ("; Max-Age", unproven(None)),
            ("; Max-Age=", unproven(None)),
            ("; Max-Age=-", unproven(None)),
            ("; Max-Age=+60", unproven(None)),
            ("; Max-Age=0.5", unproven(None)),
            ("; Max-Age=\"60\"", unproven(None)),
            ("; Max-Age=60; Max-Age=60", unproven(Some(60))),
            ("; Max-Age=60; Max-Age=abc", unproven(None)),
            ("; Max-Age=60; Max-Age=; Expires=Sat, 21 Nov 2026 13:00:00 GMT", unproven(Some(3600))),
            ("; Max-Age=0; Max-Age=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", unproven(Some(0))),
            ("; Max-Age=+60; Expires=Sat, 21 Nov 2026 13:00:00 GMT", unproven(None)),
            ("; Max-Age=-x; Expires=Thu, 01 Jan 1970 00:00:00 GMT", unproven(Some(0))),
            ("; Max-Age=abc; Max-Age=60", unproven(Some(60))),
            ("; Max-Age=0; Max-Age=31536000", unproven(Some(31_536_000))),
            ("; Max-Age=x; Expires=Sat, 21 Nov 2026 13:00:00 GMT", unproven(Some(3600))),
            ("; Expires=Sat, 21 Nov 2026 13:00:00 +0000", unproven(Some(3600))),
            ("; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=0", unproven(None)),
            ("; Expires=yesterday", unproven(None)),
            ("; Expires=Sun, 31 Dec 1600 23:59:59 GMT", unproven(Some(0))),
            ("; Expires=1Wed, 25 Nov 2026 12:00:00 GMT", unproven(Some(345_600))),
            ("; Expires=Sun, 22 Nov 2026 12:00:00GMT", unproven(None)),
            ("; Expires=Thu, 01 Jan 1970 00:00:00GMT", unproven(Some(0))),
            ("; Expires=Sun, 22 Nov 027 12:00:00 GMT", unproven(None)),
            ("; Expires=0", unproven(None)),
            ("; Expires", unproven(None)),
        ] {
            assert_eq!(lifetime(attributes), want, "{attributes}");
        }
    }

    #[test]
    fn r3_over_long_values_are_no_lifetime_but_prove_nothing() {
        let long = format!("; Max-Age={}", "0".repeat(1025));
        assert_eq!(lifetime(&long), unproven(None));
        assert_eq!(lifetime(&format!("{long}; Max-Age=7")), unproven(Some(7)));
        let edge = format!("; Max-Age={}7", "0".repeat(1023));
        assert_eq!(lifetime(&edge), Proven(7));
    }

    #[test]
    fn r3_expires_counts_from_the_date_header_and_from_the_clock() {
        let line = SetCookie::parse(b"a=b; Expires=Sat, 21 Nov 2026 13:00:00 GMT");
        let at = |date: &[u8]| line.lifetime(ServedAt::date_header(date, NOW));
        assert_eq!(at(b"Sat, 21 Nov 2026 11:00:00 GMT"), Proven(7200));
        assert_eq!(at(b"Sat, 21 Nov 2026 12:30:00 GMT"), up_to(1800, 3600));
        assert_eq!(at(b"Sat, 21 Nov 2026 14:00:00 GMT"), up_to(0, 3600));
        for other_form in ["Sat Nov 21 11:00:00 2026", "Sat, 21-Nov-2026 11:00:00 GMT"] {
            assert_eq!(at(other_form.as_bytes()), unproven(Some(7200)), "{other_form}");
        }
        assert_eq!(at(b"noon"), unproven(Some(3600)));
    }

    proptest! {
        /// A report reads it from them, and the judge from the line.
        #[test]
        fn r3_the_attributes_tell_the_lifetime_of_their_line(
            value in "(x|X|max-age=1|,|\u{e9}|\t| |=|[0-9]){0,5}",
            attributes in "(;( |\t)?(Max-Age|expires|EXPIRES|x,y|x|Path)( ?= ?)?\
                           (-?[0-9]{1,3}|Sat, 21 Nov 2026 1[0-3]:00:00 GMT|0|\u{e9}|,|\t)?){0,4}",
        ) {
            let line = format!("a={value}{attributes}");
            let line = SetCookie::parse(line.as_bytes());
            let (pair, attributes) = line.pair_and_attributes();
            let served_at = ServedAt::clock(NOW);
            let told = attributes.lifetime(is_printable(pair), served_at);
            prop_assert_eq!(line.lifetime(served_at), told);
        }
    }
}
