//! The time against which a response's `Expires` attributes are measured.

use std::cell::Cell;

use crate::policy::Policy;
use crate::set_cookie::{Lifetime, ServedAt, SetCookie};

/// When one response is served: its `Date` and the clock say so (R3). The clock is read once, and
/// without a `Date` only if some `Expires` needs it.
pub(super) struct Served<'a> {
    policy: &'a Policy,
    at: Cell<Option<ServedAt>>,
}

impl<'a> Served<'a> {
    pub(super) fn new(policy: &'a Policy, date: Option<&[u8]>) -> Self {
        let at = date.map(|date| ServedAt::date_header(date, policy.epoch_seconds()));
        Served { policy, at: Cell::new(at) }
    }

    /// The lifetime that a line asks for.
    pub(super) fn lifetime(&self, line: &SetCookie<'_>) -> Lifetime {
        line.lifetime_with(|| {
            let at = self.at.get().unwrap_or_else(|| ServedAt::clock(self.policy.epoch_seconds()));
            self.at.set(Some(at));
            at
        })
    }
}
