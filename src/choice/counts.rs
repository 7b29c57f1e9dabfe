//! R7: whether a choice still counts, by the version and the times that it states.

use std::time::{Duration, SystemTime};

/// How far ahead of the clock a choice's time may be before it counts as from the future: the
/// clocks of two servers never quite agree.
const SKEW: Duration = Duration::from_secs(60);

/// What a choice states of itself. A choice that states nothing does not age.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stated {
    version: Option<Version>,
    /// The earliest and the latest time stated: copies and parts of a choice may state several.
    times: Option<(SystemTime, SystemTime)>,
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

    /// States a time beside those stated before.
    pub(super) fn add_time(&mut self, time: SystemTime) {
        self.add_times(Some((time, time)));
    }

    /// States a time instead of those stated before.
    pub(super) fn set_time(&mut self, time: SystemTime) {
        self.times = Some((time, time));
    }

    /// Takes over what another part, or another copy, of the choice states.
    pub(super) fn add(&mut self, other: Stated) {
        if let Some(version) = other.version {
            self.version(version == Version::This);
        }
        self.add_times(other.times);
    }

    /// Takes over the times alone.
    pub(super) fn add_times_of(&mut self, other: Stated) {
        self.add_times(other.times);
    }

    fn add_times(&mut self, times: Option<(SystemTime, SystemTime)>) {
        self.times = match (self.times, times) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }

    /// The earliest time stated.
    pub(super) fn time(self) -> Option<SystemTime> {
        self.times.map(|(earliest, _)| earliest)
    }

    /// Whether a choice that states this is of another version of the policy, older than
    /// `lifetime`, or from the future. The clock is read only if a time was stated.
    pub(super) fn is_stale(self, lifetime: Duration, now: impl FnOnce() -> SystemTime) -> bool {
        self.version == Some(Version::Other)
            || self.times.is_some_and(|(earliest, latest)| {
                let now = now();
                let age = now.duration_since(earliest).unwrap_or_default();
                age > lifetime || latest > now + SKEW
            })
    }
}
