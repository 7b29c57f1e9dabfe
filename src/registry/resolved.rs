//! A registry's categories, services and cookies in three lists, each entry with its category and
//! service.

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
use crate::set_cookie::seen::SeenAttributes;

/// The lists of categories, services and cookies, in the order of declaration. Entries inside a
/// category come before those of the top level.
///
/// The categories in the list hold no services or cookies any more, and the services no cookies.
/// Every lifetime has been read, and a service whose category is refused by GPC is marked as
/// refused by GPC itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) categories: Vec<Placed<Category>>,
    pub(crate) services: Vec<Placed<Service>>,
    pub(crate) declarations: Vec<Placed<Declaration>>,
    pub(crate) ids: HashMap<Box<[u8]>, Id, FixedState>,
}

/// A declared category, service or cookie, with its place.
#[derive(Clone, Debug)]
pub(crate) struct Placed<T> {
    pub(crate) declared: T,
    /// The category and service that it belongs to, or is itself.
    pub(crate) home: Home,
    pub(crate) key_path: KeyPath,
}

/// The category and, if there is one, the service that something belongs to, or is itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Home {
    pub(crate) category: usize,
    pub(crate) service: Option<usize>,
}

/// The registry's rule for cookies of one name, with everything that is needed to judge a line that
/// sets one.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The category whose basis and grant decide.
    pub(crate) category: Id,
    /// The service. Its own grant or refusal comes before the category's.
    pub(crate) service: Option<Id>,
    /// The basis of the category.
    pub(crate) basis: Basis,
    /// The smallest of the lifetimes of the declaration, its service and its category (rule R10).
    pub(crate) cap: Option<MaxLifetime>,
    /// True if setting the cookie again may prolong its life (rule R11).
    pub(crate) refresh: bool,
    /// The attributes that a line which passes has at least (rule [R21](crate::rules#r21)).
    pub(crate) floor: Floor,
    /// The index of the declaration. It is `None` in the rule for undeclared cookies.
    pub(crate) declaration: Option<usize>,
    /// The attributes with which the site sets these cookies.
    pub(crate) attributes: SeenAttributes,
}

impl Resolved {
    /// Returns the service, if there is one, and the category of a home.
    pub(crate) fn around(&self, home: Home) -> (Option<&Service>, &Category) {
        let service = home.service.map(|service| &self.services[service].declared);
        (service, &self.categories[home.category].declared)
    }

    /// Returns the smallest of an entry's own lifetime and those of its service and category (rule
    /// R10).
    pub(crate) fn cap(&self, own: Option<MaxLifetime>, home: Home) -> Option<MaxLifetime> {
        let (service, category) = self.around(home);
        let service = service.and_then(|service| known(service.lifetime.as_ref()));
        [own, service, known(category.lifetime.as_ref())].into_iter().flatten().min()
    }

    /// Returns whether setting a cookie again may prolong its life (rule R11). The innermost entry
    /// that says something about it decides.
    pub(crate) fn refresh(&self, own: Option<bool>, home: Home) -> bool {
        let (service, category) = self.around(home);
        own.or(service.and_then(|service| service.refresh)).or(category.refresh).unwrap_or(true)
    }

    /// Returns the attributes that an entry demands, together with those that its service and
    /// category demand (rule [R21](crate::rules#r21)).
    pub(crate) fn floor(&self, own: Floor, home: Home) -> Floor {
        let (service, category) = self.around(home);
        let of_service = service.map(|service| service.attributes.demanded()).unwrap_or_default();
        own.and(of_service).and(category.attributes.demanded())
    }

    /// Returns the rule of each declaration, in the same order.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        let rule = |(index, placed): (usize, &Placed<Declaration>)| {
            let Declaration { lifetime, refresh, .. } = &placed.declared;
            let floor = placed.declared.attributes.demanded();
            self.rule(placed.home, known(lifetime.as_ref()), *refresh, floor, Some(index))
        };
        self.declarations.iter().enumerate().map(rule).collect()
    }

    /// Returns the rule for undeclared cookies if they are treated as those of this category.
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
            attributes: SeenAttributes::default(),
        }
    }

    /// Returns the ids of the categories and services with their numbers.
    pub(crate) fn numbered_ids(&self) -> impl Iterator<Item = (Box<[u8]>, u32)> {
        self.category_ids().chain(self.service_ids()).map(|id| id.as_bytes().into()).zip(0..)
    }

    /// Returns for each category, then for each service, whether `Sec-GPC: 1` refuses it.
    pub(crate) fn refused_by_gpc(&self) -> impl Iterator<Item = bool> {
        let categories = self.categories.iter().map(|category| category.declared.refused_by_gpc);
        categories.chain(self.services.iter().map(|service| service.declared.refused_by_gpc))
    }

    /// Returns the ids of the categories, in order.
    pub(crate) fn category_ids(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(|category| category.declared.id.as_str())
    }

    /// Returns the ids of the services, in order.
    pub(crate) fn service_ids(&self) -> impl Iterator<Item = &str> {
        self.services.iter().map(|service| service.declared.id.as_str())
    }
}

/// Returns the lifetime of an entry that has been checked, so that its text is known to be valid.
pub(crate) fn known(spec: Option<&LifetimeSpec>) -> Option<MaxLifetime> {
    spec?.resolve().ok()
}
