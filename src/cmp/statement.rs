//! What a CMP's cookies say, in the registry's words.

use crate::bit_set::BitSet;
use crate::choice::{Choice, Clock};
use crate::cmp::context::Context;
use crate::registry::Id;

/// A choice as it is being read.
///
/// What is said is noted, by the place of the CMP's id in the site's map where it has one, else by
/// the id of the registry that it leads to. It is put together once all is said, so that the cost
/// does not depend on how often something is repeated.
pub(crate) struct Statement<'a> {
    context: Context<'a>,
    /// What was said of the CMP's ids that the site maps.
    places: Notes,
    /// What was said of ids of the registry.
    ids: Notes,
    times: Vec<i64>,
    /// Only grants are written down: what was not granted was refused.
    lists_grants: bool,
    /// Only refusals count: the visitor objected, and answered nothing.
    only_objects: bool,
    /// Whether every revision stated is the required one; `None` before the first.
    this_revision: Option<bool>,
}

/// What was said of ids, each told by a number. Of one id, all of it may have been said.
#[derive(Default)]
struct Notes {
    granted: BitSet,
    refused: BitSet,
    /// The visitor was asked, and has not answered.
    open: BitSet,
    /// The services inside were granted one by one: those that were not were refused.
    itemized: BitSet,
}

impl Notes {
    fn decide(&mut self, number: usize, granted: bool) {
        self.note(number, Some(granted));
    }

    /// Notes a decision, or with `None` that there was none.
    fn note(&mut self, number: usize, decision: Option<bool>) {
        match decision {
            Some(true) => self.granted.insert(number),
            Some(false) => self.refused.insert(number),
            None => self.open.insert(number),
        }
    }

    fn speak_of(&self, number: usize) -> bool {
        [&self.granted, &self.refused, &self.open].iter().any(|set| set.contains(number))
    }

    /// Repeats what `other` says of its number `from`.
    fn repeat(&mut self, other: &Notes, from: usize, number: usize) {
        for (mine, its) in [
            (&mut self.granted, &other.granted),
            (&mut self.refused, &other.refused),
            (&mut self.open, &other.open),
            (&mut self.itemized, &other.itemized),
        ] {
            if its.contains(from) {
                mine.insert(number);
            }
        }
    }
}

impl<'a> Statement<'a> {
    pub(crate) fn new(context: Context<'a>) -> Self {
        Statement {
            context,
            places: Notes::default(),
            ids: Notes::default(),
            times: Vec::new(),
            lists_grants: false,
            only_objects: false,
            this_revision: None,
        }
    }

    /// The visitor granted or refused what the CMP calls `cmp_id`.
    pub(crate) fn decide(&mut self, cmp_id: &str, granted: bool) {
        if let Some((notes, number)) = self.notes_on(cmp_id) {
            notes.decide(number, granted);
        }
    }

    /// The visitor granted or refused what the CMP calls by `prefix` and a number, or left it open
    /// (`None`). The numbers are those that the site maps: the registry has no such ids.
    pub(crate) fn decide_numbered(&mut self, prefix: &str, decision: impl Fn(u64) -> Option<bool>) {
        for (place, (cmp_id, _)) in self.context.source.mappings().enumerate() {
            let number = cmp_id.strip_prefix(prefix).and_then(|number| number.parse().ok());
            if let Some(number) = number {
                self.places.note(place, decision(number));
            }
        }
    }

    /// The visitor granted or refused what usually goes by `cmp_id`, or left it open (`None`),
    /// unless the site maps another id to it.
    pub(crate) fn decide_unless_mapped(&mut self, cmp_id: &str, decision: Option<bool>) {
        if let Some(place) = self.context.source.place(cmp_id) {
            self.places.note(place, decision);
        } else if let Some(id) = self.context.unmapped(cmp_id)
            && self.context.mapped_to_answers().all(|(_, mapped)| mapped != id)
        {
            self.ids.note(id.index(), decision);
        }
    }

    /// The visitor was asked about `cmp_id`, and has not answered.
    pub(crate) fn leave_open(&mut self, cmp_id: &str) {
        if let Some((notes, number)) = self.notes_on(cmp_id) {
            notes.open.insert(number);
        }
    }

    /// The visitor granted or refused everything at once, with a switch called `all`.
    pub(crate) fn decide_all(&mut self, granted: bool) {
        if let Some(place) = self.context.source.place("all") {
            self.places.decide(place, granted);
        } else {
            let asking = self.context.registry.asking_categories();
            asking.for_each(|id| self.ids.decide(id.index(), granted));
        }
    }

