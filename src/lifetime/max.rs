//! The longest time a cookie may live.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::lifetime::error::LifetimeError;
use crate::lifetime::reader;

pub(crate) const MINUTE: u64 = 60;
pub(crate) const HOUR: u64 = 60 * MINUTE;
pub(crate) const DAY: u64 = 24 * HOUR;
pub(crate) const MONTH: u64 = 30 * DAY;
pub(crate) const YEAR: u64 = 365 * DAY;
pub(crate) const MONTHS_IN_YEAR: u64 = 12;
/// Above this a lifetime is a slip of the pen: no browser keeps a cookie longer than 400 days.
const LONGEST: u64 = 100 * YEAR;

/// The longest a cookie may live: until the browser closes, or so many seconds.
///
/// Session is the smallest, so the smaller of two is the stricter (rule R10).
///
/// Written as on a policy page, in English, French, German, Spanish, Italian, Dutch or Portuguese,
/// in any case and with or without accents:
///
/// - `30 days`, `1 an`, `24h`, `12 month(s)`, `einen Tag`, `1 year 1 month 4 days`;
/// - `session`, `Fin de session`, `Ende der Sitzung`, `until the browser is closed`;
/// - of a range or of alternatives (`Session à 1 an`, `1 - 2 years`, `session or 14 days`) the
///   longest counts;
/// - `up to`, `max.`, `moins de`, `bis zu` and the like change nothing: it is a maximum anyway.
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

impl FromStr for MaxLifetime {
    type Err = LifetimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        reader::parse(text)
    }
}

/// Human-readable English, which reads back to the same lifetime.
impl fmt::Display for MaxLifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Seconds(seconds) = *self else {
            return f.write_str("session");
        };
        let (years, rest) = (seconds / YEAR, seconds % YEAR);
        if years > 0 && rest == 0 {
            return write_unit(f, years, "year");
        }
        let months = rest / MONTH;
        // One month reads better as `30 days`, and the 360 days of "12 months" are no year.
        if rest % MONTH == 0 && months < MONTHS_IN_YEAR && years * MONTHS_IN_YEAR + months > 1 {
            return write_unit(f, years * MONTHS_IN_YEAR + months, "month");
        }
        let units = [
            (seconds / DAY, "day"),
            (seconds % DAY / HOUR, "hour"),
            (seconds % HOUR / MINUTE, "minute"),
            (seconds % MINUTE, "second"),
        ];
        let mut written = false;
        for (count, unit) in units {
            if count > 0 {
                f.write_str(if written { " " } else { "" })?;
                write_unit(f, count, unit)?;
                written = true;
            }
        }
        if written { Ok(()) } else { f.write_str("0 seconds") }
    }
}

fn write_unit(f: &mut fmt::Formatter<'_>, count: u64, unit: &str) -> fmt::Result {
    write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
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

    #[test]
    fn displays_as_people_write() {
        for (seconds, want) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (90_061, "1 day 1 hour 1 minute 1 second"),
            (HOUR, "1 hour"),
            (7 * DAY, "7 days"),
            (MONTH, "30 days"),
            (6 * MONTH, "6 months"),
            (12 * MONTH, "360 days"),
            (YEAR, "1 year"),
            (395 * DAY, "13 months"),
            (400 * DAY, "400 days"),
            (2 * YEAR, "2 years"),
        ] {
            assert_eq!(MaxLifetime::Seconds(seconds).to_string(), want);
        }
        assert_eq!(MaxLifetime::Session.to_string(), "session");
    }

    proptest::proptest! {
        #[test]
        fn what_is_displayed_reads_back(seconds in 1..=LONGEST) {
            let lifetime = MaxLifetime::Seconds(seconds);
            proptest::prop_assert_eq!(lifetime.to_string().parse(), Ok(lifetime));
        }

        #[test]
        fn whole_days_read_back(days in 1..=36_500_u64) {
            let lifetime = MaxLifetime::Seconds(days * DAY);
            proptest::prop_assert_eq!(lifetime.to_string().parse(), Ok(lifetime));
        }
    }
}
