//! The units of a time, and how long they are.

pub(crate) const MINUTE: u64 = 60;
pub(crate) const HOUR: u64 = 60 * MINUTE;
pub(crate) const DAY: u64 = 24 * HOUR;
pub(crate) const MONTH: u64 = 30 * DAY;
pub(crate) const YEAR: u64 = 365 * DAY;
pub(crate) const MONTHS_IN_YEAR: u64 = 12;

/// A unit of time. The smaller one is less.
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
    /// The unit in which people go on below this one: `30` means minutes in `1h30`.
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

    /// Its length; of a month, that of a twelfth of a year.
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
