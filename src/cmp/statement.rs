//! What a CMP's cookies say, in the registry's words.

use std::time::SystemTime;

use crate::bit_set::BitSet;
use crate::choice::{Choice, Decision};
use crate::cmp::reader::Reader;
use crate::cmp::usual::Usual;
use crate::registry::{Id, Registry};

/// A choice as it is being read. Where several ids of the CMP lead to one of the registry, a
/// refusal of one refuses it, and one left open leaves it open.
pub(crate) struct Statement<'a> {
    reader: &'a Reader<'a>,
    choice: Choice,
    open: BitSet,
    /// The places in the site's map of which something was said.
    named: BitSet,
    /// Whether every revision stated is the required one; `None` before the first.
    this_revision: Option<bool>,
}

impl<'a> Statement<'a> {
    pub(crate) fn new(reader: &'a Reader<'a>) -> Self {
        Statement {
            reader,
            choice: Choice::decided(reader.registry),
            open: BitSet::default(),
            named: BitSet::default(),
            this_revision: None,
        }
    }

    /// The visitor granted or refused what the CMP calls `cmp_id`.
    pub(crate) fn decide(&mut self, cmp_id: &str, granted: bool) {
        self.each(cmp_id, |statement, id| statement.decide_id(id, granted));
    }

    /// The visitor granted or refused what the CMP calls by `prefix` and a number. The numbers are
    /// those that the site maps: the registry has no such ids.
    pub(crate) fn decide_numbered(&mut self, prefix: &str, granted: impl Fn(u64) -> bool) {
        for (cmp_id, _) in self.reader.source.mappings() {
            let number = cmp_id.strip_prefix(prefix).and_then(|number| number.parse().ok());
            if let Some(number) = number {
                self.decide(cmp_id, granted(number));
            }
        }
    }

    /// The visitor granted or refused what usually goes by `cmp_id`, unless the site maps another
    /// id to it.
    pub(crate) fn decide_unless_mapped(&mut self, cmp_id: &str, granted: bool) {
        let reader = self.reader;
        self.each(cmp_id, |statement, id| {
            let mut targets = reader.source.mappings().filter(|(other, _)| *other != cmp_id);
            let is_id = |name: &String| reader.registry.id(name) == Some(id);
            if !targets.any(|(_, ids)| ids.iter().any(is_id)) {
                statement.decide_id(id, granted);
            }
        });
    }

    /// The visitor was asked about `cmp_id`, and has not answered.
    pub(crate) fn leave_open(&mut self, cmp_id: &str) {
        self.each(cmp_id, |statement, id| {
            statement.open.insert(id.index());
            // Else a service would be granted with its category.
            if let Some(category) = statement.registry().service_category(id) {
                statement.open.insert(category.index());
            }
        });
    }

    /// The visitor granted or refused everything at once, with a switch called `all`.
    pub(crate) fn decide_all(&mut self, granted: bool) {
        if self.reader.source.mapped("all").is_some() {
            self.decide("all", granted);
        } else {
            self.registry().asking_categories().for_each(|id| self.decide_id(id, granted));
        }
    }

    /// The visitor granted or refused the cookie of this name, and with it what it belongs to.
    pub(crate) fn decide_cookie(&mut self, name: &str, granted: bool) {
        if self.reader.source.mapped(name).is_some() {
            self.decide(name, granted);
        } else if let Some(rule) = self.registry().lookup(name.as_bytes()) {
            self.decide_id(rule.service.unwrap_or(rule.category), granted);
        }
    }

    /// What was not granted was refused: the CMP writes down grants only.
    pub(crate) fn refuse_rest(&mut self) {
        for id in self.unnamed() {
            self.choice.refuse_id(id);
        }
        for id in self.registry().asking_categories() {
            if self.choice.decision_on(id) != Some(Decision::Granted) {
                self.choice.refuse_id(id);
            }
        }
    }

