//! Remembers what the filter found among the cookies of a request, for when its response is there (R19, R22).
//!
//! The filter looks the name of each cookie up when the request comes. Those that are necessary, and others that
//! always stay, are neither withheld nor swept, so their names are not looked up once more. Those that it
//! withheld are listed at once, if somebody is to be told of them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::report::{Notes, Withheld};

/// A bit for each of the first cookies of a request, in their order. Those behind are candidates, too.
#[derive(Clone, Copy, Default)]
pub(super) struct Candidates(u64);

impl Candidates {
    /// Adds the cookie of this number.
    pub(super) fn add(&mut self, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.0 |= 1_u64.checked_shl(number).unwrap_or(0);
    }

    /// Returns `true` if the cookie of this number is one.
    pub(super) fn contains(self, number: usize) -> bool {
        let bits = u32::try_from(number).ok().and_then(|number| self.0.checked_shr(number));
        bits.is_none_or(|bits| bits & 1 == 1)
    }
}

/// The findings of a visit, whose request may be filtered after the visit is shared.
pub(super) struct Noted {
    candidates: AtomicU64,
    /// Is `true` once what was withheld is listed. If there is no list then, nothing was.
    is_listed: AtomicBool,
    withheld: OnceLock<Withheld>,
}

impl Default for Noted {
    /// All cookies are candidates, until the request is filtered.
    fn default() -> Self {
        Noted {
            candidates: AtomicU64::new(u64::MAX),
            is_listed: AtomicBool::new(false),
            withheld: OnceLock::new(),
        }
    }
}

impl Noted {
    /// Notes which cookies of the request are candidates.
    pub(super) fn note(&self, candidates: Candidates) {
        self.candidates.store(candidates.0, Ordering::Relaxed);
    }

    /// Notes which cookies of the request were withheld.
    pub(super) fn list(&self, notes: Notes) {
        let withheld = Withheld::from(notes);
        if !withheld.is_empty() {
            // A request is filtered once.
            let _ = self.withheld.set(withheld);
        }
        self.is_listed.store(true, Ordering::Release);
    }

    /// Returns `true` if it is known that no cookie was withheld.
    pub(super) fn withheld_none(&self) -> bool {
        self.is_listed.load(Ordering::Acquire) && self.withheld.get().is_none()
    }

    /// The cookies that were withheld; `None` if they were not listed.
    pub(super) fn withheld(&self) -> Option<Withheld> {
        let is_listed = self.is_listed.load(Ordering::Acquire);
        is_listed.then(|| self.withheld.get().cloned().unwrap_or_default())
    }

    /// The candidates of this very moment.
    pub(super) fn candidates(&self) -> Candidates {
        Candidates(self.candidates.load(Ordering::Relaxed))
    }
}
