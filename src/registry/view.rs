//! References to the entries of a registry, for instance to print the policy page from them.

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
/// If it says nothing itself about a property, its service or category may:
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

/// Implements what the references to categories, services and cookies have in common.
macro_rules! references {
    ($($reference:ident: $declared:ident in $list:ident, shown by $name:ident;)+) => {
        $(
            impl<'a> $reference<'a> {
                pub(crate) fn new(resolved: &'a Resolved, index: usize) -> Self {
                    Self { resolved, placed: &resolved.$list[index] }
                }

                fn declared(self) -> &'a $declared {
                    &self.placed.declared
                }

                /// Returns the place in the registry file where it is declared.
                pub fn key_path(&self) -> &'a KeyPath {
                    &self.placed.key_path
                }
            }

            /// Shows only the name, since a whole registry is too long for a line of a log.
            impl fmt::Debug for $reference<'_> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_tuple(stringify!($reference)).field(&self.$name()).finish()
                }
            }
        )+
    };
}

references! {
    CategoryRef: Category in categories, shown by id;
    ServiceRef: Service in services, shown by id;
    DeclarationRef: Declaration in declarations, shown by name;
}

impl<'a> CategoryRef<'a> {
    /// Returns the id, under which a consent grants or refuses it.
    pub fn id(&self) -> &'a str {
        &self.declared().id
    }

    /// Returns the basis on which its cookies may be set.
    pub fn basis(&self) -> Basis {
        self.declared().basis
    }

    /// Returns the name that the policy page gives it.
    pub fn title(&self) -> Option<&'a Text> {
        self.declared().title.as_ref()
    }

    /// Returns the purpose of its cookies.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.declared().purpose.as_ref()
    }

    /// Returns the longest time for which any of its cookies may live, or `None` if it sets no limit.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        known(self.declared().lifetime.as_ref())
    }

    /// Returns `true` if `Sec-GPC: 1` refuses it under a policy that heeds that header.
    pub fn is_refused_by_gpc(&self) -> bool {
        self.declared().refused_by_gpc
    }

    /// Returns its services, in the order of
    /// [`Registry::services`](crate::registry::Registry::services).
    pub fn services(&self) -> impl Iterator<Item = ServiceRef<'a>> + use<'a> {
        let Self { resolved, placed } = *self;
        let services = resolved.services.iter();
        services
            .filter(|service| service.home.category == placed.home.category)
            .map(|placed| ServiceRef { resolved, placed })
    }

    /// Returns the cookies that belong to the category and to none of its services.
    pub fn declarations(&self) -> impl Iterator<Item = DeclarationRef<'a>> + use<'a> {
        declarations_of(self.resolved, self.placed)
    }
}

impl<'a> ServiceRef<'a> {
    /// Returns the id, under which a consent grants or refuses it.
    pub fn id(&self) -> &'a str {
        &self.declared().id
    }

    /// Returns the category to which it belongs.
    pub fn category(&self) -> CategoryRef<'a> {
        CategoryRef::new(self.resolved, self.placed.home.category)
    }

    /// Returns the name that the policy page gives it.
    pub fn title(&self) -> Option<&'a Text> {
        self.declared().title.as_ref()
    }

    /// Returns the purpose of its cookies.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.declared().purpose.as_ref()
    }

    /// Returns the purpose of its cookies: its own, or else its category's.
    pub fn effective_purpose(&self) -> Option<&'a Text> {
        self.purpose().or_else(|| self.category().purpose())
    }

    /// Returns the company or person that runs it.
    pub fn provider(&self) -> Option<&'a Text> {
        self.declared().provider.as_ref()
    }

    /// Returns the longest time for which any of its cookies may live, as declared for the service
    /// itself.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        known(self.declared().lifetime.as_ref())
    }

    /// Returns `true` if `Sec-GPC: 1` refuses it, by itself or with its category, under a policy that
    /// heeds that header.
    pub fn is_refused_by_gpc(&self) -> bool {
        self.declared().refused_by_gpc
    }

    /// Returns its cookies.
    pub fn declarations(&self) -> impl Iterator<Item = DeclarationRef<'a>> + use<'a> {
        declarations_of(self.resolved, self.placed)
    }
}

