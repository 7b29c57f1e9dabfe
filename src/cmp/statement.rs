//! A statement takes what a CMP's cookies say, and puts it into the registry's words (R18).

use crate::bit_set::BitSet;
use crate::choice::{Choice, Clock};
use crate::cmp::context::Context;
use crate::cmp::{number, work};
use crate::registry::Id;

/// A choice as it is being read.
///
/// What is said is noted, by the place of the CMP's id in the site's map where it has one, else by
/// the id of the registry that it leads to. It is put together once all is said, so that the cost
/// does not depend on how often something is repeated.
pub(crate) struct Statement<'a> {
    context: Context<'a>,
    /// The notes on ids of the CMP that the site maps.
    places: Notes,
    /// The notes on ids of the registry.
    ids: Notes,
    /// The earliest and the latest time that were stated.
    times: Option<(i64, i64)>,
    /// Only grants are written down: what was not granted was refused.
    lists_grants: bool,
    /// Something was refused that leads nowhere. It may stand for any of what asks.
    refuses_unknown: bool,
    /// Only refusals count: the visitor objected, and answered nothing.
    only_objects: bool,
    /// `Some(true)` if every revision that was stated is the required one; `None` before the first.
    this_revision: Option<bool>,
}

/// Notes on ids, each told by a number. An id may have notes of every kind at once.
#[derive(Default)]
struct Notes {
    granted: BitSet,
    refused: BitSet,
    /// The visitor was asked, and has not answered.
    open: BitSet,
    /// The services inside were granted one by one: those that were not were refused.
    itemized: BitSet,
    /// It was granted as a service inside a category, and is refused with that of the registry: the
    /// CMP may have services of one name in several.
    inside: BitSet,
}

impl Notes {
    fn decide(&mut self, number: usize, granted: bool) {
        self.note(number, Some(granted));
    }

