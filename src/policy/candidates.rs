//! Remembers which cookies of a request have to be looked at again when its response is there (R19, R22).
//!
//! The filter looks the name of each cookie up when the request comes. Those that are necessary, and others that
//! always stay, are neither withheld nor swept, so their names are not looked up once more.

use std::sync::atomic::{AtomicU64, Ordering};

/// A bit for each of the first cookies of a request, in their order. Those behind are candidates, too.
#[derive(Clone, Copy, Default)]
pub(super) struct Candidates(u64);

impl Candidates {
    /// Adds the cookie of this number.
    pub(super) fn add(&mut self, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.0 |= 1_u64.checked_shl(number).unwrap_or(0);
    }
}

/// The candidates of a visit, whose request may be filtered after the visit is shared.
pub(super) struct Noted(AtomicU64);

impl Default for Noted {
    /// All are, until the request is filtered.
    fn default() -> Self {
        Noted(AtomicU64::new(u64::MAX))
    }
}

impl Noted {
    /// Notes what all cookies of the request are.
    pub(super) fn note(&self, candidates: Candidates) {
        self.0.store(candidates.0, Ordering::Relaxed);
    }

    /// Those of all cookies of the request, in whatever form, that are candidates.
    pub(super) fn among<T>(&self, cookies: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        let bits = self.0.load(Ordering::Relaxed);
        let is_candidate = move |number: usize| {
            let bit = u32::try_from(number).ok().and_then(|number| bits.checked_shr(number));
            bit.is_none_or(|bits| bits & 1 == 1)
        };
        let numbered = cookies.enumerate();
        numbered.filter(move |(number, _)| is_candidate(*number)).map(|(_, cookie)| cookie)
    }
}
