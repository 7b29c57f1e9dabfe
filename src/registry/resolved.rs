//! A registry's categories, services and cookies in three lists, each with what it belongs to.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::lifetime::{LifetimeSpec, MaxLifetime};
use crate::registry::declare::basis::Basis;
use crate::registry::declare::category::Category;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::service::Service;
use crate::registry::id::Id;
use crate::registry::problem::key_path::KeyPath;
use crate::set_cookie::Floor;

/// The lists, in the order declared: what stands inside a category comes before the top level.
///
/// Categories hold no services or cookies any more, and services no cookies. Every lifetime is
/// one that has been read, and a service that its category makes refused by GPC says so itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) categories: Vec<Placed<Category>>,
    pub(crate) services: Vec<Placed<Service>>,
    pub(crate) declarations: Vec<Placed<Declaration>>,
    pub(crate) ids: HashMap<Box<[u8]>, Id, FixedState>,
}

/// Something declared, with its place.
#[derive(Clone, Debug)]
pub(crate) struct Placed<T> {
    pub(crate) declared: T,
    /// The category that it is or belongs to, and the service likewise.
    pub(crate) home: Home,
    pub(crate) key_path: KeyPath,
}

/// The category and, where there is one, the service that something is or belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Home {
    pub(crate) category: usize,
    pub(crate) service: Option<usize>,
}

/// The registry's answer to a cookie's name: all that judging one needs.
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
    /// Setting the cookie again may prolong its life (rule R11).
    pub(crate) refresh: bool,
    /// The attributes that it leaves with at least (rule [R21](crate::rules#r21)).
    pub(crate) floor: Floor,
    /// The place of the declaration among all; `None` for the rule of undeclared cookies.
    pub(crate) declaration: Option<usize>,
}

impl Resolved {
    /// The service, if any, and the category of a home.
    pub(crate) fn around(&self, home: Home) -> (Option<&Service>, &Category) {
        let service = home.service.map(|service| &self.services[service].declared);
        (service, &self.categories[home.category].declared)
    }

    /// The smallest of a lifetime and those around it (rule R10).
    pub(crate) fn cap(&self, own: Option<MaxLifetime>, home: Home) -> Option<MaxLifetime> {
        let (service, category) = self.around(home);
        let service = service.and_then(|service| known(service.lifetime.as_ref()));
        [own, service, known(category.lifetime.as_ref())].into_iter().flatten().min()
    }

    /// The answer of the innermost that speaks of refreshing (rule R11).
    pub(crate) fn refresh(&self, own: Option<bool>, home: Home) -> bool {
        let (service, category) = self.around(home);
        own.or(service.and_then(|service| service.refresh)).or(category.refresh).unwrap_or(true)
    }

    /// All that something demands by itself, and what is around it (rule [R21](crate::rules#r21)).
    pub(crate) fn floor(&self, own: Floor, home: Home) -> Floor {
        let (service, category) = self.around(home);
        service.map_or(own, |service| own.and(service.floor())).and(category.floor())
    }

    /// The rule of each declaration, in their order.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        let rule = |(index, placed): (usize, &Placed<Declaration>)| {
            let Declaration { lifetime, refresh, .. } = &placed.declared;
            let floor = placed.declared.floor();
            self.rule(placed.home, known(lifetime.as_ref()), *refresh, floor, Some(index))
        };
        self.declarations.iter().enumerate().map(rule).collect()
    }

    /// The rule of what no declaration covers, where that is treated as a category's.
    pub(crate) fn undeclared_rule(&self, category: usize) -> Rule {
        self.rule(Home { category, service: None }, None, None, Floor::default(), None)
    }

    fn rule(
        &self,
        home: Home,
        lifetime: Option<MaxLifetime>,
        refresh: Option<bool>,
        floor: Floor,
        declaration: Option<usize>,
    ) -> Rule {
        Rule {
            category: Id::new(home.category),
            service: home.service.map(|index| Id::new(self.categories.len() + index)),
            basis: self.categories[home.category].declared.basis,
            cap: self.cap(lifetime, home),
            refresh: self.refresh(refresh, home),
            floor: self.floor(floor, home),
            declaration,
        }
    }

    /// Tells of each category, then of each service, whether `Sec-GPC: 1` refuses it.
    pub(crate) fn refused_by_gpc(&self) -> impl Iterator<Item = bool> {
        let categories = self.categories.iter().map(|category| category.declared.refused_by_gpc);
        categories.chain(self.services.iter().map(|service| service.declared.refused_by_gpc))
    }

    /// The ids of the categories, in their order.
    pub(crate) fn category_ids(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(|category| category.declared.id.as_str())
    }

    /// The ids of the services, in their order.
    pub(crate) fn service_ids(&self) -> impl Iterator<Item = &str> {
        self.services.iter().map(|service| service.declared.id.as_str())
    }
}

/// The lifetime that a checked registry holds.
pub(crate) fn known(spec: Option<&LifetimeSpec>) -> Option<MaxLifetime> {
    spec?.resolve().ok()
}
