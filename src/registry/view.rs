//! Reading a registry, for instance to print the policy page it stands for.

use crate::lifetime::MaxLifetime;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::text::Text;
use crate::registry::frozen::Frozen;
use crate::registry::record::{CategoryRecord, DeclarationRecord, ServiceRecord};

/// A category of a [`Registry`](crate::registry::Registry).
#[derive(Clone, Copy, Debug)]
pub struct CategoryRef<'a> {
    frozen: &'a Frozen,
    index: usize,
    record: &'a CategoryRecord,
}

/// A service of a [`Registry`](crate::registry::Registry).
#[derive(Clone, Copy, Debug)]
pub struct ServiceRef<'a> {
    frozen: &'a Frozen,
    index: usize,
    record: &'a ServiceRecord,
}

/// A declared cookie of a [`Registry`](crate::registry::Registry).
#[derive(Clone, Copy, Debug)]
pub struct DeclarationRef<'a> {
    frozen: &'a Frozen,
    record: &'a DeclarationRecord,
}

impl<'a> CategoryRef<'a> {
    pub(crate) fn new(frozen: &'a Frozen, index: usize) -> Self {
        Self { frozen, index, record: &frozen.records.categories[index] }
    }

    /// Its id, under which a consent grants or refuses it.
    pub fn id(&self) -> &'a str {
        &self.record.id
    }

    /// What its cookies rest on.
    pub fn basis(&self) -> Basis {
        self.record.basis
    }

    /// How the policy page calls it.
    pub fn title(&self) -> Option<&'a Text> {
        self.record.title.as_ref()
    }

    /// What its cookies are for.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.record.purpose.as_ref()
    }

    /// The longest that any of its cookies may live; `None` where nothing is promised.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        self.record.lifetime
    }

    /// Whether `Sec-GPC: 1` refuses it, where the policy listens to that header.
    pub fn is_refused_by_gpc(&self) -> bool {
        self.record.refused_by_gpc
    }

    /// Its services, in the order of [`Registry::services`](crate::registry::Registry::services).
    pub fn services(&self) -> impl Iterator<Item = ServiceRef<'a>> + use<'a> {
        let (frozen, category) = (self.frozen, self.index);
        (0..frozen.records.services.len())
            .map(|index| ServiceRef::new(frozen, index))
            .filter(move |service| service.record.category == category)
    }

    /// Its cookies that belong to no service; each service has its own.
    pub fn declarations(&self) -> impl Iterator<Item = DeclarationRef<'a>> + use<'a> {
        let category = self.index;
        declarations(self.frozen).filter(move |declaration| {
            let home = declaration.record.home;
            home.category == category && home.service.is_none()
        })
    }
}

impl<'a> ServiceRef<'a> {
    pub(crate) fn new(frozen: &'a Frozen, index: usize) -> Self {
        Self { frozen, index, record: &frozen.records.services[index] }
    }

    /// Its id, under which a consent grants or refuses it.
    pub fn id(&self) -> &'a str {
        &self.record.id
    }

    /// The category it belongs to.
    pub fn category(&self) -> CategoryRef<'a> {
        CategoryRef::new(self.frozen, self.record.category)
    }

    /// How the policy page calls it.
    pub fn title(&self) -> Option<&'a Text> {
        self.record.title.as_ref()
    }

    /// What its cookies are for.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.record.purpose.as_ref()
    }

    /// Which company or person runs it.
    pub fn provider(&self) -> Option<&'a Text> {
        self.record.provider.as_ref()
    }

    /// The longest that any of its cookies may live; `None` where only its category says.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        self.record.lifetime
    }

    /// Whether `Sec-GPC: 1` refuses it, by itself or with its category, where the policy listens to
    /// that header.
    pub fn is_refused_by_gpc(&self) -> bool {
        self.record.refused_by_gpc
    }

    /// Its cookies.
    pub fn declarations(&self) -> impl Iterator<Item = DeclarationRef<'a>> + use<'a> {
        let service = self.index;
        declarations(self.frozen)
            .filter(move |declaration| declaration.record.home.service == Some(service))
    }
}

impl<'a> DeclarationRef<'a> {
    pub(crate) fn new(frozen: &'a Frozen, index: usize) -> Self {
        Self { frozen, record: &frozen.records.declarations[index] }
    }

    /// The name or pattern, as declared.
    pub fn name(&self) -> &'a str {
        &self.record.name
    }

    /// Whether it is a pattern: whether `*` stands in its name.
    pub fn is_pattern(&self) -> bool {
        self.record.name.contains('*')
    }

    /// The category it belongs to, by itself or by its service.
    pub fn category(&self) -> CategoryRef<'a> {
        CategoryRef::new(self.frozen, self.record.home.category)
    }

    /// The service it belongs to.
    pub fn service(&self) -> Option<ServiceRef<'a>> {
        self.record.home.service.map(|service| ServiceRef::new(self.frozen, service))
    }

    /// What the cookie is for; its service's purpose, or its category's, may say it instead.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.record.purpose.as_ref()
    }

    /// Who sets it; its service's provider may say it instead.
    pub fn provider(&self) -> Option<&'a Text> {
        self.record.provider.as_ref()
    }

    /// The longest it may live as declared for itself.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        self.record.lifetime
    }

    /// The longest it may live: the smallest of its own lifetime, its service's and its
    /// category's (rule R10). `None` where none of them says.
    pub fn max_lifetime(&self) -> Option<MaxLifetime> {
        self.frozen.records.cap(self.record)
    }

    /// The domain it is set for, where that is not the site's own host.
    pub fn domain(&self) -> Option<&'a str> {
        self.record.domain.as_deref()
    }

    /// The path it is set for, where that is not `/`.
    pub fn path(&self) -> Option<&'a str> {
        self.record.path.as_deref()
    }

    /// Whether setting it again may prolong its life, as the innermost of itself, its service and
    /// its category says; it may where none of them says (rule R11).
    pub fn refresh(&self) -> bool {
        self.frozen.records.refresh(self.record)
    }
}

fn declarations(frozen: &Frozen) -> impl Iterator<Item = DeclarationRef<'_>> {
    (0..frozen.records.declarations.len()).map(|index| DeclarationRef::new(frozen, index))
}
