//! What a visitor decided, and where that is read from.

mod combine;
mod counts;
pub(crate) mod own_cookie;
mod request;
mod signal;
mod source;

pub use crate::choice::own_cookie::{OwnCookie, TooLong};
pub use crate::choice::request::RequestHeaders;
pub use crate::choice::signal::{Dnt, Gpc};
pub use crate::choice::source::ConsentSource;

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use crate::bit_set::BitSet;
use crate::choice::counts::Stated;
use crate::registry::{Id, Registry};

/// What a visitor chose: nothing yet, or grants and refusals of categories and services.
///
/// An id that the registry does not know grants nothing and refuses nothing.
///
/// ```
/// # use tower_cookie_consent::{Choice, Registry};
/// # let registry = Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'\n[categories.chat]\nbasis = 'consent'").unwrap();
/// let choice = Choice::decided(&registry).refuse_all().grant("analytics");
/// assert_eq!(choice.decision("analytics"), Some(true));
/// assert_eq!(choice.decision("chat"), Some(false));
/// ```
#[derive(Clone)]
#[must_use]
pub struct Choice {
    registry: Registry,
    decided: bool,
    granted: BitSet,
    refused: BitSet,
    stated: Stated,
}

impl Choice {
    /// The visitor has not chosen: nothing is granted.
    ///
    /// Refusals can be added, where a signal such as `Sec-GPC` refuses for a visitor who has not
    /// answered the banner; grants do not count until the choice is stored.
    pub fn undecided(registry: &Registry) -> Self {
        Choice {
            registry: registry.clone(),
            decided: false,
            granted: BitSet::default(),
            refused: BitSet::default(),
            stated: Stated::default(),
        }
    }

    /// The visitor has chosen. What is neither granted nor refused is not granted.
    pub fn decided(registry: &Registry) -> Self {
        let mut choice = Choice::undecided(registry);
        choice.decided = true;
        choice
    }

    /// Grants a category or a service.
    pub fn grant(mut self, id: &str) -> Self {
        if let Some(id) = self.registry.id(id) {
            self.grant_id(id);
        }
        self
    }

    /// Refuses a category or a service.
    pub fn refuse(mut self, id: &str) -> Self {
        if let Some(id) = self.registry.id(id) {
            self.refuse_id(id);
        }
        self
    }

    /// Grants every category that asks the visitor, whatever was said before; their services
    /// follow them.
    pub fn grant_all(self) -> Self {
        self.decide_all(Self::grant_id)
    }

    /// Refuses every category that asks the visitor, whatever was said before; their services
    /// follow them.
    pub fn refuse_all(self) -> Self {
        self.decide_all(Self::refuse_id)
    }

    fn decide_all(self, decide: fn(&mut Self, Id)) -> Self {
        let (granted, refused) = Default::default();
        let mut choice = Choice { granted, refused, ..self };
        let registry = choice.registry.clone();
        registry.asking_categories().for_each(|id| decide(&mut choice, id));
        choice
    }

    /// States under which version of the policy the choice was made (R7).
    pub fn under_version(mut self, version: &str) -> Self {
        let this_version = version == self.registry.version();
        self.state_version(this_version);
        self
    }

    /// States whether its version is the policy's.
    pub(crate) fn state_version(&mut self, this_version: bool) {
        self.stated.version(this_version);
    }

    /// States when the choice was made; if it is stated again, both count.
    pub(crate) fn state_time(&mut self, time: SystemTime) {
        self.stated.add_time(time);
    }

    /// States when the choice was made (R7).
    pub fn made_at(mut self, time: SystemTime) -> Self {
        self.stated.set_time(time);
        self
    }

    /// Whether the visitor has chosen at all.
    pub fn is_decided(&self) -> bool {
        self.decided
    }

    /// What was said of a category or a service by its own name; `None` if nothing was.
    pub fn decision(&self, id: &str) -> Option<bool> {
        self.decision_on(self.registry.id(id)?)
    }

    /// When the choice was made, where that is known.
    pub fn time(&self) -> Option<SystemTime> {
        self.stated.time()
    }

    pub(crate) fn registry(&self) -> &Registry {
        &self.registry
    }

    pub(crate) fn decision_on(&self, id: Id) -> Option<bool> {
        if self.refused.contains(id.index()) {
            Some(false)
        } else if self.decided && self.granted.contains(id.index()) {
            Some(true)
        } else {
            None
        }
    }

    /// The service's own decision where there is one, else its category's (R6).
    pub(crate) fn decision_for(&self, category: Id, service: Option<Id>) -> Option<bool> {
        service.and_then(|service| self.decision_on(service)).or_else(|| self.decision_on(category))
    }

    /// Leaves the choice as it counts now: undecided, with its refusals, if it was made under
    /// another version of the policy, too long ago or in the future (R7).
    pub(crate) fn expire(&mut self, now: impl FnOnce() -> SystemTime) {
        if self.stated.is_stale(self.registry.consent_lifetime(), now) {
            // A refusal is an objection: neither time nor a new version takes it back.
            let refused = std::mem::take(&mut self.refused);
            *self = Choice { refused, ..Choice::undecided(&self.registry) };
        }
    }

    /// The same grants and refusals as those of a visitor who has decided: who stores a choice has
    /// made it.
    pub(crate) fn as_decided(&self) -> Self {
        Choice { decided: true, ..self.clone() }
    }

    /// The same choice by the ids of this registry, whichever registry it was made with.
    pub(crate) fn translated_to(&self, registry: &Registry) -> Cow<'_, Self> {
        if self.registry.is_same(registry) {
            return Cow::Borrowed(self);
        }
        let mut choice = Choice { decided: self.decided, ..Choice::undecided(registry) };
        choice.stated = self.stated;
        for (id, name) in self.registry.ids() {
            match self.decision_on(id) {
                Some(true) => choice = choice.grant(name),
                Some(false) => choice = choice.refuse(name),
                None => {}
            }
        }
        Cow::Owned(choice)
    }

    pub(crate) fn grant_id(&mut self, id: Id) {
        self.granted.insert(id.index());
        self.refused.remove(id.index());
    }

    /// Takes back all grants: the visitor has not chosen. Refusals stay.
    #[cfg(feature = "cmp")]
    pub(crate) fn take_back(&mut self) {
        self.decided = false;
        self.granted = BitSet::default();
    }

    /// Takes back the grants of these ids; refusals stay.
    #[cfg(feature = "cmp")]
    pub(crate) fn leave_open(&mut self, ids: &BitSet) {
        self.granted.subtract(ids);
    }

    pub(crate) fn refuse_id(&mut self, id: Id) {
        self.refused.insert(id.index());
        self.granted.remove(id.index());
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut choice = f.debug_struct(if self.decided { "Decided" } else { "Undecided" });
        for (id, name) in self.registry.ids() {
            if let Some(granted) = self.decision_on(id) {
                choice.field(name, &granted);
            }
        }
        choice.finish_non_exhaustive()
    }
}
