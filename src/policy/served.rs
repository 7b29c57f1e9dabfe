//! The time against which a response's `Expires` attributes are measured.

use std::cell::Cell;
use std::time::SystemTime;

use crate::policy::Policy;
use crate::registry::Rule;
use crate::set_cookie::{DateHeader, Lifetime, ServedAt, SetCookie};

/// The time at which one response is served: its `Date` and the clock say so (R3). The clock is read once, and only
/// if some `Expires` or the age of the choice needs it.
pub(super) struct Served<'a> {
    policy: &'a Policy,
    date: Option<DateHeader>,
    now: Cell<Option<SystemTime>>,
    at: Cell<Option<ServedAt>>,
}

impl<'a> Served<'a> {
    pub(super) fn new(policy: &'a Policy, date: Option<&[u8]>) -> Self {
        Served {
            policy,
            date: date.map(DateHeader::new),
            now: Cell::default(),
            at: Cell::default(),
        }
    }

    /// The time of the policy's clock.
    pub(super) fn now(&self) -> SystemTime {
        let now = self.now.get().unwrap_or_else(|| self.policy.now());
        self.now.set(Some(now));
        now
    }

    /// The time from which an `Expires` counts.
    pub(super) fn at(&self) -> ServedAt {
        if let Some(at) = self.at.get() {
            return at;
        }
        let since_epoch = self.now().duration_since(SystemTime::UNIX_EPOCH);
        let clock = since_epoch.map_or(0, |time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
        let at = self.date.map_or_else(|| ServedAt::clock(clock), |date| date.served_at(clock));
        self.at.set(Some(at));
        at
    }

    /// The lifetime that a line asks for.
    pub(super) fn lifetime(&self, line: &SetCookie<'_>) -> Lifetime {
        line.lifetime_with(|| self.at())
    }

    /// [`lifetime`](Self::lifetime) of a line whose cookie falls under this rule.
    #[inline]
    pub(super) fn lifetime_under(&self, line: &SetCookie<'_>, rule: Option<&Rule>) -> Lifetime {
        match rule {
            Some(rule) => rule.attributes.lifetime(line, || self.at()),
            None => self.lifetime(line),
        }
    }
}
