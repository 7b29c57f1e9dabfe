//! A checked registry's contents: ids resolved to places, lifetimes to seconds.

use crate::lifetime::MaxLifetime;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::text::Text;
use crate::registry::id::Id;

#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) categories: Vec<CategoryRecord>,
    pub(crate) services: Vec<ServiceRecord>,
    pub(crate) declarations: Vec<DeclarationRecord>,
}

#[derive(Debug)]
pub(crate) struct CategoryRecord {
    pub(crate) id: String,
    pub(crate) basis: Basis,
    pub(crate) title: Option<Text>,
    pub(crate) purpose: Option<Text>,
    pub(crate) lifetime: Option<MaxLifetime>,
    pub(crate) refresh: Option<bool>,
    pub(crate) refused_by_gpc: bool,
}

#[derive(Debug)]
pub(crate) struct ServiceRecord {
    pub(crate) id: String,
    pub(crate) category: usize,
    pub(crate) title: Option<Text>,
    pub(crate) purpose: Option<Text>,
    pub(crate) provider: Option<Text>,
    pub(crate) lifetime: Option<MaxLifetime>,
    pub(crate) refresh: Option<bool>,
    /// By itself, or with its category.
    pub(crate) refused_by_gpc: bool,
}

#[derive(Debug)]
pub(crate) struct DeclarationRecord {
    pub(crate) name: String,
    pub(crate) home: Home,
    pub(crate) purpose: Option<Text>,
    pub(crate) provider: Option<Text>,
    pub(crate) lifetime: Option<MaxLifetime>,
    pub(crate) domain: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) refresh: Option<bool>,
}

/// The category and, where there is one, the service that a declaration belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Home {
    pub(crate) category: usize,
    pub(crate) service: Option<usize>,
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
    pub(crate) fn cap(&self, declaration: &DeclarationRecord) -> Option<MaxLifetime> {
        let Home { category, service } = declaration.home;
        let service = service.and_then(|service| self.services[service].lifetime);
        [declaration.lifetime, service, self.categories[category].lifetime]
            .into_iter()
            .flatten()
            .min()
    }

    /// What the innermost of a declaration, its service and its category says about prolonging.
    pub(crate) fn refresh(&self, declaration: &DeclarationRecord) -> bool {
        let Home { category, service } = declaration.home;
        let service = service.and_then(|service| self.services[service].refresh);
        declaration.refresh.or(service).or(self.categories[category].refresh).unwrap_or(true)
    }

    /// Whether `Sec-GPC: 1` refuses each category, then each service.
    pub(crate) fn refused_by_gpc(&self) -> impl Iterator<Item = bool> {
        let categories = self.categories.iter().map(|category| category.refused_by_gpc);
        categories.chain(self.services.iter().map(|service| service.refused_by_gpc))
    }

    /// A category's number. `None` only beyond `u32::MAX`.
    pub(crate) fn category_id(category: usize) -> Option<Id> {
        Id::new(category)
    }

    /// A service's number, after those of the categories. `None` only beyond `u32::MAX`.
    pub(crate) fn service_id(&self, service: usize) -> Option<Id> {
        self.categories.len().checked_add(service).and_then(Id::new)
    }

    /// The rule of each declaration, in their order; `None` where ids run out.
    pub(crate) fn rules(&self) -> Option<Vec<Rule>> {
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
                refresh: self.refresh(declaration),
                declaration: Some(index),
            })
        };
        self.declarations.iter().enumerate().map(rule).collect()
    }
}
