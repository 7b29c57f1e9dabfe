//! Reading a registry, for instance to print the policy page it stands for.

use std::fmt;

use crate::lifetime::MaxLifetime;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::category::Category;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::service::Service;
use crate::registry::declare::text::Text;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::resolved::{Placed, Resolved, known};
use crate::set_cookie::Floor;

/// A category of a [`Registry`](crate::registry::Registry).
///
/// ```
/// use tower_cookie_consent::registry::{Basis, Category, Registry, Service};
///
/// let matomo = Service::new("matomo").cookie("_pk_id*");
/// let registry = Registry::builder()
///     .version("1")
///     .category(Category::consent("analytics").title("Statistics").service(matomo).cookie("seen"))
///     .build()?;
///
/// let analytics = registry.category("analytics").unwrap();
/// assert_eq!(analytics.basis(), Basis::Consent);
/// assert_eq!(analytics.title().map(|title| title.get("en")), Some("Statistics"));
/// assert!(analytics.services().map(|service| service.id()).eq(["matomo"]));
/// assert!(analytics.declarations().map(|cookie| cookie.name()).eq(["seen"]), "its own alone");
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
#[derive(Clone, Copy)]
pub struct CategoryRef<'a> {
    resolved: &'a Resolved,
    placed: &'a Placed<Category>,
}

/// A service of a [`Registry`](crate::registry::Registry).
///
/// ```
/// use tower_cookie_consent::registry::{Category, Registry, Service};
///
/// let matomo = Service::new("matomo").cookie("_pk_id*").cookie("_pk_ses*");
/// let analytics = Category::consent("analytics").purpose("Statistics").service(matomo);
/// let registry = Registry::builder().version("1").category(analytics).build()?;
///
/// let matomo = registry.service("matomo").unwrap();
/// assert_eq!(matomo.category().id(), "analytics");
/// assert_eq!(matomo.effective_purpose().map(|purpose| purpose.get("en")), Some("Statistics"));
/// assert_eq!(matomo.declarations().count(), 2);
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ServiceRef<'a> {
    resolved: &'a Resolved,
    placed: &'a Placed<Service>,
}

/// A declared cookie of a [`Registry`](crate::registry::Registry).
///
/// Where it says nothing itself, its service or its category may say:
///
/// ```
/// use tower_cookie_consent::registry::{Category, Declaration, Registry, Service};
///
/// let matomo = Service::new("matomo")
///     .provider("InnoCraft")
///     .purpose("Counts visits")
///     .cookie(Declaration::new("_pk_id*").lifetime("13 months"));
/// let registry = Registry::builder()
///     .version("1")
///     .category(Category::consent("analytics").lifetime("2 years").service(matomo))
///     .build()?;
///
/// let cookie = registry.declaration(b"_pk_id.1.fff").unwrap();
/// assert_eq!(cookie.name(), "_pk_id*");
/// assert_eq!(cookie.purpose(), None);
/// assert_eq!(cookie.effective_purpose().map(|purpose| purpose.get("en")), Some("Counts visits"));
/// assert_eq!(cookie.effective_provider().map(|provider| provider.get("en")), Some("InnoCraft"));
/// assert_eq!(cookie.max_lifetime().map(|longest| longest.to_string()), Some("13 months".into()));
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
#[derive(Clone, Copy)]
pub struct DeclarationRef<'a> {
    resolved: &'a Resolved,
    placed: &'a Placed<Declaration>,
}

impl<'a> CategoryRef<'a> {
    pub(crate) fn new(resolved: &'a Resolved, index: usize) -> Self {
        Self { resolved, placed: &resolved.categories[index] }
    }

    fn declared(self) -> &'a Category {
        &self.placed.declared
    }

    /// The key of the registry file under which it is declared.
    pub fn key_path(&self) -> &'a KeyPath {
        &self.placed.key_path
    }

    /// Its id, under which a consent grants or refuses it.
    pub fn id(&self) -> &'a str {
        &self.declared().id
    }

    /// The ground on which its cookies rest.
    pub fn basis(&self) -> Basis {
        self.declared().basis
    }

    /// The name that the policy page gives it.
    pub fn title(&self) -> Option<&'a Text> {
        self.declared().title.as_ref()
    }

    /// The purpose of its cookies.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.declared().purpose.as_ref()
    }

    /// The longest that any of its cookies may live; `None` where nothing is promised.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        known(self.declared().lifetime.as_ref())
    }

    /// Returns `true` if `Sec-GPC: 1` refuses it, where the policy listens to that header.
    pub fn is_refused_by_gpc(&self) -> bool {
        self.declared().refused_by_gpc
    }

    /// Its services, in the order of [`Registry::services`](crate::registry::Registry::services).
    pub fn services(&self) -> impl Iterator<Item = ServiceRef<'a>> + use<'a> {
        let Self { resolved, placed } = *self;
        let services = resolved.services.iter();
        services
            .filter(|service| service.home.category == placed.home.category)
            .map(|placed| ServiceRef { resolved, placed })
    }

    /// Its cookies that belong to no service; each service has its own.
    pub fn declarations(&self) -> impl Iterator<Item = DeclarationRef<'a>> + use<'a> {
        declarations_of(self.resolved, self.placed)
    }
}

impl<'a> ServiceRef<'a> {
    pub(crate) fn new(resolved: &'a Resolved, index: usize) -> Self {
        Self { resolved, placed: &resolved.services[index] }
    }

