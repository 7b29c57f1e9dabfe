//! Times as CMPs write them, read as whole seconds since the epoch.

use cookie::time::OffsetDateTime;
use cookie::time::format_description::well_known::Rfc3339;

use crate::set_cookie::calendar::epoch_day;

/// `2026-11-21T20:01:30.128Z`, as JavaScript's `toISOString` writes it, and other forms of RFC 3339.
pub(crate) fn iso(text: &str) -> Option<i64> {
    match utc(text.as_bytes(), b":") {
        Some((seconds, length)) if length == text.len() => Some(seconds),
        _ => OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp),
    }
}

/// The time with which a text begins, if it has exactly the form of `toISOString` with these colons, and its length.
/// A reader of all forms takes three times as long.
pub(crate) fn utc<const N: usize>(text: &[u8], colon: &[u8; N]) -> Option<(i64, usize)> {
    let mut rest = text;
    let year = digits::<4, 1>(&mut rest, b"-")?;
    let month = digits::<2, 1>(&mut rest, b"-")?;
    let day = digits::<2, 1>(&mut rest, b"T")?;
    let hour = digits::<2, N>(&mut rest, colon)?;
    let minute = digits::<2, N>(&mut rest, colon)?;
    let second = digits::<2, 1>(&mut rest, b".")?;
    digits::<3, 1>(&mut rest, b"Z")?;
    if hour >= 24 || minute >= 60 || second >= 60 {
        return None;
    }
    let seconds = epoch_day(year, month, day)? * 86_400 + hour * 3_600 + minute * 60 + second;
    Some((seconds, text.len() - rest.len()))
}

/// Takes so many digits and the sign behind them from the beginning of a text.
fn digits<const DIGITS: usize, const SIGN: usize>(
    text: &mut &[u8],
    sign: &[u8; SIGN],
) -> Option<i64> {
    let (digits, rest) = text.split_first_chunk::<DIGITS>()?;
    let (behind, rest) = rest.split_first_chunk()?;
    *text = rest;
    let add =
        |number, digit: &u8| digit.is_ascii_digit().then(|| 10 * number + i64::from(digit - b'0'));
    if behind == sign { digits.iter().try_fold(0, add) } else { None }
}

/// Seconds since the epoch.
pub(crate) fn seconds(seconds: u64) -> Option<i64> {
    seconds.try_into().ok()
}

/// Milliseconds since the epoch, as JavaScript's `Date.now` counts them.
pub(crate) fn millis(millis: u64) -> Option<i64> {
    seconds(millis / 1_000)
}

/// Tenths of seconds since the epoch, as the IAB's strings count them.
pub(crate) fn deciseconds(deciseconds: u64) -> Option<i64> {
    seconds(deciseconds / 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn r7_times_are_read_as_a_library_reads_them(
            text in "(19|20|[0-9]{2})[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]([.][0-9]{2,4})?(Z|z|Z%22|[+]01:00)?",
        ) {
            let library = OffsetDateTime::parse(&text, &Rfc3339).ok();
            prop_assert_eq!(iso(&text), library.map(OffsetDateTime::unix_timestamp), "{}", text);
        }
    }

    #[test]
    fn r7_the_usual_form_of_times_is_read_with_any_colons() {
        let at = Some((1_795_262_400, 24));
        assert_eq!(utc(b"2026-11-21T12:00:00.128Z and more", b":"), at);
        assert_eq!(utc(b"2026-11-21T12%3A00%3A00.128Z", b"%3A"), Some((1_795_262_400, 28)));
        for text in [
            "",
            "2026-11-21T12:00:00.128",
            "2026-11-21T12:00:00Z",
            "2026-11-21T12:00:00.12Z",
            "2026-11-21T12:00:00.1280Z",
            "2026-11-21t12:00:00.128Z",
            "2026-11-21T12:00%3A00.128Z",
            "2026-11-21T12:00:00.128+",
            "2026-11-31T12:00:00.128Z",
            "2026-11-21T24:00:00.128Z",
            "2026-11-21T12:60:00.128Z",
            "2026-11-21T12:00:60.128Z",
            "+026-11-21T12:00:00.128Z",
            "2026/11-21T12:00:00.128Z",
        ] {
            assert_eq!(utc(text.as_bytes(), b":"), None, "{text}");
        }
    }

    #[test]
    fn r7_times_of_all_kinds() {
        for (text, want) in [
            ("2026-11-21T12:00:00.128Z", Some(1_795_262_400)),
            ("2026-11-21T13:00:00+01:00", Some(1_795_262_400)),
            ("2026-11-21T12:00:00.128Zx", None),
            ("2026-11-21T12%3A00%3A00.128Z", None),
            ("1969-12-31T23:59:59.999Z", Some(-1)),
            ("1600-01-01T00:00:00Z", Some(-11_676_096_000)),
            ("0000-01-01T00:00:00Z", Some(-62_167_219_200)),
            ("9999-12-31T23:59:59Z", Some(253_402_300_799)),
            ("10000-01-01T00:00:00Z", None),
            ("-0001-01-01T00:00:00Z", None),
            ("", None),
            ("2026-11-21", None),
            ("2026-11-21T12:00:00", None),
            ("2026-13-21T12:00:00Z", None),
            ("now", None),
        ] {
            assert_eq!(iso(text), want, "{text}");
        }
        let at = Some(1_795_262_400);
        assert_eq!(seconds(1_795_262_400), at);
        assert_eq!(millis(1_795_262_400_128), at);
        assert_eq!(deciseconds(17_952_624_001), at);
        assert_eq!(seconds(u64::MAX), None);
    }
}
