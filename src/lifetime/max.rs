//! The longest time for which a cookie may live.

use serde::{Serialize, Serializer};

use crate::lifetime::error::LifetimeError;
use crate::lifetime::unit::YEAR;

/// A longer lifetime is taken for a typing error: no browser keeps a cookie for more than 400 days.
pub(super) const LONGEST: u64 = 100 * YEAR;

/// The longest time for which a cookie may live: until the browser closes, or a number of seconds.
///
/// [`Session`](Self::Session) is the smallest value, so the smaller of two lifetimes is the
/// stricter one (rule [R10](crate::rules#r10)).
///
/// It parses from text as policy pages write it, in each language of [`Language::ALL`], in upper or
/// lower case, with or without accents, and with numbers in digits or in words:
///
/// - `30 days`, `1 an`, `24h`, `30-day`, `12 month(s)`, `zwei Jahre`, `1 year 1 month 4 days`,
///   `13 شهرًا`;
/// - `session`, `Fin de session`, `Ende der Sitzung`, `do zamknięcia przeglądarki`. Words that may
///   mean another session than the browser's (`login session`, `Celle de la session`) are an error;
/// - a range or alternatives (`Session à 1 an`, `1 - 2 years`, `session or 14 days`), of which the
///   longest time counts;
/// - `up to`, `max.`, `höchstens`, `no more than` and the like change nothing, since every lifetime
///   is a maximum. Nor do `expires after`, `Default expiration time:`, `persistent` beside a time,
///   or the same time repeated (`13 months (395 days)`);
/// - `2 years from last visit` means two years, since each visit sets the cookie anew. A time that
///   counts from something that happens once (`13 months from your consent`) is an error whose
///   message explains `refresh`.
///
/// A text that people could understand as different times (`13 mois, 30 minutes`), or that promises
/// no end (`persistent`, `until deletion`, `at least 1 year`), is an error that says what to write.
///
/// [`Language::ALL`]: crate::registry::Language::ALL
///
/// A day has 86,400 seconds, a month 30 days and a year 365 days, and twelve months are one year,
/// so 13 months are 395 days. `CookieYes` prints 400 days as `1 year 1 month 4 days`, which reads
/// as 399.
///
/// ```
/// use tower_cookie_consent::registry::MaxLifetime;
///
/// assert_eq!("13 months".parse(), Ok(MaxLifetime::Seconds(395 * 86_400)));
/// assert_eq!("Session à 1 an".parse(), Ok(MaxLifetime::Seconds(31_536_000)));
/// assert_eq!("bis zu 30 Tage".parse(), Ok(MaxLifetime::Seconds(30 * 86_400)));
/// assert!(MaxLifetime::Session < MaxLifetime::Seconds(1));
/// assert!("persistent".parse::<MaxLifetime>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MaxLifetime {
    /// The cookie lives until the browser closes: it has neither `Max-Age` nor `Expires`.
    Session,
    /// The cookie lives for at most this many seconds.
    Seconds(u64),
}

impl MaxLifetime {
    /// Returns an error for a lifetime that no policy can mean: zero, or more than 100 years.
    pub(crate) fn checked(self) -> Result<Self, LifetimeError> {
        match self {
            Self::Seconds(0) => Err(LifetimeError::Over),
            Self::Seconds(seconds) if seconds > LONGEST => Err(LifetimeError::TooLong),
            Self::Session | Self::Seconds(_) => Ok(self),
        }
    }
}

/// Serializes as the text `"session"`, or as a number of seconds.
impl Serialize for MaxLifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            MaxLifetime::Session => serializer.serialize_str("session"),
            MaxLifetime::Seconds(seconds) => serializer.serialize_u64(*seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r10_session_is_the_smallest_lifetime() {
        assert!(MaxLifetime::Session < MaxLifetime::Seconds(0));
        assert!(MaxLifetime::Seconds(1) < MaxLifetime::Seconds(2));
    }
}
