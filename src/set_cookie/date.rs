//! Dates in `Expires` and `Date`: the draft's lenient reading, and the strict forms that all
//! browsers were measured to agree on.

use crate::set_cookie::calendar::epoch_day;

const MONTHS: [&[u8; 3]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];
const DAYS: [&[u8; 3]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];

/// Reads a date by the draft's algorithm (RFC 6265bis, section 5.1.1), which takes nearly anything.
///
/// Returns seconds since the epoch, or `None` where the draft finds no date. Browsers differ from
/// the draft, and from each other, on hundreds of forms; see [`fixed_date`] for those they share.
pub(super) fn cookie_date(text: &[u8]) -> Option<i64> {
    let mut time = None;
    let mut day = None;
    let mut month = None;
    let mut year = None;
    for token in text.split(|&b| is_delimiter(b)).filter(|token| !token.is_empty()) {
        if time.is_none() {
            time = time_of_day(token);
            if time.is_some() {
                continue;
            }
        }
        if day.is_none() {
            day = leading_number(token, 1, 2);
            if day.is_some() {
                continue;
            }
        }
        if month.is_none() {
            month = month_number(token);
            if month.is_some() {
                continue;
            }
        }
        if year.is_none() {
            year = leading_number(token, 2, 4);
        }
    }
    let year = match year? {
        year @ 70..=99 => year + 1900,
        year @ 0..=69 => year + 2000,
        year => year,
    };
    epoch_seconds(year, month?, day?, time?)
}

/// Reads a date in a form that Chromium, Firefox and the draft were all measured to take alike.
///
/// That is an IMF-fixdate (`Wed, 21 Oct 2026 07:28:00 GMT`, RFC 9110, section 5.6.7), and the same
/// with a one-digit day or with `-` between day, month and year (`Wed, 21-Oct-2026 07:28:00 GMT`,
/// as Netscape wrote it). Whether the day's name fits the date is not looked at, by browsers
/// neither. Returns seconds since the epoch.
pub(super) fn fixed_date(text: &[u8]) -> Option<i64> {
    let (name, rest) = text.split_first_chunk::<3>()?;
    if !DAYS.contains(&name) {
        return None;
    }
    let rest = rest.strip_prefix(b", ")?;
    let (day, rest) = match rest {
        [a, b, rest @ ..] if b.is_ascii_digit() => (number(&[*a, *b])?, rest),
        [a, rest @ ..] => (number(&[*a])?, rest),
        [] => return None,
    };
    let (&separator, rest) = rest.split_first()?;
    if separator != b' ' && separator != b'-' {
        return None;
    }
    let (month, rest) = rest.split_first_chunk::<3>()?;
    if !month[0].is_ascii_uppercase() || !month[1..].iter().all(u8::is_ascii_lowercase) {
        return None;
    }
    let month = month_number(month)?;
    let (year, rest) = rest.strip_prefix(&[separator])?.split_first_chunk::<4>()?;
    let [b' ', h1, h2, b':', m1, m2, b':', s1, s2, b' ', b'G', b'M', b'T'] = rest else {
        return None;
    };
    let time = (number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?);
    epoch_seconds(number(year)?, month, day, time)
}

/// Reads an IMF-fixdate (RFC 9110, section 5.6.7) and no other form.
pub(super) fn imf_fixdate(text: &[u8]) -> Option<i64> {
    // The fixed forms that are as long and have a blank behind the day are just those.
    if text.len() == "Wed, 21 Oct 2026 07:28:00 GMT".len() && text[7] == b' ' {
        fixed_date(text)
    } else {
        None
    }
}

/// Section 5.1.1's `delimiter`.
fn is_delimiter(b: u8) -> bool {
    matches!(b, 0x09 | 0x20..=0x2f | 0x3b..=0x40 | 0x5b..=0x60 | 0x7b..=0x7e)
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
}

/// `min` to `max` digits, then the end or a non-digit with anything behind it.
fn leading_number(token: &[u8], min: usize, max: usize) -> Option<i64> {
    let digits = token.iter().take_while(|b| b.is_ascii_digit()).count();
    if (min..=max).contains(&digits) { number(&token[..digits]) } else { None }
}

