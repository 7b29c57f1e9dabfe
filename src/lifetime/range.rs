//! What ranges and alternatives of times come to.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::language::Unit;
use crate::lifetime::max::{MONTH, MONTHS_IN_YEAR, MaxLifetime, YEAR};

/// One time of a range or of alternatives.
pub(super) enum End {
    Session,
    /// With its last unit, which a number alone may borrow.
    Time(Time, Unit),
    /// A number alone: `1` in "1 to 2 years".
    Number(u64),
}

/// A sum of units.
#[derive(Default)]
pub(super) struct Time {
    months: u64,
    seconds: u64,
}

impl Time {
    /// `None` where it overflows.
    pub(super) fn plus(self, number: u64, unit: Unit) -> Option<Self> {
        let Self { months, seconds } = self;
        Some(match unit {
            Unit::Months(each) => {
                Self { months: months.checked_add(number.checked_mul(each)?)?, seconds }
            }
            Unit::Seconds(each) => {
                Self { months, seconds: seconds.checked_add(number.checked_mul(each)?)? }
            }
        })
    }

    fn total(&self) -> Result<MaxLifetime, LifetimeError> {
        let years = (self.months / MONTHS_IN_YEAR).checked_mul(YEAR);
        let months = self.months % MONTHS_IN_YEAR * MONTH;
        let seconds = years.and_then(|years| (years + months).checked_add(self.seconds));
        MaxLifetime::Seconds(seconds.ok_or(LifetimeError::TooLong)?).checked()
    }
}

/// The longest of these; what ends a range must not be below the end before it.
pub(super) fn longest(ends: &[(bool, End)]) -> Result<MaxLifetime, LifetimeError> {
    let mut longest = MaxLifetime::Session;
    let mut unit = None;
    // The upper end of a range, whose lower end is read next: from right to left, so that a number
    // alone finds the unit that it borrows.
    let mut upper = None;
    for (ends_range, end) in ends.iter().rev() {
        let lifetime = match (end, unit) {
            (End::Session, _) => MaxLifetime::Session,
            (End::Time(time, _), _) => time.total()?,
            (End::Number(number), Some(unit)) => {
                Time::default().plus(*number, unit).ok_or(LifetimeError::TooLong)?.total()?
            }
            (End::Number(number), None) => return Err(bare(*number)),
        };
        unit = match end {
            End::Session => None,
            End::Time(_, own) => Some(*own),
            End::Number(_) => unit,
        };
        if upper.is_some_and(|upper| lifetime > upper) {
            return Err(LifetimeError::ReversedRange);
        }
        upper = ends_range.then_some(lifetime);
        longest = longest.max(lifetime);
    }
    Ok(longest)
}

/// A number and nothing else. No browser keeps a cookie above 400 days, so more are seconds.
fn bare(number: u64) -> LifetimeError {
    match number {
        0 => LifetimeError::Over,
        1..=400 => missing_unit(number, "day"),
        _ => missing_unit(number, "second"),
    }
}

/// A number that lacks what is probably this unit.
pub(super) fn missing_unit(number: u64, unit: &str) -> LifetimeError {
    let unit = if number == 1 { unit.to_owned() } else { format!("{unit}s") };
    LifetimeError::MissingUnit { number, unit }
}
