//! What ranges and alternatives of times come to.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::unit::{DAY, HOUR, MINUTE, MONTH, MONTHS_IN_YEAR, Unit, YEAR};
use crate::lifetime::words::Language;

/// One time of a range or of alternatives.
pub(super) enum Part {
    Session,
    /// With its last unit, which a number alone before it borrows.
    Time(Time, Unit),
    /// A number alone: `1` in "1 to 2 years".
    Number(u64),
}

/// What stands between two parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Or,
    To,
}

/// A sum of units. Months are counted apart from days: 12 months make a year of 365 days.
#[derive(Default)]
pub(super) struct Time {
    months: u64,
    seconds: u64,
}

impl Time {
    /// `None` where it overflows.
    pub(super) fn plus(self, number: u64, unit: Unit) -> Option<Self> {
        let (months, seconds) = match unit {
            Unit::Year => (MONTHS_IN_YEAR, 0),
            Unit::Month => (1, 0),
            Unit::Week => (0, 7 * DAY),
            Unit::Day => (0, DAY),
            Unit::Hour => (0, HOUR),
            Unit::Minute => (0, MINUTE),
            Unit::Second => (0, 1),
        };
        Some(Self {
            months: self.months.checked_add(number.checked_mul(months)?)?,
            seconds: self.seconds.checked_add(number.checked_mul(seconds)?)?,
        })
    }

    fn total(&self) -> Result<MaxLifetime, LifetimeError> {
        let years = (self.months / MONTHS_IN_YEAR).checked_mul(YEAR);
        let months = self.months % MONTHS_IN_YEAR * MONTH;
        let seconds = years.and_then(|years| (years + months).checked_add(self.seconds));
        MaxLifetime::Seconds(seconds.ok_or(LifetimeError::TooLong)?).checked()
    }
}

/// The longest of the parts. A range must not end below its start.
pub(super) fn longest(parts: &[Part], joints: &[Joint]) -> Result<MaxLifetime, LifetimeError> {
    let lifetimes: Vec<_> =
        (0..parts.len()).map(|at| first(&parts[at..])).collect::<Result<_, _>>()?;
    let mut ends = lifetimes.windows(2).zip(joints);
    if ends.any(|(ends, joint)| *joint == Joint::To && ends[0] > ends[1]) {
        return Err(LifetimeError::ReversedRange);
    }
    Ok(lifetimes.into_iter().max().unwrap_or(MaxLifetime::Session))
}

/// The lifetime of the first part. A number alone has the unit of the next time: "1 to 2 years".
fn first(parts: &[Part]) -> Result<MaxLifetime, LifetimeError> {
    let [first, next @ ..] = parts else { return Ok(MaxLifetime::Session) };
    match first {
        Part::Session => Ok(MaxLifetime::Session),
        Part::Time(time, _) => time.total(),
        Part::Number(number) => match next.iter().find(|part| !matches!(part, Part::Number(_))) {
            Some(Part::Time(_, unit)) => {
                Time::default().plus(*number, *unit).ok_or(LifetimeError::TooLong)?.total()
            }
            _ => Err(bare(*number)),
        },
    }
}

/// A number and nothing else. No browser keeps a cookie above 400 days, so more are seconds.
fn bare(number: u64) -> LifetimeError {
    match number {
        0 => LifetimeError::Over,
        1..=400 => missing_unit(number, Unit::Day),
        _ => missing_unit(number, Unit::Second),
    }
}

/// A number that lacks what is probably this unit.
pub(super) fn missing_unit(number: u64, unit: Unit) -> LifetimeError {
    let form = Language::ENGLISH.0.form(number, unit);
    LifetimeError::MissingUnit { number, unit: form.trim_start_matches("# ").to_owned() }
}
