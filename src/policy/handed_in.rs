//! The choices that the application handed in from the visitor's account (R24).
//!
//! References to the choice that counted before may still be held when another one is handed in, so
//! what was handed in earlier stays where it is.

use std::sync::OnceLock;

use crate::choice::Choice;

/// The choices that the application handed in for one request, each entry behind the one that it
/// replaces.
#[derive(Default)]
pub(super) struct HandedIn(OnceLock<Box<Entry>>);

struct Entry {
    /// `None` where the device's own choice counts again.
    given: Option<Choice>,
    /// The choice that counts together with it, kept once it was asked for.
    counting: OnceLock<Choice>,
    later: HandedIn,
}

impl HandedIn {
    fn of(given: Option<Choice>) -> Self {
        let entry = Entry { given, counting: OnceLock::new(), later: HandedIn::default() };
        HandedIn(OnceLock::from(Box::new(entry)))
    }

    /// Puts a choice in the place of the one before.
    pub(super) fn hand_in(&self, given: Option<Choice>) {
        let mut entry =
            Box::new(Entry { given, counting: OnceLock::new(), later: HandedIn::default() });
        let mut place = self;
        // Another thread may get there first; then this one comes behind it.
        while let Err(back) = place.0.set(entry) {
            let Some(there) = place.0.get() else { return };
            (entry, place) = (back, &there.later);
        }
    }

    fn last(&self) -> Option<&Entry> {
        let mut last = self.0.get()?;
        while let Some(later) = last.later.0.get() {
            last = later;
        }
        Some(last)
    }

    /// The account's choice; `None` if none counts.
    pub(super) fn given(&self) -> Option<&Choice> {
        self.last()?.given.as_ref()
    }

    /// Returns `true` if a choice of the account counted at any time of the request.
    pub(super) fn was_given(&self) -> bool {
        let mut entry = self.0.get();
        while let Some(it) = entry {
            if it.given.is_some() {
                return true;
            }
            entry = it.later.0.get();
        }
        false
    }

    /// The choice that counts, which is made once of the account's; `None` if there is none.
    pub(super) fn counting(&self, make: impl FnOnce(&Choice) -> Choice) -> Option<&Choice> {
        let last = self.last()?;
        let given = last.given.as_ref()?;
        Some(last.counting.get_or_init(|| make(given)))
    }
}

/// A clone stands beside another device's choice, so the choice that counts is made anew.
impl Clone for HandedIn {
    fn clone(&self) -> Self {
        self.given().map_or_else(HandedIn::default, |given| HandedIn::of(Some(given.clone())))
    }
}

/// Drops one entry after the other, since recursion over a long row of them could exhaust the
/// stack.
impl Drop for HandedIn {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut entry) = next {
            next = entry.later.0.take();
        }
    }
}
