//! Tests dates: the forms that all engines read alike, recognised by their shape, and how browsers
//! read others, described by the difference from the draft.

use crate::draft;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 4] = ["9 ", "99 ", "9-", "99-"];

/// The days and seconds of 400 years, after which the calendar repeats.
const CALENDAR: i64 = 146_097 * 86_400;

/// Generates a day that exists, in a year from 1601 on, printed in a form that all user agents
/// read.
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

/// Returns the date that browsers find in a text, as far as that was measured, and whether both
/// find it: the draft's algorithm is applied to the text without the parts that they read
/// differently.
pub(super) fn browsers_date(text: &[u8]) -> Option<(i64, bool)> {
    let mut tokens = Vec::new();
    let (mut has_time, mut has_day, mut has_month, mut has_year) = (false, false, false, false);
    let (mut is_shared, mut cycles) = (true, 0);
    for token in text.split(|byte| draft::is_delimiter(*byte)).filter(|token| !token.is_empty()) {
        let number = |token: &[u8]| std::str::from_utf8(token).ok()?.parse::<i64>().ok();
        let all_digits = token.iter().all(u8::is_ascii_digit);
        if let Some((time, rest)) = short_time(token).filter(|_| !has_time) {
            has_time = true;
            // Chromium accepts no time with anything behind it.
            is_shared &= rest.is_empty();
            tokens.push(time);
        } else if !has_day && all_digits && token.len() <= 2 {
            has_day = true;
            tokens.push(token.to_vec());
        } else if !has_month && MONTHS.iter().any(|month| starts_with(token, month)) {
            has_month = true;
            tokens.push(token.to_vec());
        } else if !has_year && all_digits && (2..=4).contains(&token.len()) {
            has_year = true;
            // Firefox accepts no year of three digits.
            is_shared &= token.len() != 3;
            let mut year = number(token)?;
            // Four digits may mean a year before 1601, which the draft does not accept.
            while token.len() == 4 && (100..1601).contains(&year) {
                year += 400;
                cycles += 1;
            }
            tokens.push(format!("{year:0width$}", width = token.len()).into_bytes());
        }
    }
    let date = draft::cookie_date(&tokens.join(&b' '))?;
    Some((date - cycles * CALENDAR, is_shared))
}

/// Returns a time whose fields have up to three digits, written with two, and the text behind it.
fn short_time(token: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut rest = token;
    let mut fields = Vec::new();
    for colon in [false, true, true] {
        if colon {
            rest = rest.strip_prefix(b":")?;
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=3).contains(&digits) {
            return None;
        }
        let field = std::str::from_utf8(&rest[..digits]).ok()?.parse::<u16>().ok()?;
        // A field out of range stays out of range.
        fields.push(format!("{:02}", field.min(99)));
        rest = &rest[digits..];
    }
    Some((fields.join(":").into_bytes(), rest))
}

fn starts_with(token: &[u8], month: &str) -> bool {
    token.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(month.as_bytes()))
}
