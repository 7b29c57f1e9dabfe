//! R7: a choice counts by the version and the times that it states.
//!
//! Times are seconds since the epoch, so that no arithmetic can fail whatever a cookie says: the
//! system's own type holds other years on each platform (on Windows, none before 1601).

use std::time::{Duration, SystemTime};

/// A time that a server wrote may be so many seconds ahead of the policy's clock before it counts as
/// from the future: two such clocks never quite agree.
const SERVER_SKEW: i64 = 60;

/// A time that a page's script wrote may be so many seconds ahead: visitors' clocks are set by hand,
/// and by zones.
const VISITOR_SKEW: i64 = 86_400;

/// The clock from which a time was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The clock of a server.
    #[default]
    Server,
    /// The visitor's own clock, as scripts read it.
    Visitor,
}

/// The version and the times that a choice states of itself. A choice that states nothing does not age.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stated {
    version: Option<Version>,
    /// The earliest and the latest time stated: copies and parts of a choice may state several.
    times: Option<(i64, i64)>,
    clock: Clock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    This,
    Other,
}

impl Stated {
    /// States a version of the policy; once another one was stated, that stays.
    pub(super) fn version(&mut self, is_this: bool) {
        if self.version != Some(Version::Other) {
            self.version = Some(if is_this { Version::This } else { Version::Other });
        }
    }

    /// Returns `true` if another version than the policy's was stated.
    pub(super) fn is_of_another_version(self) -> bool {
        self.version == Some(Version::Other)
    }

    /// Turns this into the statement that it is to another registry, of another version: the
    /// version that was the policy's here is another one there.
    pub(super) fn to_another_version(self) -> Self {
        Stated { version: self.version.map(|_| Version::Other), ..self }
    }

    /// States a time beside those stated before.
    pub(super) fn time(&mut self, seconds: i64, clock: Clock) {
        self.add_times(Stated { times: Some((seconds, seconds)), clock, version: None });
    }

    /// Forgets the times that were stated.
    pub(super) fn forget_times(&mut self) {
        *self = Stated { version: self.version, ..Stated::default() };
    }

    /// Takes over what another part, or another copy, of the choice states.
    pub(super) fn add(&mut self, other: Stated) {
        if let Some(version) = other.version {
            self.version(version == Version::This);
        }
        self.add_times(other);
    }

    /// Takes over the times alone. Of two clocks, the server's counts, which may be ahead by less.
    pub(super) fn add_times(&mut self, other: Stated) {
        let (Some((earliest, latest)), Some(others)) = (self.times, other.times) else {
            if other.times.is_some() {
                (self.times, self.clock) = (other.times, other.clock);
            }
            return;
        };
        self.times = Some((earliest.min(others.0), latest.max(others.1)));
        if other.clock == Clock::Server {
            self.clock = Clock::Server;
        }
    }

    /// The earliest time stated, in seconds since the epoch.
    pub(super) fn earliest(self) -> Option<i64> {
        self.times.map(|(earliest, _)| earliest)
    }

    /// Returns `true` if a choice that states this counts at a time, which it does not if it is of another version, older
    /// than `lifetime`, or from the future. The clock is read only if a time was stated.
    ///
    /// A time that is ahead of the clock is taken for the present from here on.
    pub(super) fn counts(&mut self, lifetime: Duration, now: impl FnOnce() -> SystemTime) -> bool {
        if self.is_of_another_version() {
            return false;
        }
        let Some((earliest, latest)) = self.times else { return true };
        let now = epoch_seconds(now());
        let lifetime = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX);
        let skew = match self.clock {
            Clock::Server => SERVER_SKEW,
            Clock::Visitor => VISITOR_SKEW,
        };
        self.times = Some((earliest.min(now), latest.min(now)));
        now.saturating_sub(earliest) <= lifetime && latest.saturating_sub(now) <= skew
    }
}

/// A time as whole seconds since the epoch, rounded down; times before it are negative.
pub(crate) fn epoch_seconds(time: SystemTime) -> i64 {
    let whole = |since: Duration| i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => whole(since),
        Err(before) => {
            let before = before.duration();
            -whole(before) - i64::from(before.subsec_nanos() > 0)
        }
    }
}

/// The system's time of these seconds since the epoch; `None` where the platform has no such time.
pub(super) fn system_time(seconds: i64) -> Option<SystemTime> {
    let since = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(since)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_262_400;
    const LIFETIME: i64 = 15_552_000;
    /// The first second of the year 0000, and the last of the year 9999.
    const YEARS: [i64; 2] = [-62_167_219_200, 253_402_300_799];

    fn counts(times: &[i64], clock: Clock, now: i64) -> bool {
        let mut stated = Stated::default();
        for seconds in times {
            stated.time(*seconds, clock);
        }
        let lifetime = Duration::from_secs(LIFETIME.unsigned_abs());
        stated.counts(lifetime, || system_time(now).unwrap())
    }

    #[test]
    fn r7_a_time_counts_from_the_clocks_skew_until_the_lifetime_ends() {
        for (clock, skew) in [(Clock::Server, 60), (Clock::Visitor, 86_400)] {
            for (time, want) in [
                (NOW, true),
                (NOW + skew, true),
                (NOW + skew + 1, false),
                (NOW - LIFETIME, true),
                (NOW - LIFETIME - 1, false),
                (i64::MAX, false),
                (i64::MIN, false),
                (YEARS[0], false),
                (YEARS[1], false),
            ] {
                assert_eq!(counts(&[time], clock, NOW), want, "{time} by the {clock:?}'s clock");
                assert_eq!(counts(&[NOW, time], clock, NOW), want, "{time} beside another");
                assert_eq!(counts(&[time, NOW], clock, NOW), want, "another beside {time}");
            }
        }
        assert!(counts(&[], Clock::Server, NOW));
        for now in [-1, i64::from(i32::MIN)].into_iter().chain(YEARS) {
            assert!(counts(&[now], Clock::Server, now), "a clock at {now}");
            assert!(!counts(&[NOW], Clock::Server, now), "a clock at {now}");
        }
    }

    #[test]
    fn r7_what_is_ahead_of_the_clock_is_taken_for_the_present() {
        for (time, want) in [(NOW + 59, NOW), (NOW, NOW), (NOW - 1, NOW - 1)] {
            let mut stated = Stated::default();
            stated.time(time, Clock::Server);
            stated.counts(Duration::ZERO, || system_time(NOW).unwrap());
            assert_eq!(stated.earliest(), Some(want), "{time}");
        }
    }

    #[test]
    fn r7_a_servers_time_beside_a_visitors_is_held_to_the_servers_clock() {
        let mut stated = Stated::default();
        stated.time(NOW, Clock::Visitor);
        stated.time(NOW + 61, Clock::Server);
        assert!(!stated.counts(Duration::ZERO, || system_time(NOW).unwrap()));
    }

    #[test]
    fn r7_seconds_of_the_systems_times() {
        let epoch = SystemTime::UNIX_EPOCH;
        for (time, want) in [
            (epoch, 0),
            (epoch + Duration::from_millis(1_999), 1),
            (epoch - Duration::from_secs(1), -1),
            (epoch - Duration::from_millis(1), -1),
            (epoch - Duration::from_millis(1_001), -2),
        ] {
            assert_eq!(epoch_seconds(time), want);
        }
        for seconds in YEARS {
            // A platform may have no such year; then the answer is `None`.
            let time = system_time(seconds);
            assert_eq!(time.map(epoch_seconds), time.map(|_| seconds));
        }
    }
}
