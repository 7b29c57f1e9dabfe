//! Tests every day of eight centuries, counted one by one.

use super::lifetimes::date_of_expires;

const MONTHS: [(&str, u32); 12] = [
    ("Jan", 31),
    ("Feb", 28),
    ("Mar", 31),
    ("Apr", 30),
    ("May", 31),
    ("Jun", 30),
    ("Jul", 31),
    ("Aug", 31),
    ("Sep", 30),
    ("Oct", 31),
    ("Nov", 30),
    ("Dec", 31),
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Mon, 01 Jan 1601 00:00:00 GMT
const FIRST: i64 = -11_644_473_600;

#[test]
fn r3_every_day_is_a_day_after_the_one_before() {
    let mut midnight = FIRST;
    let mut weekdays = WEEKDAYS.iter().cycle();
    for year in 1601..=2405 {
        let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (month, days) in MONTHS {
            let days = days + u32::from(leap && month == "Feb");
            for day in 1..=days {
                let weekday = weekdays.next().expect("an endless week");
                let date = format!("{weekday}, {day:02} {month} {year} 00:00:00 GMT");
                assert_eq!(date_of_expires(date.as_bytes()), (Some(midnight), true), "{date}");
                // This is not a fixed form any more: it is read as the draft reads dates.
                let lenient = date.replace("GMT", "UTC");
                assert_eq!(date_of_expires(lenient.as_bytes()), (Some(midnight), false), "{date}");
                midnight += 86_400;
            }
            let date = format!("Sun, {} {month} {year} 00:00:00 GMT", days + 1);
            assert_eq!(date_of_expires(date.as_bytes()), (None, false), "{date}");
        }
    }
}
