//! A checked registry's contents: ids resolved to places, lifetimes to seconds.

use super::basis::Basis;
use super::id::Id;
use super::max_lifetime::MaxLifetime;
use super::text::Text;

#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) categories: Vec<CategoryRecord>,
    pub(super) services: Vec<ServiceRecord>,
    pub(super) declarations: Vec<DeclarationRecord>,
}

#[derive(Debug)]
pub(super) struct CategoryRecord {
    pub(super) id: String,
    pub(super) basis: Basis,
    pub(super) title: Option<Text>,
    pub(super) purpose: Option<Text>,
    pub(super) lifetime: Option<MaxLifetime>,
}

#[derive(Debug)]
pub(super) struct ServiceRecord {
    pub(super) id: String,
    pub(super) category: usize,
    pub(super) title: Option<Text>,
    pub(super) purpose: Option<Text>,
    pub(super) provider: Option<Text>,
    pub(super) lifetime: Option<MaxLifetime>,
}

#[derive(Debug)]
pub(super) struct DeclarationRecord {
    pub(super) name: String,
    pub(super) home: Home,
    pub(super) purpose: Option<Text>,
    pub(super) provider: Option<Text>,
    pub(super) lifetime: Option<MaxLifetime>,
    pub(super) domain: Option<String>,
    pub(super) path: Option<String>,
    pub(super) refresh: bool,
}

/// The category and, where there is one, the service that a declaration belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) category: usize,
    pub(super) service: Option<usize>,
}

/// What the registry says about a cookie's name: all that judging one needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The category that decides.
    pub(crate) category: Id,
    /// The service, whose own grant or refusal comes first.
    pub(crate) service: Option<Id>,
    /// The category's basis.
    pub(crate) basis: Basis,
    /// The smallest lifetime of declaration, service and category (rule R10).
    pub(crate) cap: Option<MaxLifetime>,
    /// Whether setting the cookie again may prolong its life (rule R11).
    pub(crate) refresh: bool,
    /// The place of the declaration among all; `None` for the rule of undeclared cookies.
    pub(crate) declaration: Option<usize>,
}

impl Records {
    /// The smallest of a declaration's lifetime, its service's and its category's.
    pub(super) fn cap(&self, declaration: &DeclarationRecord) -> Option<MaxLifetime> {
        let Home { category, service } = declaration.home;
        let service = service.and_then(|service| self.services[service].lifetime);
        [declaration.lifetime, service, self.categories[category].lifetime]
            .into_iter()
            .flatten()
            .min()
    }

    /// A category's number. `None` only beyond `u32::MAX`.
    pub(super) fn category_id(category: usize) -> Option<Id> {
        Id::new(category)
    }

    /// A service's number, after those of the categories. `None` only beyond `u32::MAX`.
    pub(super) fn service_id(&self, service: usize) -> Option<Id> {
        self.categories.len().checked_add(service).and_then(Id::new)
    }

    /// The rule of each declaration, in their order; `None` where ids run out.
    pub(super) fn rules(&self) -> Option<Vec<Rule>> {
        let rule = |(index, declaration): (usize, &DeclarationRecord)| {
            let Home { category, service } = declaration.home;
            let service = match service {
                Some(service) => Some(self.service_id(service)?),
                None => None,
            };
            Some(Rule {
                category: Self::category_id(category)?,
                service,
                basis: self.categories[category].basis,
                cap: self.cap(declaration),
                refresh: declaration.refresh,
                declaration: Some(index),
            })
        };
        self.declarations.iter().enumerate().map(rule).collect()
    }
}