impl<'a> DeclarationRef<'a> {
    /// Returns the name or pattern, as declared.
    pub fn name(&self) -> &'a str {
        &self.declared().name
    }

    /// Returns `true` if it is a pattern: if its name contains `*`.
    pub fn is_pattern(&self) -> bool {
        self.name().contains('*')
    }

    /// Returns the category to which it belongs, directly or through its service.
    pub fn category(&self) -> CategoryRef<'a> {
        CategoryRef::new(self.resolved, self.placed.home.category)
    }

    /// Returns the service to which it belongs, if any.
    pub fn service(&self) -> Option<ServiceRef<'a>> {
        self.placed.home.service.map(|service| ServiceRef::new(self.resolved, service))
    }

    /// Returns the purpose that is declared for the cookie itself.
    pub fn purpose(&self) -> Option<&'a Text> {
        self.declared().purpose.as_ref()
    }

    /// Returns the purpose of the cookie: its own, or else its service's, or else its category's.
    pub fn effective_purpose(&self) -> Option<&'a Text> {
        let around = || match self.service() {
            Some(service) => service.effective_purpose(),
            None => self.category().purpose(),
        };
        self.purpose().or_else(around)
    }

    /// Returns the provider that is declared for the cookie itself: the party that sets it.
    pub fn provider(&self) -> Option<&'a Text> {
        self.declared().provider.as_ref()
    }

    /// Returns the party that sets the cookie: its own provider, or else its service's.
    pub fn effective_provider(&self) -> Option<&'a Text> {
        self.provider().or_else(|| self.service()?.provider())
    }

    /// Returns the longest time for which it may live, as declared for the cookie itself.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        known(self.declared().lifetime.as_ref())
    }

    /// Returns the longest time for which it may live: the smallest of its own lifetime, its service's
    /// and its category's (rule [R10](crate::rules#r10)), or `None` if none of them sets a limit.
    pub fn max_lifetime(&self) -> Option<MaxLifetime> {
        self.resolved.cap(self.lifetime(), self.placed.home)
    }

    /// Returns the domains that its declaration names.
    pub fn domains(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let named = self.declared().domain.as_ref().map_or(&[][..], |domains| &domains.named);
        named.iter().map(String::as_str)
    }

    /// Returns `true` if it may be stored for the request's host with all subdomains, and for each
    /// parent domain: if its declaration says `"parents"`, or names no domain.
    pub fn is_at_parents(&self) -> bool {
        self.declared().domain.as_ref().is_none_or(|domains| domains.parents)
    }

    /// Returns the paths that its declaration names. If there are none, it is stored under `/`.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let declared = self.declared().path.as_ref().map_or(&[][..], |paths| &paths.0);
        declared.iter().map(String::as_str)
    }

    /// Returns the attributes that a line which sets it has at least when it leaves: those demanded for
    /// the cookie, its service or its category (rule [R21](crate::rules#r21)).
    pub fn floor(&self) -> Floor {
        self.resolved.floor(self.declared().attributes.demanded(), self.placed.home)
    }

    /// Returns `true` if setting it again may prolong its life (rule [R11](crate::rules#r11)). Its own
    /// setting comes before its service's and its category's, and the default is `true`.
    pub fn refresh(&self) -> bool {
        self.resolved.refresh(self.declared().refresh, self.placed.home)
    }
}

/// Returns the cookies that belong to this service, or to this category and none of its services.
fn declarations_of<'a, T>(
    resolved: &'a Resolved,
    owner: &'a Placed<T>,
) -> impl Iterator<Item = DeclarationRef<'a>> + use<'a, T> {
    let declarations = resolved.declarations.iter().filter(|placed| placed.home == owner.home);
    declarations.map(move |placed| DeclarationRef { resolved, placed })
}