fn time_of_day(token: &[u8]) -> Option<(i64, i64, i64)> {
    let mut fields = token.splitn(3, |&b| b == b':');
    let mut whole = || fields.next().filter(|f| matches!(f.len(), 1 | 2)).and_then(number);
    let hour = whole()?;
    let minute = whole()?;
    let second = leading_number(fields.next()?, 1, 2)?;
    Some((hour, minute, second))
}

/// 1 to 12, by the first three letters in any case.
fn month_number(token: &[u8]) -> Option<i64> {
    let token = token.first_chunk::<3>()?;
    (1..).zip(MONTHS).find(|(_, month)| month.eq_ignore_ascii_case(token)).map(|(n, _)| n)
}

fn epoch_seconds(
    year: i64,
    month: i64,
    day: i64,
    (hour, minute, second): (i64, i64, i64),
) -> Option<i64> {
    if year < 1601 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(epoch_day(year, month, day)? * 86_400 + hour * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wed, 21 Oct 2026 07:28:00 GMT
    const OCT_21: i64 = 1_792_567_680;

    #[test]
    fn r1_cookie_dates_by_the_draft() {
        for (text, want) in [
            ("Wed, 21 Oct 2026 07:28:00 GMT", Some(OCT_21)),
            ("Wednesday, 21-Oct-26 07:28:00 GMT", Some(OCT_21)),
            ("Wed Oct 21 07:28:00 2026", Some(OCT_21)),
            ("wed, 21 oct 2026 7:28:0 +0200", Some(OCT_21)),
            ("21 October 2026th 07:28:00x", Some(OCT_21)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Thu, 01 Jan 1970 00:00:01 GMT", Some(1)),
            ("Sun, 01 Jan 69 00:00:00", Some(3_124_224_000)),
            ("Thu, 01 Jan 70 00:00:00", Some(0)),
            ("Sat, 29 Feb 2020 00:00:00 GMT", Some(1_582_934_400)),
            ("Fri, 29 Feb 2019 00:00:00 GMT", None),
            ("Mon, 01 Jan 1600 00:00:00 GMT", None),
            ("Mon, 01 Jan 1601 00:00:00 GMT", Some(-11_644_473_600)),
            ("Mon, 01 Jan 2027 24:00:00 GMT", None),
            ("Mon, 01 Jan 2027 00:00:60 GMT", None),
            ("Mon, 01 Jan 2027", None),
            ("01/20/2027 00:00:00", None),
            ("yesterday", None),
            ("0", None),
            ("", None),
        ] {
            assert_eq!(cookie_date(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn r3_fixed_dates_are_those_all_browsers_agree_on() {
        for (text, want) in [
            ("Wed, 21 Oct 2026 07:28:00 GMT", Some(OCT_21)),
            ("Sun, 21 Oct 2026 07:28:00 GMT", Some(OCT_21)),
            ("Wed, 21-Oct-2026 07:28:00 GMT", Some(OCT_21)),
            ("Thu, 1 Jan 1970 00:00:00 GMT", Some(0)),
            ("Thu, 1-Jan-1970 00:00:00 GMT", Some(0)),
            ("Wed, 21 Oct-2026 07:28:00 GMT", None),
            ("Wed, 21 Oct 2026 07:28:00 UTC", None),
            ("Wed, 21 Oct 2026 07:28:00 gmt", None),
            ("Wed, 21 OCT 2026 07:28:00 GMT", None),
            ("Wed, 21 Oct 26 07:28:00 GMT", None),
            ("Wed, 31 Feb 2026 07:28:00 GMT", None),
            ("Wed, 21 Oct 2026 07:28:00", None),
            ("Wed, 21 Oct 2026 07:28:00 GMT ", None),
            ("Wed, 21 Oct 2026 7:28:00 GMT", None),
            ("Wednesday, 21 Oct 2026 07:28:00 GMT", None),
            ("Wed,21 Oct 2026 07:28:00 GMT", None),
            ("Wed, ", None),
            ("", None),
        ] {
            assert_eq!(fixed_date(text.as_bytes()), want, "{text}");
        }
    }
}