    fn declared(self) -> &'a Service {
        &self.placed.declared
    }

    /// The key of the registry file under which it is declared.
    pub fn key_path(&self) -> &'a KeyPath {
        &self.placed.key_path
    }

    /// Its id, under which a consent grants or refuses it.
    pub fn id(&self) -> &'a str {
        &self.declared().id
    }

    /// The category it belongs to.
    pub fn category(&self) -> CategoryRef<'a> {
        CategoryRef::new(self.resolved, self.placed.home.category)
    }

    /// The name that the policy page gives it.
    pub fn title(&self) -> Option<&'a Text> {
        self.declared().title.as_ref()
    }

    /// The purpose of its cookies.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.declared().purpose.as_ref()
    }

    /// The purpose of its cookies, as it says itself or, where it does not, its category.
    pub fn effective_purpose(&self) -> Option<&'a Text> {
        self.purpose().or_else(|| self.category().purpose())
    }

    /// The company or person that runs it.
    pub fn provider(&self) -> Option<&'a Text> {
        self.declared().provider.as_ref()
    }

    /// The longest that any of its cookies may live; `None` where only its category says.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        known(self.declared().lifetime.as_ref())
    }

    /// Returns `true` if `Sec-GPC: 1` refuses it, by itself or with its category, where the policy
    /// listens to that header.
    pub fn is_refused_by_gpc(&self) -> bool {
        self.declared().refused_by_gpc
    }

    /// Its cookies.
    pub fn declarations(&self) -> impl Iterator<Item = DeclarationRef<'a>> + use<'a> {
        declarations_of(self.resolved, self.placed)
    }
}

impl<'a> DeclarationRef<'a> {
    pub(crate) fn new(resolved: &'a Resolved, index: usize) -> Self {
        Self { resolved, placed: &resolved.declarations[index] }
    }

    fn declared(self) -> &'a Declaration {
        &self.placed.declared
    }

    /// The key of the registry file under which it is declared.
    pub fn key_path(&self) -> &'a KeyPath {
        &self.placed.key_path
    }

    /// The name or pattern, as declared.
    pub fn name(&self) -> &'a str {
        &self.declared().name
    }

    /// Returns `true` if it is a pattern: if `*` stands in its name.
    pub fn is_pattern(&self) -> bool {
        self.name().contains('*')
    }

    /// The category it belongs to, by itself or by its service.
    pub fn category(&self) -> CategoryRef<'a> {
        CategoryRef::new(self.resolved, self.placed.home.category)
    }

    /// The service it belongs to.
    pub fn service(&self) -> Option<ServiceRef<'a>> {
        self.placed.home.service.map(|service| ServiceRef::new(self.resolved, service))
    }

    /// The purpose that is declared for the cookie itself.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.declared().purpose.as_ref()
    }

    /// The purpose of the cookie: its own, else its service's, else its category's.
    pub fn effective_purpose(&self) -> Option<&'a Text> {
        let around = || match self.service() {
            Some(service) => service.effective_purpose(),
            None => self.category().purpose(),
        };
        self.purpose().or_else(around)
    }

    /// The provider that is declared for the cookie itself: the party that sets it.
    pub fn provider(&self) -> Option<&'a Text> {
        self.declared().provider.as_ref()
    }

    /// The party that sets the cookie: its own provider, else its service's.
    pub fn effective_provider(&self) -> Option<&'a Text> {
        self.provider().or_else(|| self.service()?.provider())
    }

    /// The longest it may live as declared for itself.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        known(self.declared().lifetime.as_ref())
    }

    /// The longest it may live: the smallest of its own lifetime, its service's and its
    /// category's (rule [R10](crate::rules#r10)). `None` where none of them says.
    pub fn max_lifetime(&self) -> Option<MaxLifetime> {
        self.resolved.cap(self.lifetime(), self.placed.home)
    }

    /// The domains that are declared for it by name.
    pub fn domains(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let named = self.declared().domain.as_ref().map_or(&[][..], |domains| &domains.named);
        named.iter().map(String::as_str)
    }

    /// Returns `true` if it may lie at the host that is asked with all its subdomains, and at each of
    /// its parent domains: if its declaration says `"parents"`, or names no domain.
    pub fn is_at_parents(&self) -> bool {
        self.declared().domain.as_ref().is_none_or(|domains| domains.parents)
    }

    /// The paths that are declared for it; none stand for `/`.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let declared = self.declared().path.as_ref().map_or(&[][..], |paths| &paths.0);
        declared.iter().map(String::as_str)
    }

    /// The attributes that it leaves with at least: its own, its service's and its category's (rule
    /// [R21](crate::rules#r21)).
    pub fn floor(&self) -> Floor {
        self.resolved.floor(self.declared().floor(), self.placed.home)
    }

    /// Returns `true` if setting it again may prolong its life, as the innermost of itself, its
    /// service and its category says; it may where none of them says (rule [R11](crate::rules#r11)).
    pub fn refresh(&self) -> bool {
        self.resolved.refresh(self.declared().refresh, self.placed.home)
    }
}

/// The cookies that belong to a service, or to a category and none of its services.
fn declarations_of<'a, T>(
    resolved: &'a Resolved,
    owner: &'a Placed<T>,
) -> impl Iterator<Item = DeclarationRef<'a>> + use<'a, T> {
    let declarations = resolved.declarations.iter().filter(|placed| placed.home == owner.home);
    declarations.map(move |placed| DeclarationRef { resolved, placed })
}

// A reference is shown by its name: a whole registry is no line of a log.

impl fmt::Debug for CategoryRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CategoryRef").field(&self.id()).finish()
    }
}

impl fmt::Debug for ServiceRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServiceRef").field(&self.id()).finish()
    }
}

impl fmt::Debug for DeclarationRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DeclarationRef").field(&self.name()).finish()
    }
}
