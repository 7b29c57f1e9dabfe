//! The attributes with which a site sets one cookie, read once (R3).
//!
//! A site sets a cookie with the same attributes each time, but for the date of an `Expires`. So what the first
//! line's attributes say is kept, and those of later lines are compared with them instead of read: a response
//! whose three lines are kept takes a sixth fewer instructions so. Of a line's name and value nothing is kept.

use std::fmt;
use std::sync::OnceLock;

use crate::set_cookie::attribute::{Kind, for_each_lifetime};
use crate::set_cookie::date::fixed_date;
use crate::set_cookie::expiry::{Agreed, Stated};
use crate::set_cookie::{Lifetime, ServedAt, SetCookie, has_byte};

/// The attributes of the first line that was read of a cookie, unless they are unusual.
#[derive(Clone, Default)]
pub(crate) struct SeenAttributes(OnceLock<Seen>);

/// Longer attributes are read each time. A path, a short domain, both lifetimes and all flags fit.
const LONGEST: usize = 144;

#[derive(Clone)]
struct Seen {
    /// The attributes from their first `;` on, and zeros behind them.
    text: [u8; LONGEST],
    length: usize,
    says: Says,
}

/// The lifetime for which attributes ask.
#[derive(Clone, Copy)]
enum Says {
    Session,
    MaxAge(u64),
    /// An `Expires` whose date stands at this place, and perhaps a `Max-Age`.
    Expires {
        at: usize,
        max_age: Option<u64>,
    },
}

/// The usual form of a date, in which all are equally long.
const DATE_LENGTH: usize = "Wed, 21 Oct 2026 07:28:00 GMT".len();

impl SeenAttributes {
    /// The [`lifetime`](SetCookie::lifetime) of a line. `served_at` is only asked if an `Expires` needs it.
    #[inline]
    pub(crate) fn lifetime(
        &self,
        line: &SetCookie<'_>,
        served_at: impl Fn() -> ServedAt,
    ) -> Lifetime {
        match self.0.get().and_then(|seen| seen.lifetime(line, &served_at)) {
            Some(lifetime) => lifetime,
            None => self.read(line, &served_at),
        }
    }

    /// Reads a line, and keeps its attributes if they are the first.
    #[inline(never)]
    fn read(&self, line: &SetCookie<'_>, served_at: &dyn Fn() -> ServedAt) -> Lifetime {
        if self.0.get().is_none()
            && let Some(seen) = Seen::of(line.value_and_tail().1)
        {
            // Another thread may have been faster.
            let _ = self.0.set(seen);
        }
        line.lifetime_with(served_at)
    }
}

impl Seen {
    /// Keeps attributes; `None` if engines may read them in different ways, and for a deletion, which is not how a
    /// cookie is set.
    #[cold]
    fn of(attributes: &[u8]) -> Option<Self> {
        let mut text = [0; LONGEST];
        text.get_mut(..attributes.len())?.copy_from_slice(attributes);
        let stated = Stated::read(attributes);
        let says = match stated.agreed(attributes) {
            _ if stated.is_session() => Says::Session,
            Some(Agreed::MaxAge(seconds)) if seconds > 0 => Says::MaxAge(seconds),
            Some(Agreed::Both(seconds, _)) if seconds > 0 => {
                Says::Expires { at: place_of_date(attributes)?, max_age: Some(seconds) }
            }
            Some(Agreed::Expires(_)) => {
                Says::Expires { at: place_of_date(attributes)?, max_age: None }
            }
            _ => return None,
        };
        Some(Seen { text, length: attributes.len(), says })
    }

    /// The lifetime of a line with these attributes; `None` for a deletion, and if it has others.
    #[inline]
    fn lifetime(
        &self,
        line: &SetCookie<'_>,
        served_at: &impl Fn() -> ServedAt,
    ) -> Option<Lifetime> {
        let text = self.text.get(..self.length)?;
        let (pair, attributes) =
            line.line.split_at_checked(line.line.len().checked_sub(self.length)?)?;
        // More attributes may stand before those that are the same.
        if has_byte(pair, |byte| byte == b';') {
            return None;
        }
        match self.says {
            Says::Session => (attributes == text).then_some(Lifetime::Session),
            Says::MaxAge(seconds) => (attributes == text).then_some(Lifetime::Proven(seconds)),
            Says::Expires { at, max_age } => {
                let date = between(attributes, text.get(..at)?, text.get(at + DATE_LENGTH..)?)?;
                by_date(max_age, date, served_at)
            }
        }
    }
}

/// The text between these two, of one that begins and ends with them.
fn between<'t>(text: &'t [u8], before: &[u8], behind: &[u8]) -> Option<&'t [u8]> {
    text.strip_prefix(before)?.strip_suffix(behind)
}

/// The lifetime that an `Expires` of this date sets; `None` for a deletion, and if engines may differ.
#[inline(never)]
fn by_date(
    max_age: Option<u64>,
    date: &[u8],
    served_at: &dyn Fn() -> ServedAt,
) -> Option<Lifetime> {
    let at = fixed_date(date)?;
    let agreed = max_age.map_or(Agreed::Expires(at), |seconds| Agreed::Both(seconds, at));
    agreed.lifetime(served_at).filter(|lifetime| !lifetime.is_deletion())
}

