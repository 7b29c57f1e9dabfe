//! A time as the sum of quantities: "1 year 1 month".

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::{LONGEST, MaxLifetime};
use crate::lifetime::unit::{MONTH, MONTHS_IN_YEAR, Unit, YEAR};

/// A sum of quantities. Months are counted separately from days, since twelve months make a year of
/// 365 days.
pub(super) struct Sum {
    months: u64,
    seconds: u64,
    /// The quantity that was added last.
    last: (u64, Unit),
}

impl Sum {
    pub(super) fn new(number: u64, unit: Unit) -> Result<Self, LifetimeError> {
        Self { months: 0, seconds: 0, last: (number, unit) }.plus(number, unit)
    }

    pub(super) fn plus(self, number: u64, unit: Unit) -> Result<Self, LifetimeError> {
        let (months, seconds) = match unit {
            Unit::Year => (MONTHS_IN_YEAR, 0),
            Unit::Month => (1, 0),
            smaller => (0, smaller.seconds()),
        };
        let added = |to: u64, each| to.checked_add(number.checked_mul(each)?);
        Ok(Self {
            months: added(self.months, months).ok_or(LifetimeError::TooLong)?,
            seconds: added(self.seconds, seconds).ok_or(LifetimeError::TooLong)?,
            last: (number, unit),
        })
    }

    pub(super) fn smallest_unit(&self) -> Unit {
        self.last.1
    }

    /// Returns whether people would read this quantity as the next part of the sum. It has to be
    /// less than one of the unit before it. Behind a comma or "and" it may be a separate time
    /// instead. There it belongs to the sum only if its unit is the next smaller one, and the
    /// number before it is less than one of the next larger unit: "13 months, 30 minutes" is not a
    /// sum, and "13 months and 2 days" is doubtful.
    pub(super) fn goes_on_with(
        &self,
        number: u64,
        unit: Unit,
        is_listed: bool,
    ) -> Result<bool, LifetimeError> {
        let (last_number, last_unit) = self.last;
        let seconds = number.checked_mul(unit.seconds()).filter(|seconds| *seconds <= LONGEST);
        let is_less = seconds.ok_or(LifetimeError::TooLong)? < last_unit.seconds();
        let limit = last_unit.next_larger().map_or(u64::MAX, Unit::seconds);
        let is_usual = unit == last_unit.next_smaller()
            && last_number.saturating_mul(last_unit.seconds()) < limit;
        Ok(is_less && (is_usual || !is_listed))
    }

    pub(super) fn total(&self) -> Result<MaxLifetime, LifetimeError> {
        let years = (self.months / MONTHS_IN_YEAR).checked_mul(YEAR);
        let months = self.months % MONTHS_IN_YEAR * MONTH;
        let seconds = years.and_then(|years| (years + months).checked_add(self.seconds));
        MaxLifetime::Seconds(seconds.ok_or(LifetimeError::TooLong)?).checked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r10_only_what_people_write_as_a_sum_is_one() {
        use Unit::{Day, Hour, Minute, Month, Week, Year};
        // The last two columns are the results without a joint, and behind a comma.
        for (last, next, bare, listed) in [
            ((1, Year), (1, Month), true, true),
            ((1, Year), (11, Month), true, true),
            ((1, Year), (12, Month), false, false),
            ((1, Year), (24, Day), true, false),
            ((1, Year), (365, Day), false, false),
            ((5, Month), (30, Day), true, true),
            ((5, Month), (31, Day), false, false),
            ((13, Month), (2, Day), true, false),
            ((13, Month), (30, Minute), true, false),
            ((2, Week), (3, Day), true, true),
            ((1, Day), (1, Hour), true, true),
            ((90, Day), (1, Hour), true, false),
            ((1, Hour), (60, Minute), false, false),
            ((1, Hour), (1, Hour), false, false),
            ((1, Hour), (1, Day), false, false),
        ] {
            let sum = Sum::new(last.0, last.1).unwrap();
            assert_eq!(sum.goes_on_with(next.0, next.1, false), Ok(bare), "{last:?} {next:?}");
            assert_eq!(sum.goes_on_with(next.0, next.1, true), Ok(listed), "{last:?}, {next:?}");
        }
    }
}
