//! Times as CMPs write them, read as whole seconds since the epoch.

use cookie::time::OffsetDateTime;
use cookie::time::format_description::well_known::Rfc3339;

/// `2026-11-21T20:01:30.128Z`, as JavaScript's `toISOString` writes it.
pub(crate) fn iso(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
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
    use super::*;

    #[test]
    fn r7_times_of_all_kinds() {
        for (text, want) in [
            ("2026-11-21T12:00:00.128Z", Some(1_795_262_400)),
            ("2026-11-21T13:00:00+01:00", Some(1_795_262_400)),
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
