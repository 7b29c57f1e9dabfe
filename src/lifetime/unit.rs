//! The units of time, and their lengths in seconds.

pub(crate) const MINUTE: u64 = 60;
pub(crate) const HOUR: u64 = 60 * MINUTE;
pub(crate) const DAY: u64 = 24 * HOUR;
pub(crate) const MONTH: u64 = 30 * DAY;
pub(crate) const YEAR: u64 = 365 * DAY;
pub(crate) const MONTHS_IN_YEAR: u64 = 12;

/// A unit of time. Units are ordered by their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// Returns the unit in which people continue below this one: the `30` of `1h30` means minutes.
    pub(super) const fn next_smaller(self) -> Self {
        match self {
            Self::Year => Self::Month,
            Self::Month | Self::Week => Self::Day,
            Self::Day => Self::Hour,
            Self::Hour => Self::Minute,
            Self::Minute | Self::Second => Self::Second,
        }
    }

    pub(super) const fn next_larger(self) -> Option<Self> {
        match self {
            Self::Year => None,
            Self::Month => Some(Self::Year),
            Self::Week | Self::Day => Some(Self::Month),
            Self::Hour => Some(Self::Day),
            Self::Minute => Some(Self::Hour),
            Self::Second => Some(Self::Minute),
        }
    }

    /// Returns the length in seconds. The length of a month is a twelfth of a year here, not 30
    /// days.
    pub(super) const fn seconds(self) -> u64 {
        match self {
            Self::Year => YEAR,
            Self::Month => YEAR / MONTHS_IN_YEAR,
            Self::Week => 7 * DAY,
            Self::Day => DAY,
            Self::Hour => HOUR,
            Self::Minute => MINUTE,
            Self::Second => 1,
        }
    }
}