    /// The visitor granted or refused the cookie of this name, and with it what it belongs to.
    pub(crate) fn decide_cookie(&mut self, name: &str, granted: bool) {
        if let Some(place) = self.context.source.place(name) {
            self.places.decide(place, granted);
            self.places.itemized.insert(place);
        } else if let Some(rule) = self.context.registry.lookup(name.as_bytes()) {
            let id = rule.service.unwrap_or(rule.category).index();
            self.ids.decide(id, granted);
            // One cookie of a category says nothing of the services in it.
            self.ids.itemized.insert(id);
        }
    }

    /// The services in what `cmp_id` leads to were granted one by one.
    pub(crate) fn itemize(&mut self, cmp_id: &str) {
        if let Some((notes, number)) = self.notes_on(cmp_id) {
            notes.itemized.insert(number);
        }
    }

    /// What was not granted was refused: the CMP writes down grants only.
    pub(crate) fn refuse_rest(&mut self) {
        self.lists_grants = true;
    }

    /// The visitor objected to what `Sec-GPC` refuses.
    pub(crate) fn object_as_gpc(&mut self) {
        let marked = self.context.registry.refused_by_gpc();
        marked.for_each(|id| self.ids.refused.insert(id.index()));
    }

    /// The visitor answered nothing, and objected to what was refused.
    pub(crate) fn only_object(&mut self) {
        self.only_objects = true;
    }

    /// The choice was made at this time (R7), in seconds since the epoch by the visitor's clock; and
    /// where several are stated, at each.
    pub(crate) fn made_at(&mut self, seconds: i64) {
        self.times.push(seconds);
    }

    /// The choice was made under this revision; of several, each has to be the required one.
    pub(crate) fn revision(&mut self, revision: &str) {
        let required = self.context.source.revision() == Some(revision);
        self.this_revision = Some(required && self.this_revision != Some(false));
    }

    /// The revisions are checked one by one, with [`is_since_revision`](Self::is_since_revision).
    pub(crate) fn revisions_are_checked(&mut self) {
        self.this_revision = Some(true);
    }

    /// Tells of revisions that have an order whether one is not before the required one.
    pub(crate) fn is_since_revision(&self, revision: &str) -> bool {
        self.context.source.revision().is_none_or(|required| revision >= required)
    }

    pub(crate) fn requires_revision(&self) -> bool {
        self.context.source.revision().is_some()
    }

    /// Puts together what was said: where several ids of the CMP lead to one of the registry, a
    /// refusal of one refuses it, and one left open leaves it open.
    pub(crate) fn choice(mut self) -> Choice {
        let registry = self.context.registry;
        self.repeat_for_mapped();
        if self.lists_grants {
            for id in registry.asking_categories() {
                if !self.is_granted(id) {
                    self.ids.refused.insert(id.index());
                }
            }
        }
        let start = if self.only_objects { Choice::undecided } else { Choice::decided };
        let mut choice = start(registry);
        for (id, _) in registry.ids() {
            let category = registry.service_category(id);
            let itemized = category.is_some_and(|it| self.ids.itemized.contains(it.index()));
            if self.ids.refused.contains(id.index()) || (itemized && !self.is_granted(id)) {
                choice.refuse_id(id);
            } else if self.is_granted(id) && !self.ids.open.contains(id.index()) {
                choice.grant_id(id);
            }
        }
        self.times.iter().for_each(|&seconds| choice.state_seconds(seconds, Clock::Visitor));
        if self.requires_revision() {
            choice.state_version(self.this_revision == Some(true));
        }
        choice
    }

    /// Repeats what was said of ids that the site maps, of the ids that they are mapped to.
    fn repeat_for_mapped(&mut self) {
        let registry = self.context.registry;
        for (place, id) in self.context.mapped() {
            self.ids.repeat(&self.places, place, id.index());
        }
        for (service, _) in registry.ids() {
            // Else a service that was left open would be granted with its category.
            if let Some(category) = registry.service_category(service)
                && self.ids.open.contains(service.index())
            {
                self.ids.open.insert(category.index());
            }
        }
        let answers = self.context.mapped_to_answers();
        for (_, id) in answers.filter(|(place, _)| !self.places.speak_of(*place)) {
            let unnamed =
                if self.lists_grants { &mut self.ids.refused } else { &mut self.ids.open };
            unnamed.insert(id.index());
        }
    }

    fn is_granted(&self, id: Id) -> bool {
        self.ids.granted.contains(id.index()) && !self.ids.refused.contains(id.index())
    }

    /// The notes on an id of the CMP, and its number there; `None` if it leads nowhere.
    fn notes_on(&mut self, cmp_id: &str) -> Option<(&mut Notes, usize)> {
        match self.context.source.place(cmp_id) {
            Some(place) => Some((&mut self.places, place)),
            None => Some((&mut self.ids, self.context.unmapped(cmp_id)?.index())),
        }
    }
}
