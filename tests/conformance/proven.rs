//! R3's proven forms, told by their shape alone.

use super::lifetimes::{attribute, is_lifetime_attribute};
use crate::draft;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 4] = ["9 ", "99 ", "9-", "99-"];

/// Exactly one Max-Age, and that of digits; or no Max-Age and one Expires in a fixed form.
pub(super) fn is_proven(line: &[u8]) -> bool {
    let (max_ages, expires): (Vec<_>, Vec<_>) = line
        .split(|&byte| byte == b';')
        .skip(1)
        .filter(|segment| is_lifetime_attribute(segment))
        .map(attribute)
        .partition(|(name, _)| name.eq_ignore_ascii_case(b"max-age"));
    match (&max_ages[..], &expires[..]) {
        ([(_, seconds)], _) => seconds.len() <= 1024 && is_number(seconds),
        ([], [(_, date)]) => is_fixed_form(date),
        _ => false,
    }
}

fn is_number(seconds: &[u8]) -> bool {
    let digits = seconds.strip_prefix(b"-").unwrap_or(seconds);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// A day that exists, in a year from 1601 on, printed as all user agents read it.
pub(super) fn is_fixed_form(date: &[u8]) -> bool {
    let shape: Vec<u8> =
        date.iter().map(|byte| if byte.is_ascii_digit() { b'9' } else { *byte }).collect();
    let is_printed = || {
        WEEKDAYS.iter().any(|weekday| {
            MONTHS.iter().any(|month| {
                DAYS.iter().any(|day| {
                    let gap = &day[day.len() - 1..];
                    format!("{weekday}, {day}{month}{gap}9999 99:99:99 GMT").as_bytes() == shape
                })
            })
        })
    };
    shape.ends_with(b"9999 99:99:99 GMT")
        && is_printed()
        && date[date.len() - 17..date.len() - 13] >= b"1601"[..]
        && draft::cookie_date(date).is_some()
}
