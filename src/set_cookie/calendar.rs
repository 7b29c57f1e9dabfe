//! The Gregorian calendar, counted in days.

/// Days from the first of March of the year 0 to the epoch.
const MARCH_YEAR_0_TO_EPOCH: i64 = 719_468;

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar; `None` if there is no such
/// day. Years count from 0, months and days from 1.
pub(crate) fn epoch_day(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_in_month = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if year < 0 || !(1..=days_in_month).contains(&day) {
        return None;
    }
    // A year that begins in March ends with the leap day, and its months follow one formula.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - MARCH_YEAR_0_TO_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r1_days_are_counted_from_the_epoch() {
        for ((year, month, day), want) in [
            ((1970, 1, 1), Some(0)),
            ((1969, 12, 31), Some(-1)),
            ((1972, 2, 29), Some(789)),
            ((1972, 3, 1), Some(790)),
            ((2000, 2, 29), Some(11_016)),
            ((1601, 1, 1), Some(-134_774)),
            ((0, 3, 1), Some(-719_468)),
            ((0, 1, 1), Some(-719_528)),
            ((9999, 12, 31), Some(2_932_896)),
            ((1900, 2, 29), None),
            ((2026, 2, 29), None),
            ((2026, 4, 31), None),
            ((2026, 1, 0), None),
            ((2026, 1, 32), None),
            ((2026, 0, 1), None),
            ((2026, 13, 1), None),
            ((-1, 1, 1), None),
        ] {
            assert_eq!(epoch_day(year, month, day), want, "{year}-{month}-{day}");
        }
    }
}