/// The place of the date in attributes with one `Expires`, if it is as long as usual and nothing stands behind it.
fn place_of_date(attributes: &[u8]) -> Option<usize> {
    let mut place = None;
    for_each_lifetime(attributes, |kind, value, taken| {
        if kind == Kind::Expires && value.len() == DATE_LENGTH {
            place = taken
                .end
                .checked_sub(DATE_LENGTH)
                .filter(|at| attributes[*at..].starts_with(value));
        }
    });
    place
}

/// Shows nothing, since attributes may be those of one visitor.
impl fmt::Debug for SeenAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeenAttributes").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sat, 21 Nov 2026 12:00:00 GMT
    const NOW: i64 = 1_795_262_400;

    fn keeps(attributes: &str) -> bool {
        Seen::of(attributes.as_bytes()).is_some()
    }

    #[test]
    fn r3_attributes_are_kept_that_set_a_cookie_and_are_read_alike_everywhere() {
        for attributes in [
            "",
            "; Path=/; HttpOnly",
            "; Max-Age=60",
            "; path=/; MAX-AGE = 60 ; Secure",
            "; Expires=Sat, 21 Nov 2026 13:00:00 GMT; Path=/",
            "; Expires=Sat, 21-Nov-2026 13:00:00 GMT",
            "; Max-Age=60; Expires=Sat, 21 Nov 2026 13:00:00 GMT",
        ] {
            assert!(keeps(attributes), "{attributes}");
        }
        for attributes in [
            "; Max-Age=0",
            "; Max-Age=-1",
            "; Max-Age=0; Expires=Sat, 21 Nov 2026 13:00:00 GMT",
            "; Max-Age=x",
            "; Max-Age=60; Max-Age=60",
            "; x,y; Max-Age=60",
            "; Expires=Sat, 1 Nov 2026 13:00:00 GMT",
            "; Expires=Sat, 21 Nov 2026 13:00:00 GMT ; Path=/",
            "; Expires=Sat, 21 Nov 2026 13:00:00 UTC",
            &format!("; Path=/{}", "x".repeat(LONGEST)),
        ] {
            assert!(!keeps(attributes), "{attributes}");
        }
    }

    #[test]
    fn r3_a_deletion_is_not_how_a_cookie_is_set() {
        let seen = SeenAttributes::default();
        let lifetime =
            |line: &str| seen.lifetime(&SetCookie::parse(line.as_bytes()), || ServedAt::clock(NOW));
        assert_eq!(lifetime("a=; Max-Age=0"), Lifetime::Proven(0));
        assert!(seen.0.get().is_none());
        assert_eq!(lifetime("a=b; Max-Age=60"), Lifetime::Proven(60));
        assert_eq!(lifetime("a=b; Max-Age=70"), Lifetime::Proven(70));
        assert!(matches!(seen.0.get().map(|seen| seen.says), Some(Says::MaxAge(60))));
    }

    #[test]
    fn r15_debug_shows_no_attribute() {
        let seen = SeenAttributes::default();
        seen.lifetime(&SetCookie::parse(b"a=b; Path=/secret"), || ServedAt::clock(NOW));
        assert!(!format!("{seen:?}").contains("secret"));
    }

    proptest! {
        /// Each pair of lines shares some of its attributes, and may differ in others, in dates, or before them.
        #[test]
        fn r3_a_line_is_read_the_same_whatever_was_seen_before(
            first in line(),
            second in line(),
            date in prop::option::of(prop_oneof![
                Just("Sat, 21 Nov 2026 11:00:00 GMT"),
                Just("Sat, 21-Nov-2026 11:00:00 GMT"),
            ]),
        ) {
            let served_at = date.map_or(ServedAt::clock(NOW), |date| {
                ServedAt::date_header(date.as_bytes(), NOW)
            });
            let seen = SeenAttributes::default();
            for line in [&first, &second, &first] {
                let line = SetCookie::parse(line.as_bytes());
                prop_assert_eq!(seen.lifetime(&line, || served_at), line.lifetime(served_at));
            }
        }
    }

    fn line() -> impl Strategy<Value = String> {
        "(a=|a=b|=a|a|a=b; Max-Age=9|a=b;|a=\u{e9})\
         (; (Path=/|Secure|x,y|Expires|[Mm]ax-Age=(60|0|x)))?\
         (; (Path=/|Max-Age=60|Max-Age=0))?\
         (; ?[Ee]xpires=(Sat, 21 Nov 2026 1[0-3]:00:0[0-9x] GMT|Sat, 21-Nov-2026 13:00:00 GMT|\
         Sat, 1 Nov 2027 13:00:00 GMT|Thu, 01 Jan 1970 00:00:00 GMT) ?)?\
         (; Path=/(x)?)?(; Secure)?"
    }
}
