//! A visitor's choice, and the sources that it is read from.

mod combine;
mod counts;
mod decision;
pub(crate) mod own_cookie;
mod record_id;
mod request;
mod serialize;
mod signal;
mod source;
pub(crate) mod unknown_id;

pub(crate) use crate::choice::combine::read_copies;
pub(crate) use crate::choice::counts::{Clock, epoch_seconds};
pub use crate::choice::decision::{Decision, UnknownDecision};
pub use crate::choice::own_cookie::{OwnCookie, TooLong};
pub use crate::choice::record_id::RecordId;
pub use crate::choice::request::RequestHeaders;
pub use crate::choice::signal::{Dnt, Gpc};
pub use crate::choice::source::{ConsentSource, SourceFn, source_fn};
pub use crate::choice::unknown_id::UnknownId;

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use crate::bit_set::BitSet;
use crate::choice::counts::Stated;
use crate::choice::unknown_id::UnknownIds;
use crate::registry::{Id, Registry};

/// A visitor's choice: nothing yet, or grants and refusals of categories and services.
///
/// ```
/// use tower_cookie_consent::{Choice, Decision, Registry};
///
/// let registry = Registry::builder()
///     .version("1")
///     .category(Category::consent("analytics"))
///     .category(Category::consent("chat"))
///     .build()?;
/// let choice = Choice::decided(&registry).refuse_all().grant("analytics");
///
/// assert_eq!(choice.decision("analytics"), Some(Decision::Granted));
/// assert_eq!(choice.decision("chat"), Some(Decision::Refused));
/// # use tower_cookie_consent::registry::Category;
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
///
/// It serializes to what a page's script or a template wants
/// ([example](#impl-Serialize-for-Choice)).
///
/// # Unknown ids
///
/// An id that the registry does not know decides nothing, and is not an error either, since ids may
/// come from a form. It is kept among the [`unknown_ids`](Self::unknown_ids), `Debug` shows it, and
/// with the feature `tracing` a warning tells of it, once, with the id that was probably meant.
/// [`try_grant`](Self::try_grant) and [`try_refuse`](Self::try_refuse) return it as an error.
#[derive(Clone)]
#[must_use]
pub struct Choice {
    registry: Registry,
    decided: bool,
    granted: BitSet,
    refused: BitSet,
    stated: Stated,
    unknown: UnknownIds,
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
            unknown: UnknownIds::default(),
        }
    }

    /// The visitor has chosen. What is neither granted nor refused is not granted.
    pub fn decided(registry: &Registry) -> Self {
        let mut choice = Choice::undecided(registry);
        choice.decided = true;
        choice
    }

    /// The visitor has sent a form with a box for each category and each service that asks, and
    /// ticked the boxes of these ids.
    ///
    /// What is ticked is granted, and what is not ticked is refused, each by itself: a service whose
    /// box is empty is refused even where its category is ticked. So this is not for a form that
    /// shows boxes for categories alone. There, take [`refuse_all`](Self::refuse_all) and
    /// [`grant`](Self::grant) each ticked category, whose services follow it.
    ///
    /// Ids that do not ask are passed over, and unknown ids go where [unknown ids](Self#unknown-ids)
    /// go.
    ///
    /// ```
    /// # use tower_cookie_consent::registry::{Category, Service};
    /// # use tower_cookie_consent::{Choice, Decision, Registry};
    /// # let registry = Registry::builder()
    /// #     .version("1")
    /// #     .category(
    /// #         Category::consent("analytics").service(Service::new("matomo")).service(Service::new("hotjar")),
    /// #     )
    /// #     .build()?;
    /// let choice = Choice::from_ticked(&registry, ["analytics", "matomo"]);
    /// assert_eq!(choice.decision("matomo"), Some(Decision::Granted));
    /// assert_eq!(choice.decision("hotjar"), Some(Decision::Refused));
    /// # Ok::<(), tower_cookie_consent::ConfigError>(())
    /// ```
    pub fn from_ticked<I>(registry: &Registry, ids: I) -> Self
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let mut choice = Choice::decided(registry);
        for id in ids {
            match choice.known(id.as_ref()) {
                Some(id) if registry.asks(id) => choice.grant_id(id),
                _ => {}
            }
        }
        for (id, _) in registry.ids().filter(|(id, _)| registry.asks(*id)) {
            if !choice.granted.contains(id.index()) {
                choice.refuse_id(id);
            }
        }
        choice
    }

    /// The choice with these grants, which count if it is decided, and these refusals in place of its own.
    pub(crate) fn with_decisions(self, granted: BitSet, refused: BitSet) -> Self {
        Choice { granted, refused, ..self }
    }

    /// Grants a category or a service. An unknown id grants nothing ([Unknown ids](#unknown-ids)).
    pub fn grant(mut self, id: &str) -> Self {
        if let Some(id) = self.known(id) {
            self.grant_id(id);
        }
        self
    }

    /// Refuses a category or a service. An unknown id refuses nothing ([Unknown ids](#unknown-ids)).
    pub fn refuse(mut self, id: &str) -> Self {
        if let Some(id) = self.known(id) {
            self.refuse_id(id);
        }
        self
    }

    /// Grants a category or a service.
    ///
    /// # Errors
    ///
    /// [`UnknownId`] if the registry has neither.
    pub fn try_grant(mut self, id: &str) -> Result<Self, UnknownId> {
        let id = self.registry.id(id).ok_or_else(|| UnknownId::new(id, &self.registry))?;
        self.grant_id(id);
        Ok(self)
    }

    /// Refuses a category or a service.
    ///
    /// # Errors
    ///
    /// [`UnknownId`] if the registry has neither.
    pub fn try_refuse(mut self, id: &str) -> Result<Self, UnknownId> {
        let id = self.registry.id(id).ok_or_else(|| UnknownId::new(id, &self.registry))?;
        self.refuse_id(id);
        Ok(self)
    }

    /// The number of an id, which is noted if the registry does not know it.
    fn known(&mut self, id: &str) -> Option<Id> {
        let known = self.registry.id(id);
        if known.is_none() {
            unknown_id::tell(id, &self.registry);
            self.unknown.add(id);
        }
        known
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

    /// States under which version of the policy the choice was made ([R7](crate::rules#r7)).
    pub fn under_version(mut self, version: &str) -> Self {
        let this_version = version == self.registry.version();
        self.state_version(this_version);
        self
    }

    /// States that its version is the policy's, or that it is another one.
    pub(crate) fn state_version(&mut self, this_version: bool) {
        self.stated.version(this_version);
    }

    /// Returns `true` if it was made under another version of the policy.
    pub(crate) fn is_of_another_version(&self) -> bool {
        self.stated.is_of_another_version()
    }

    /// States when the choice was made ([R7](crate::rules#r7)), to the second, by a server's clock: a time more than 60
    /// seconds ahead of the policy's clock does not count.
    pub fn made_at(mut self, time: SystemTime) -> Self {
        self.stated.forget_times();
        self.state_seconds(epoch_seconds(time), Clock::Server);
        self
    }

    /// States when the choice was made ([R7](crate::rules#r7)), to the second, by the visitor's own clock, as a page's
    /// script reads it: a time up to a day ahead of the policy's clock counts as the present.
    pub fn made_at_by_visitor(mut self, time: SystemTime) -> Self {
        self.stated.forget_times();
        self.state_seconds(epoch_seconds(time), Clock::Visitor);
        self
    }

    /// States when the choice was made, in seconds since the epoch; if it is stated again, both
    /// count.
    pub(crate) fn state_seconds(&mut self, seconds: i64, clock: Clock) {
        self.stated.time(seconds, clock);
    }

    /// Returns `true` if the visitor has chosen at all.
    pub fn is_decided(&self) -> bool {
        self.decided
    }

    /// Returns `true` if both are decided, or neither is, and decide the same on every category and
    /// service, as of the same time.
    pub(crate) fn says_the_same_as(&self, other: &Self) -> bool {
        (self.decided, self.seconds()) == (other.decided, other.seconds())
            && self.decisions().eq(other.decisions())
    }

    /// The decision on a category or a service by its own name; `None` if there is none, and for
    /// an id that the registry does not know.
    pub fn decision(&self, id: &str) -> Option<Decision> {
        self.decision_on(self.registry.id(id)?)
    }

    /// Every category and service that something was said of by its own name, and what: first
    /// the categories, then the services, each in the registry's order.
    pub fn decisions(&self) -> impl Iterator<Item = (&str, Decision)> {
        self.registry.ids().filter_map(|(id, name)| Some((name, self.decision_on(id)?)))
    }

    /// The ids that the choice was to grant or refuse and that the registry does not know: each
    /// once, the first 16 of them, cut behind 64 bytes ([Unknown ids](#unknown-ids)).
    pub fn unknown_ids(&self) -> impl ExactSizeIterator<Item = &str> {
        self.unknown.iter()
    }

    /// The time at which the choice was made, where that is known, to the second. Of a choice that a policy has
    /// read it is never ahead of the policy's clock.
    pub fn time(&self) -> Option<SystemTime> {
        self.seconds().and_then(counts::system_time)
    }

    /// [`time`](Self::time) in seconds since the epoch.
    pub(crate) fn seconds(&self) -> Option<i64> {
        self.stated.earliest()
    }

    pub(crate) fn registry(&self) -> &Registry {
        &self.registry
    }

    pub(crate) fn decision_on(&self, id: Id) -> Option<Decision> {
        if self.refused.contains(id.index()) {
            Some(Decision::Refused)
        } else if self.decided && self.granted.contains(id.index()) {
            Some(Decision::Granted)
        } else {
            None
        }
    }

    /// The decision that counts for a category or a service, be it named or not (R6).
    pub(crate) fn decision_meant_for(&self, id: Id) -> Option<Decision> {
        match self.registry.service_category(id) {
            Some(category) => self.decision_for(category, Some(id)),
            None => self.decision_on(id),
        }
    }

    /// Returns `true` for a service that has the same decision as its category.
    pub(crate) fn follows_category(&self, id: Id) -> bool {
        let category = self.registry.service_category(id);
        category.is_some_and(|category| self.decision_on(category) == self.decision_on(id))
    }

    /// The service's own decision where there is one, else its category's (R6).
    pub(crate) fn decision_for(&self, category: Id, service: Option<Id>) -> Option<Decision> {
        service.and_then(|service| self.decision_on(service)).or_else(|| self.decision_on(category))
    }

    /// Leaves the choice as it counts now: undecided, with its refusals, if it was made under
    /// another version of the policy, too long ago or in the future (R7).
    pub(crate) fn expire(&mut self, now: impl FnOnce() -> SystemTime) {
        if !self.stated.counts(self.registry.consent_lifetime(), now) {
            // A refusal is an objection: neither time nor a new version takes it back.
            let refused = std::mem::take(&mut self.refused);
            let unknown = std::mem::take(&mut self.unknown);
            *self = Choice { refused, unknown, ..Choice::undecided(&self.registry) };
        }
    }

    /// The same grants and refusals in a decided choice: a visitor whose choice is stored has made
    /// one.
    pub(crate) fn as_decided(&self) -> Self {
        Choice { decided: true, ..self.clone() }
    }

    /// The choice as it will be read after it is stored at this time: with the ids of this
    /// registry, and under its version.
    pub(crate) fn as_stored(&self, registry: &Registry, now: SystemTime) -> Self {
        let mut choice = self.as_decided().translated_to(registry).into_owned();
        choice.stated = Stated::default();
        choice.state_version(true);
        choice.state_seconds(epoch_seconds(now), Clock::Server);
        choice
    }

    /// The same choice by the ids of this registry, whichever registry it was made with.
    pub(crate) fn translated_to(&self, registry: &Registry) -> Cow<'_, Self> {
        if self.registry.is_same(registry) {
            return Cow::Borrowed(self);
        }
        let mut choice = Choice { decided: self.decided, ..Choice::undecided(registry) };
        choice.stated = if registry.version() == self.registry.version() {
            self.stated
        } else {
            self.stated.to_another_version()
        };
        choice.unknown = self.unknown.clone();
        for (name, decision) in self.decisions() {
            match registry.id(name) {
                Some(id) if decision == Decision::Granted => choice.grant_id(id),
                Some(id) => choice.refuse_id(id),
                // This registry need not know ids that only the other one has.
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
    pub(crate) fn take_back(&mut self) {
        self.decided = false;
        self.granted = BitSet::default();
    }

    pub(crate) fn refuse_id(&mut self, id: Id) {
        self.refused.insert(id.index());
        self.granted.remove(id.index());
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut choice = f.debug_struct(if self.decided { "Decided" } else { "Undecided" });
        for (id, decision) in self.decisions() {
            choice.field(id, &decision);
        }
        if self.unknown.iter().len() > 0 {
            choice.field("unknown_ids", &self.unknown_ids().collect::<Vec<_>>());
        }
        choice.finish_non_exhaustive()
    }
}
