//! What the site and its registry say of a CMP's ids.

use crate::registry::{CmpSource, Id, Registry, Usual};

/// The source of one CMP, and the registry whose words its choice is put into.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) source: &'a CmpSource,
    pub(crate) registry: &'a Registry,
}

impl<'a> Context<'a> {
    /// What the site maps an id of the CMP to is not asked here. Else the id leads to what has its
    /// name in the registry, and else to what it usually means (R18).
    pub(crate) fn unmapped(&self, cmp_id: &str) -> Option<Id> {
        match self.source.cmp().usual(cmp_id) {
            // Never by its name: what one CMP calls `functional` is necessary to another.
            Some(Usual::Necessary) => self.usually(Usual::Necessary),
            Some(usual) => self.registry.id(cmp_id).or_else(|| self.usually(usual)),
            None => self.registry.id(cmp_id),
        }
    }

    /// The registry's category or service for a purpose, by the first of its names that there is.
    fn usually(&self, usual: Usual) -> Option<Id> {
        usual.names().iter().find_map(|name| self.registry.id(name))
    }

    /// The ids of the registry that the site maps ids of the CMP to, each with the place of the
    /// CMP's id among the mappings.
    pub(crate) fn mapped(&self) -> impl Iterator<Item = (usize, Id)> + use<'a> {
        self.mapped_where(|_| true)
    }

    /// The same without ids under which the visitor can only object: that one was not said grants
    /// nothing and takes nothing away.
    pub(crate) fn mapped_to_answers(&self) -> impl Iterator<Item = (usize, Id)> + use<'a> {
        let cmp = self.source.cmp();
        self.mapped_where(move |cmp_id| cmp.usual(cmp_id) != Some(Usual::OptOut))
    }

    fn mapped_where<F: Fn(&str) -> bool>(
        &self,
        wanted: F,
    ) -> impl Iterator<Item = (usize, Id)> + use<'a, F> {
        let registry = self.registry;
        let mappings = self.source.mappings().enumerate();
        mappings.filter(move |(_, (cmp_id, _))| wanted(cmp_id)).flat_map(
            move |(place, (_, ids))| {
                ids.iter().filter_map(move |id| Some((place, registry.id(id)?)))
            },
        )
    }
}
