//! Generates dates, in the standard form and in others.

use super::Dice;
use crate::reader::{MONTHS, WEEKDAYS, days_before, days_in};

/// Returns a time as an IMF-fixdate.
pub(super) fn fixdate(time: i64) -> String {
    let Parts { weekday, day, month, year, clock } = parts(time);
    format!("{weekday}, {day:02} {month} {year:04} {clock} GMT")
}

struct Parts {
    weekday: &'static str,
    day: i64,
    month: &'static str,
    year: i64,
    clock: String,
}

fn parts(time: i64) -> Parts {
    let (days, seconds) = (time.div_euclid(86_400), time.rem_euclid(86_400));
    let mut year = 1970 + days.div_euclid(366);
    while days_before(year + 1) <= days {
        year += 1;
    }
    let mut day = days - days_before(year);
    let mut month = 0;
    while day >= days_in(month, year) {
        day -= days_in(month, year);
        month += 1;
    }
    Parts {
        weekday: WEEKDAYS[usize::try_from((days + 3).rem_euclid(7)).unwrap()],
        day: day + 1,
        month: MONTHS[month],
        year,
        clock: format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60),
    }
}

/// Returns a valid Expires.
pub(super) fn valid(dice: &mut Dice, time: i64) -> String {
    let Parts { weekday, day, month, year, clock } = parts(time);
    match dice.below(6) {
        0 => format!("{weekday}, {day} {month} {year:04} {clock} GMT"),
        1 => format!("{weekday}, {day:02}-{month}-{year:04} {clock} GMT"),
        2 => format!("{weekday}, {day}-{month}-{year:04} {clock} GMT"),
        _ => fixdate(time),
    }
}

/// Returns an Expires without a valid form.
pub(super) fn odd(dice: &mut Dice, time: i64) -> String {
    let Parts { weekday, day, month, year, clock } = parts(time);
    let short = year.rem_euclid(100);
    match dice.below(24) {
        0 => format!("{weekday}, {day:02}-{month}-{short:02} {clock} GMT"),
        1 => format!("{weekday} {month} {day:2} {clock} {year}"),
        2 => fixdate(time).to_lowercase(),
        3 => format!("{weekday}, {day:02} {month} {year} {clock} UTC"),
        4 => format!("{weekday}, {day:02} {month} {year} {clock} +0000"),
        5 => format!("{day:02} {month} {year} {clock} GMT"),
        6 => format!("{weekday}, {day:02} {month} {year} {clock}"),
        7 => format!("{weekday}day, {day:02} {month} {year} {clock} GMT"),
        8 => format!("{weekday},{day:02} {month} {year} {clock} GMT"),
        9 => format!("{weekday}, {day:02}-{month} {year} {clock} GMT"),
        10 => format!("\"{}\"", fixdate(time)),
        11 => "0".to_owned(),
        12 => String::new(),
        13 => "yesterday".to_owned(),
        14 => format!("{year}-11-{day:02}T{clock}Z"),
        15 => format!("{weekday}, {day:02} {month} {year} 24:00:00 GMT"),
        16 => format!("{weekday}, 31 Feb {year} {clock} GMT"),
        17 => format!("{weekday}, {day:02} {month} 1600 {clock} GMT"),
        18 => format!("{weekday}, {day:02} {month} 0000 {clock} GMT"),
        19 => format!("1{weekday}, {day:02} {month} {year} {clock} GMT"),
        20 => format!("{weekday}, {day:02} {month} {year} 12:00:60 GMT"),
        21 => format!("{weekday},\t{day:02} {month} {year} {clock} GMT"),
        22 => format!("Xyz, {day:02} {month} {year} {clock} GMT"),
        _ => broken(dice, &fixdate(time)),
    }
}

/// Returns a date with one character removed or replaced.
fn broken(dice: &mut Dice, date: &str) -> String {
    let mut text = date.to_owned();
    let place = dice.below(text.len());
    text.remove(place);
    if dice.chance(60) {
        text.insert(place, *dice.pick(&['0', '9', ' ', ':', '-', 'a', ',', '\t']));
    }
    text
}

/// Returns the `Date` headers of a response.
pub(super) fn date_headers(dice: &mut Dice, clock: i64) -> Vec<Vec<u8>> {
    let near = clock + *dice.pick(&[0, 0, 1, -1, 5, -60, 3600, -3600, 864_000, -864_000]);
    let date = match dice.below(20) {
        0..8 => return Vec::new(),
        8..17 => fixdate(near),
        17 => odd(dice, near),
        18 => valid(dice, near),
        _ => fixdate(*dice.pick(&[-20_000_000_000, -60_000_000_000, 0, 200_000_000_000])),
    };
    let mut dates = vec![date.into_bytes()];
    if dice.chance(5) {
        dates.push(fixdate(clock).into_bytes());
    }
    dates
}