    /// Notes a decision, or with `None` that there was none.
    fn note(&mut self, number: usize, decision: Option<bool>) {
        work::step();
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
            (&mut self.inside, &other.inside),
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
            times: None,
            lists_grants: false,
            refuses_unknown: false,
            only_objects: false,
            this_revision: None,
        }
    }

    /// The visitor granted or refused what the CMP calls `cmp_id`.
    pub(crate) fn decide(&mut self, cmp_id: &str, granted: bool) {
        match self.notes_on(cmp_id) {
            Some((notes, number)) => notes.decide(number, granted),
            None => self.refuses_unknown |= !granted && !self.context.is_necessary(cmp_id),
        }
    }

    /// The visitor granted a service inside a category. Its id is `category/service` where the site
    /// maps that, else the service's.
    pub(crate) fn grant_service(&mut self, category: &str, service: &str) {
        if let Some(place) = self.context.source.place_of_pair(category, service) {
            self.places.decide(place, true);
        } else if let Some((notes, number)) = self.notes_on(service) {
            notes.decide(number, true);
            notes.inside.insert(number);
        }
    }

    /// The visitor granted or refused what the CMP calls by `prefix` and a number, or left it open
    /// (`None`). The numbers are those that the site maps: the registry has no such ids.
    pub(crate) fn decide_numbered(&mut self, prefix: &str, decision: impl Fn(u64) -> Option<bool>) {
        self.decide_prefixed(prefix, |number| decision(number::whole(number)?));
    }

    /// Does the same for a text behind the prefix.
    pub(crate) fn decide_prefixed(
        &mut self,
        prefix: &str,
        decision: impl Fn(&str) -> Option<bool>,
    ) {
        for (place, (cmp_id, _)) in self.context.source.mappings().enumerate() {
            work::step();
            if let Some(rest) = cmp_id.strip_prefix(prefix) {
                self.places.note(place, decision(rest));
            }
        }
    }

    /// The visitor granted or refused what usually goes by `cmp_id`, or left it open (`None`),
    /// unless the site maps another id to it.
    pub(crate) fn decide_unless_mapped(&mut self, cmp_id: &str, decision: Option<bool>) {
        if let Some(place) = self.context.source.place(cmp_id) {
            self.places.note(place, decision);
            return;
        }
        match self.context.unmapped(cmp_id) {
            Some(id) if self.context.is_mapped(id) => {}
            Some(id) => self.ids.note(id.index(), decision),
            None => self.refuses_unknown |= decision == Some(false),
        }
    }

    /// The visitor was asked about `cmp_id`, and has not answered.
    pub(crate) fn leave_open(&mut self, cmp_id: &str) {
        if let Some((notes, number)) = self.notes_on(cmp_id) {
            notes.open.insert(number);
        }
    }

    /// The visitor granted or refused everything at once, with a switch called `all`: also what the site maps, unless
    /// it maps this switch.
    pub(crate) fn decide_all(&mut self, granted: bool) {
        self.decide_all_as("all", granted);
    }

    /// Does the same with a switch that the CMP calls `cmp_id`.
    pub(crate) fn decide_all_as(&mut self, cmp_id: &str, granted: bool) {
        let Context { source, registry } = self.context;
        if let Some(place) = source.place(cmp_id).or_else(|| source.place("all")) {
            self.places.decide(place, granted);
            return;
        }
        for (place, (mapped, _)) in source.mappings().enumerate() {
            if !(granted && self.context.only_objects(mapped)) {
                self.places.decide(place, granted);
            }
        }
        for id in registry.asking_categories() {
            self.ids.decide(id.index(), granted);
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
        } else {
            self.refuses_unknown |= !granted;
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
        let (earliest, latest) = self.times.unwrap_or((seconds, seconds));
        self.times = Some((earliest.min(seconds), latest.max(seconds)));
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
        work::step();
        let registry = self.context.registry;
        self.repeat_for_mapped();
        self.judge_services_by_categories();
        if self.lists_grants || self.refuses_unknown {
            for id in registry.asking_categories() {
                if !self.is_granted(id) {
                    self.ids.refused.insert(id.index());
                }
            }
        }
        let is_this_revision = !self.requires_revision() || self.this_revision == Some(true);
        let mut choice = Choice::undecided(registry);
        let Notes { mut granted, refused, open, .. } = self.ids;
        if is_this_revision && !self.only_objects {
            choice = Choice::decided(registry);
            granted.subtract(&refused);
            granted.subtract(&open);
        } else {
            granted = BitSet::default();
        }
        choice = choice.with_decisions(granted, refused);
        for seconds in self.times.into_iter().flat_map(<[i64; 2]>::from) {
            choice.state_seconds(seconds, Clock::Visitor);
        }
        choice
    }

    /// Repeats what was said of ids that the site maps, of the ids that they are mapped to.
    fn repeat_for_mapped(&mut self) {
        let Context { source, registry } = self.context;
        for (place, (cmp_id, names)) in source.mappings().enumerate() {
            let mut leads = names.is_empty();
            let unsaid = !self.places.speak_of(place) && !self.context.only_objects(cmp_id);
            work::step();
            for id in names.iter().filter_map(|name| registry.id(name)) {
                work::step();
                leads = true;
                self.ids.repeat(&self.places, place, id.index());
                if unsaid && self.lists_grants {
                    self.ids.refused.insert(id.index());
                } else if unsaid {
                    self.ids.open.insert(id.index());
                }
            }
            self.refuses_unknown |= !leads && self.places.refused.contains(place);
        }
    }

    /// Decides what services and their categories mean for each other.
    fn judge_services_by_categories(&mut self) {
        let Notes { open, itemized, inside, .. } = &self.ids;
        if open.is_empty() && itemized.is_empty() && inside.is_empty() {
            return;
        }
        let registry = self.context.registry;
        for (service, _) in registry.ids() {
            work::step();
            let Some(category) = registry.service_category(service) else { continue };
            let (service_number, category_number) = (service.index(), category.index());
            let is_refused = self.ids.refused.contains(category_number);
            let refused_inside = is_refused && self.ids.inside.contains(service_number);
            let is_itemized = self.ids.itemized.contains(category_number);
            if refused_inside || (is_itemized && !self.is_granted(service)) {
                self.ids.refused.insert(service_number);
            }
            // Else a service that was left open would be granted with its category.
            if self.ids.open.contains(service_number) {
                self.ids.open.insert(category_number);
            }
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
