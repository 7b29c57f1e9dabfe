//! Times as CMPs write them.

use std::time::{Duration, SystemTime};

use cookie::time::OffsetDateTime;
use cookie::time::format_description::well_known::Rfc3339;

/// `2026-11-21T20:01:30.128Z`, as JavaScript's `toISOString` writes it.
pub(crate) fn iso(text: &str) -> Option<SystemTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(SystemTime::from)
}

/// Seconds since the epoch.
pub(crate) fn seconds(seconds: u64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Milliseconds since the epoch, as JavaScript's `Date.now` counts them.
pub(crate) fn millis(millis: u64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(millis))
}

/// Tenths of seconds since the epoch, as the IAB's strings count them.
pub(crate) fn deciseconds(deciseconds: u64) -> Option<SystemTime> {
    millis(deciseconds.checked_mul(100)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_times_of_all_kinds() {
        let epoch = SystemTime::UNIX_EPOCH;
        let at = |millis| Some(epoch + Duration::from_millis(millis));
        assert_eq!(iso("2026-11-21T12:00:00.128Z"), at(1_795_262_400_128));
        assert_eq!(iso("2026-11-21T13:00:00+01:00"), at(1_795_262_400_000));
        for text in ["", "2026-11-21", "2026-11-21T12:00:00", "2026-13-21T12:00:00Z", "now"] {
            assert_eq!(iso(text), None, "{text}");
        }
        assert_eq!(seconds(1_795_262_400), at(1_795_262_400_000));
        assert_eq!(millis(1_795_262_400_128), at(1_795_262_400_128));
        assert_eq!(deciseconds(17_952_624_001), at(1_795_262_400_100));
        assert_eq!((seconds(u64::MAX), deciseconds(u64::MAX)), (None, None));
    }
}