    /// What the site maps ids to that nothing was said of.
    fn unnamed(&self) -> impl Iterator<Item = Id> + use<'a> {
        let (registry, named) = (self.registry(), self.named.clone());
        let mappings = self.reader.source.mappings().enumerate();
        mappings
            .filter(move |(place, _)| !named.contains(*place))
            .flat_map(|(_, (_, ids))| ids)
            .filter_map(|id| registry.id(id))
    }

    /// Of every category that was granted, the services that were not granted by themselves were
    /// refused.
    pub(crate) fn refuse_services_of_granted(&mut self) {
        self.refuse_services(|choice, category| {
            choice.decision_on(category) == Some(Decision::Granted)
        });
    }

    /// Of what `cmp_id` leads to, the services that were not granted by themselves were refused.
    pub(crate) fn refuse_other_services(&mut self, cmp_id: &str) {
        self.each(cmp_id, |statement, id| statement.refuse_services(|_, category| category == id));
    }

    fn refuse_services(&mut self, of: impl Fn(&Choice, Id) -> bool) {
        let registry = self.registry();
        for (id, _) in registry.ids() {
            let meant = registry.service_category(id).is_some_and(|it| of(&self.choice, it));
            if meant && self.choice.decision_on(id) != Some(Decision::Granted) {
                self.choice.refuse_id(id);
            }
        }
    }

    /// The visitor answered nothing, and objected to what was refused.
    pub(crate) fn only_object(&mut self) {
        self.choice.take_back();
    }

    /// The choice was made at this time (R7), and where several are stated, at each.
    pub(crate) fn made_at(&mut self, time: SystemTime) {
        self.choice.state_time(time);
    }

    /// The revision under which it was made; of several, each has to be the required one.
    pub(crate) fn revision(&mut self, revision: &str) {
        let required = self.reader.source.required_revision() == Some(revision);
        self.this_revision = Some(required && self.this_revision != Some(false));
    }

    /// The revisions are checked one by one, with [`is_since_revision`](Self::is_since_revision).
    pub(crate) fn revisions_are_checked(&mut self) {
        self.this_revision = Some(true);
    }

    /// Whether a revision, where they are ordered, is none before the required one.
    pub(crate) fn is_since_revision(&self, revision: &str) -> bool {
        self.reader.source.required_revision().is_none_or(|required| revision >= required)
    }

    pub(crate) fn requires_revision(&self) -> bool {
        self.reader.source.required_revision().is_some()
    }

    pub(crate) fn registry(&self) -> &'a Registry {
        self.reader.registry
    }

    /// What was stated, all taken together.
    pub(crate) fn choice(mut self) -> Choice {
        if self.reader.source.required_revision().is_some() {
            self.choice.state_version(self.this_revision == Some(true));
        }
        for id in self.unnamed() {
            self.open.insert(id.index());
        }
        self.choice.leave_open(&self.open);
        self.choice
    }

    fn decide_id(&mut self, id: Id, granted: bool) {
        if !granted {
            self.choice.refuse_id(id);
        } else if self.choice.decision_on(id) != Some(Decision::Refused) {
            self.choice.grant_id(id);
        }
    }

    /// What the site maps an id of the CMP to; else what has its name; else what it usually means.
    fn each(&mut self, cmp_id: &str, mut act: impl FnMut(&mut Self, Id)) {
        let registry = self.registry();
        if let Some(ids) = self.reader.source.mapped(cmp_id) {
            self.reader.source.place(cmp_id).inspect(|place| self.named.insert(*place));
            ids.iter().filter_map(|id| registry.id(id)).for_each(|id| act(self, id));
            return;
        }
        let id = match (self.reader.format.usual)(cmp_id) {
            // Never by its name: what one CMP calls `functional` is necessary to another.
            Some(Usual::Necessary) => Usual::Necessary.id(registry),
            Some(usual) => registry.id(cmp_id).or_else(|| usual.id(registry)),
            None => registry.id(cmp_id),
        };
        if let Some(id) = id {
            act(self, id);
        }
    }
}
