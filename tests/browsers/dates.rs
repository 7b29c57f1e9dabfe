//! Lines with Expires as common programs print it, a day before and after the current time. The
//! only `Date` is the server's.

use cookie::time::{Duration, OffsetDateTime, format_description};

use super::line::Line;

const FIXED: &str =
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT";

const FORMATS: [&str; 10] = [
    FIXED,
    "[weekday repr:short], [day]-[month repr:short]-[year] [hour]:[minute]:[second] GMT",
    "[weekday], [day]-[month repr:short]-[year repr:last_two] [hour]:[minute]:[second] GMT",
    "[weekday repr:short] [month repr:short] [day padding:space] [hour]:[minute]:[second] [year]",
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] +0000",
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] UTC",
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second]",
    "[weekday repr:short] [month repr:short] [day] [year] [hour]:[minute]:[second] GMT+0000 (UTC)",
    "[day] [month] [year] [hour]:[minute]:[second]",
    "[year]-[month]-[day]T[hour]:[minute]:[second]Z",
];

pub(crate) fn lines() -> impl Iterator<Item = Line> {
    let now = OffsetDateTime::now_utc();
    let days = [now - Duration::DAY, now + Duration::DAY];
    FORMATS.into_iter().flat_map(move |format| {
        days.into_iter().flat_map(move |day| {
            let date = printed(day, format);
            [date.to_lowercase(), date]
                .map(|date| Line::new("dates", format!("a=1; Path=/; Expires={date}")))
        })
    })
}

/// Responses whose `Date` is two hours before or after the time of the clock.
pub(crate) fn lines_of_other_days() -> impl Iterator<Item = Line> {
    let now = OffsetDateTime::now_utc();
    let hours = [-2, 2].map(Duration::hours);
    let expires = [-3, -1, 0, 1, 3, 24 * 40].map(Duration::hours);
    hours.into_iter().flat_map(move |away| {
        expires.into_iter().flat_map(move |hours| {
            let expires = format!("Expires={}", printed(now + hours, FIXED));
            let lives = [
                format!("a=1; {expires}"),
                format!("a=1; {expires}; Max-Age=0"),
                format!("a=1; Max-Age=0; {expires}"),
                format!("a=1; Max-Age=60; {expires}; Path=/"),
            ];
            let date = Some(printed(now + away, FIXED));
            lives.map(|line| Line { date: date.clone(), ..Line::new("other days", line) })
        })
    })
}

/// Returns the IMF-fixdate of a time in seconds since 1970-01-01 00:00:00 UTC.
pub(crate) fn fixed(epoch: i64) -> String {
    printed(OffsetDateTime::from_unix_timestamp(epoch).expect("a time"), FIXED)
}

fn printed(time: OffsetDateTime, format: &str) -> String {
    let format = format_description::parse_borrowed::<2>(format).expect("a format");
    time.format(&format).expect("a date")
}
