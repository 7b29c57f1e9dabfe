//! What is known of one visitor's choice, by all copies of a consent together.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use http::header::HeaderValue;

use crate::choice::Choice;

/// A choice that is read once, however many copies of its consent there are.
#[derive(Clone)]
pub(super) enum Reading {
    /// Of a consent that nobody else holds: the usual one allocates nothing.
    Own(Known),
    Shared(Arc<Shared>),
    /// Read from a choice that is not sent yet, with what the consent that it was asked of shares.
    Supposed(Known, Option<Arc<Shared>>),
}

/// What was found out about one visitor's choice.
#[derive(Clone, Default)]
pub(super) struct Known {
    choice: OnceLock<Choice>,
    /// Set once the application has asked, so that its answer depends on the choice (R23).
    asked: OnceLock<()>,
}

/// What the copies of one request's consent know together.
#[derive(Default)]
pub(super) struct Shared {
    known: Known,
    /// The lines by which they store or withdraw the choice, where the policy lets no others renew
    /// it (R9).
    written: Mutex<Vec<HeaderValue>>,
}

impl Known {
    pub(super) fn choice(&self) -> &OnceLock<Choice> {
        &self.choice
    }
}

impl From<Choice> for Known {
    fn from(choice: Choice) -> Self {
        Known { choice: OnceLock::from(choice), ..Known::default() }
    }
}

impl Shared {
    pub(super) fn written(&self) -> MutexGuard<'_, Vec<HeaderValue>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    pub(super) fn was_asked(&self) -> bool {
        self.known.asked.get().is_some()
    }
}

impl Reading {
    pub(super) fn known(&self) -> &Known {
        match self {
            Reading::Own(known) | Reading::Supposed(known, _) => known,
            Reading::Shared(shared) => &shared.known,
        }
    }

    pub(super) fn shared(&self) -> Option<&Arc<Shared>> {
        match self {
            Reading::Own(_) => None,
            Reading::Shared(shared) => Some(shared),
            Reading::Supposed(_, shared) => shared.as_ref(),
        }
    }

    /// Notes that the application asks. What it asks of a supposed choice, its answer depends on as
    /// well.
    pub(super) fn note_asked(&self) {
        let asked = &self.shared().map_or(self.known(), |shared| &shared.known).asked;
        if asked.get().is_none() {
            // Another copy may have noted it in between, which is as good.
            let _ = asked.set(());
        }
    }

    pub(super) fn was_asked(&self) -> bool {
        self.shared().map_or(self.known(), |shared| &shared.known).asked.get().is_some()
    }
}
