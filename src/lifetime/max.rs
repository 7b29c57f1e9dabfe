//! The longest time a cookie may live.

use serde::{Serialize, Serializer};

use crate::lifetime::error::LifetimeError;
use crate::lifetime::unit::YEAR;

/// Above this a lifetime is a slip of the pen: no browser keeps a cookie longer than 400 days.
pub(super) const LONGEST: u64 = 100 * YEAR;

/// The longest a cookie may live: until the browser closes, or so many seconds.
///
/// Session is the smallest, so the smaller of two is the stricter (rule [R10](crate::rules#r10)).
///
/// Written as on a policy page in one of the languages of [`Language::ALL`], in any case, with or
/// without accents, and with digits or words for numbers:
///
/// - `30 days`, `1 an`, `24h`, `30-day`, `12 month(s)`, `zwei Jahre`, `1 year 1 month 4 days`,
///   `13 شهرًا`;
/// - `session`, `Fin de session`, `Ende der Sitzung`, `do zamknięcia przeglądarki`; what may be
///   another session than the browser's (`login session`, `Celle de la session`) is an error;
/// - of a range or of alternatives (`Session à 1 an`, `1 - 2 years`, `session or 14 days`) the
///   longest counts;
/// - `up to`, `max.`, `höchstens`, `no more than` and the like change nothing: it is a maximum
///   anyway. Neither do `expires after`, `Default expiration time:` and `persistent` beside a time,
///   nor the same time once more (`13 months (395 days)`);
/// - `2 years from last visit` are two years, since each visit sets the cookie anew; what counts
///   from something that happens once (`13 months from your consent`) is an error that names
///   `refresh`.
///
/// Where its readers could take a text for different times (`13 mois, 30 minutes`), and where no end
/// is promised (`persistent`, `until deletion`, `at least 1 year`), the error says what to write.
///
/// [`Language::ALL`]: crate::registry::Language::ALL
///
/// A day has 86,400 seconds, a month 30 days, a year 365 days, and every 12 months are a year:
/// 13 months are 395 days. So the `1 year 1 month 4 days` that `CookieYes` prints for 400 days reads
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
    /// Until the browser closes: a cookie without `Max-Age` and `Expires`.
    Session,
    /// At most so many seconds.
    Seconds(u64),
}

impl MaxLifetime {
    /// Refuses what no policy means: nothing at all, or more than 100 years.
    pub(crate) fn checked(self) -> Result<Self, LifetimeError> {
        match self {
            Self::Seconds(0) => Err(LifetimeError::Over),
            Self::Seconds(seconds) if seconds > LONGEST => Err(LifetimeError::TooLong),
            Self::Session | Self::Seconds(_) => Ok(self),
        }
    }
}

/// `"session"`, or a number of seconds.
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
