//! Dates in `Expires` and `Date` (R3): the draft's lenient reading, and the strict forms that all
//! browsers were measured to agree on.

use crate::set_cookie::calendar::epoch_day;

const MONTHS: [&[u8; 3]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

/// A date as browsers find it.
pub(super) struct CookieDate {
    /// Seconds since 1970-01-01 00:00:00 UTC.
    pub(super) epoch: i64,
    /// Is `true` if Chromium and Firefox were measured to find a date in such a text, both of them.
    pub(super) is_agreed: bool,
}

/// Reads a date by the draft's algorithm (RFC 6265bis, section 5.1.1), which takes nearly anything,
/// and where both browsers were measured to differ from it, as they do: a day or a year with
/// anything behind its digits is none, the fields of a time may have three digits, and a year
/// before 1601 is one.
///
/// Returns `None` where there is no date. Browsers differ from each other on hundreds of forms; see
/// [`fixed_date`] for those they share.
pub(super) fn cookie_date(text: &[u8]) -> Option<CookieDate> {
    let mut time = None;
    let mut day = None;
    let mut month = None;
    let mut year = None;
    let mut is_agreed = true;
    for token in text.split(|&b| is_delimiter(b)).filter(|token| !token.is_empty()) {
        if time.is_none()
            && let Some((read, rest)) = time_of_day(token)
        {
            time = Some(read);
            // Chromium takes no time with anything behind it.
            is_agreed &= rest.is_empty();
        } else if day.is_none()
            && let Some(read) = digits(token, 1, 2)
        {
            day = Some(read);
        } else if month.is_none()
            && let Some(read) = month_number(token)
        {
            month = Some(read);
        } else if year.is_none()
            && let Some(read) = digits(token, 2, 4)
        {
            year = Some((read, token.len()));
        }
    }
    let (year, digits) = year?;
    // Firefox takes no year of three digits.
    is_agreed &= digits != 3;
    let year = match year {
        70..=99 => year + 1900,
        0..=69 => year + 2000,
        _ if digits == 3 => return None,
        _ => year,
    };
    let epoch = epoch_seconds(year, month?, day?, time?)?;
    Some(CookieDate { epoch, is_agreed })
}

/// Reads a date in a form that Chromium, Firefox and the draft were all measured to take alike.
///
/// That is an IMF-fixdate (`Wed, 21 Oct 2026 07:28:00 GMT`, RFC 9110, section 5.6.7), and the same
/// with a one-digit day or with `-` between day, month and year (`Wed, 21-Oct-2026 07:28:00 GMT`,
/// as Netscape wrote it). Whether the day's name fits the date is not looked at, by browsers
/// neither. Returns seconds since the epoch.
pub(super) fn fixed_date(text: &[u8]) -> Option<i64> {
    let (name, rest) = text.split_first_chunk()?;
    if !matches!(name, b"Mon" | b"Tue" | b"Wed" | b"Thu" | b"Fri" | b"Sat" | b"Sun") {
        return None;
    }
    let (day, rest) = match rest {
        [b',', b' ', a, b, rest @ ..] if b.is_ascii_digit() => (number(&[*a, *b])?, rest),
        [b',', b' ', a, rest @ ..] => (number(&[*a])?, rest),
        _ => return None,
    };
    let (&[before, m1, m2, m3, behind, y1, y2, y3, y4], rest) = rest.split_first_chunk()?;
    let &[b' ', h1, h2, b':', n1, n2, b':', s1, s2, b' ', b'G', b'M', b'T'] = rest else {
        return None;
    };
    if before != behind || !matches!(before, b' ' | b'-') {
        return None;
    }
    // In this case alone.
    let month = match &[m1, m2, m3] {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    };
    let year = number(&[y1, y2, y3, y4]).filter(|year| *year >= 1601)?;
    epoch_seconds(year, month, day, (number(&[h1, h2])?, number(&[n1, n2])?, number(&[s1, s2])?))
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

/// `min` to `max` digits and nothing else.
fn digits(token: &[u8], min: usize, max: usize) -> Option<i64> {
    if (min..=max).contains(&token.len()) { number(token) } else { None }
}

/// Hour, minute and second.
type TimeOfDay = (i64, i64, i64);

/// A time with one to three digits in each field, and what is behind it.
fn time_of_day(token: &[u8]) -> Option<(TimeOfDay, &[u8])> {
    let mut fields = token.splitn(3, |&b| b == b':');
    let hour = digits(fields.next()?, 1, 3)?;
    let minute = digits(fields.next()?, 1, 3)?;
    let last = fields.next()?;
    let length = last.iter().take_while(|b| b.is_ascii_digit()).count();
    let (second, rest) = last.split_at(length);
    Some(((hour, minute, digits(second, 1, 3)?), rest))
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
    (hour, minute, second): TimeOfDay,
) -> Option<i64> {
    if hour > 23 || minute > 59 || second > 59 {
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
            ("21 October 2026 07:28:00x", Some(OCT_21)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Thu, 01 Jan 1970 00:00:01 GMT", Some(1)),
            ("Sun, 01 Jan 69 00:00:00", Some(3_124_224_000)),
            ("Thu, 01 Jan 70 00:00:00", Some(0)),
            ("Sat, 29 Feb 2020 00:00:00 GMT", Some(1_582_934_400)),
            ("Fri, 29 Feb 2019 00:00:00 GMT", None),
            ("Mon, 01 Jan 1601 00:00:00 GMT", Some(-11_644_473_600)),
            ("Mon, 01 Jan 2027 24:00:00 GMT", None),
            ("Mon, 01 Jan 2027 00:00:60 GMT", None),
            ("Mon, 01 Jan 2027", None),
            ("01/20/2027 00:00:00", None),
            ("yesterday", None),
            // Both browsers do so, and the draft does not.
            ("1Wed, 21 Oct 2026 07:28:00 GMT", Some(OCT_21)),
            ("21st Oct 2026 07:28:00 GMT", None),
            ("21 Oct 2026x 07:28:00 GMT", None),
            ("Wed, 21 Oct 2026 007:028:00 GMT", Some(OCT_21)),
            ("Sat, 01 Jan 1600 00:00:00 GMT", Some(-11_676_096_000)),
            ("Tue, 01 Jan 0100 00:00:00 GMT", Some(-59_011_459_200)),
            ("Tue, 01 Jan 100 00:00:00 GMT", None),
            ("0", None),
            ("", None),
        ] {
            assert_eq!(cookie_date(text.as_bytes()).map(|date| date.epoch), want, "{text}");
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
