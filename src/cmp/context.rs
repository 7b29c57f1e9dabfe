//! The context of a reading: the site and its registry say what a CMP's ids mean.

use crate::cmp::work;
use crate::registry::{CmpSource, Id, Registry, Usual};

/// The source of one CMP, and the registry whose words its choice is put into.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) source: &'a CmpSource,
    pub(crate) registry: &'a Registry,
}

impl Context<'_> {
    /// The site's map is not asked here. An id that is not mapped leads to what has its
    /// name in the registry, and else to what it usually means (R18).
    pub(crate) fn unmapped(&self, cmp_id: &str) -> Option<Id> {
        match self.source.cmp().usual(cmp_id) {
            // Never by its name: what one CMP calls `functional` is necessary to another.
            Some(Usual::Necessary) => self.registry.usual_id(Usual::Necessary),
            Some(usual) => self.registry.id(cmp_id).or_else(|| self.registry.usual_id(usual)),
            None => self.registry.id(cmp_id),
        }
    }

    /// Tells whether an id of the CMP usually means what asks nobody.
    pub(crate) fn is_necessary(&self, cmp_id: &str) -> bool {
        self.source.cmp().usual(cmp_id) == Some(Usual::Necessary)
    }

    /// Tells whether the visitor can only object under an id of the CMP: that it was not said then
    /// grants nothing and takes nothing away.
    pub(crate) fn only_objects(&self, cmp_id: &str) -> bool {
        self.source.cmp().usual(cmp_id) == Some(Usual::OptOut)
    }

    /// Tells whether the site maps to an id of the registry one of the CMP under which the visitor
    /// grants.
    pub(crate) fn is_mapped(&self, id: Id) -> bool {
        let mut mappings = self.source.mappings();
        mappings.any(|(cmp_id, ids)| {
            work::step();
            !self.only_objects(cmp_id) && ids.iter().any(|name| self.registry.id(name) == Some(id))
        })
    }
}
