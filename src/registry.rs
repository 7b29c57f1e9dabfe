//! The registry: the categories, services and cookies that a site declares, checked and frozen.
//!
//! A [`Registry`] is read from a file that resembles the policy page, or is made by
//! [`Registry::builder`]. All errors in it are reported before the first request, together, each
//! with its entry and line ([`ConfigError`]).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

mod changes;
mod check;
mod contents;
mod declare;
mod file;
mod fingerprint;
mod id;
mod lookup;
mod problem;
mod resolved;
mod view;

pub use crate::lifetime::{Language, LifetimeError, LifetimeSpec, MaxLifetime, UnknownLanguage};
pub use crate::registry::changes::Change;
pub use crate::registry::declare::account_precedence::AccountPrecedence;
pub use crate::registry::declare::basis::Basis;
pub use crate::registry::declare::builder::RegistryBuilder;
pub use crate::registry::declare::category::Category;
#[cfg(feature = "cmp")]
#[cfg_attr(docsrs, doc(cfg(feature = "cmp")))]
pub use crate::registry::declare::cmp::source::CmpSource;
#[cfg(feature = "cmp")]
#[cfg_attr(docsrs, doc(cfg(feature = "cmp")))]
pub use crate::registry::declare::cmp::{Cmp, UnknownCmp};
pub use crate::registry::declare::consent_cookie::ConsentCookie;
pub use crate::registry::declare::declaration::Declaration;
pub use crate::registry::declare::places::{Domains, Paths};
pub use crate::registry::declare::request_filter::RequestFilter;
pub use crate::registry::declare::service::Service;
pub use crate::registry::declare::source_spec::{Combine, SourceSpec};
pub use crate::registry::declare::text::Text;
pub use crate::registry::declare::undeclared::Undeclared;
pub use crate::registry::declare::word::UnknownWord;
pub use crate::registry::problem::{ConfigError, KeyPath, Problem};
pub use crate::registry::view::{CategoryRef, DeclarationRef, ServiceRef};
pub use crate::set_cookie::SameSite;

#[cfg(feature = "cmp")]
pub(crate) use crate::registry::declare::cmp::table::with_cmps;
#[cfg(feature = "cmp")]
pub(crate) use crate::registry::declare::cmp::usual::Usual;
pub(crate) use crate::registry::fingerprint::{fnv1a, fnv1a_from};
pub(crate) use crate::registry::id::Id;
pub(crate) use crate::registry::resolved::Rule;

use crate::registry::check::problems::Problems;
use crate::registry::contents::Contents;

/// The categories, services and cookies that a site declares. A registry is checked, immutable, and
/// cheap to clone.
///
/// # File
///
/// ```
/// # #[cfg(feature = "toml")] {
/// use tower_cookie_consent::registry::{Basis, Registry};
///
/// let registry = Registry::from_toml(r#"
/// version = "2025-01-15"            # required; a new one asks visitors again
/// updated = 2025-01-15
/// title = "Politique des cookies"
/// consent-lifetime = "6 months"     # the default, as the CNIL recommends
/// undeclared = "strip"              # the default; or "keep-unchecked", { category = "…" }
///
/// [consent]                         # the crate's own cookie; these are the defaults
/// name = "__Host-cookie_consent"    # "cookie_consent" with a domain, a path, or without `secure`
/// path = "/"
/// secure = true
/// same-site = "lax"
/// sources = ["own"]                 # where the choice is read from, in this order
/// combine = "most-restrictive"      # or "first-decided": see `Combine` for its risk
/// store-only = false                # true: only `Consent::store` and `withdraw` renew the choice
/// filter-requests = "off"           # the default; or "declared", "all": see `RequestFilter`
/// account-precedence = "account"    # the default; or "latest": see `AccountPrecedence`
/// tell-caches = true                # the default: shared caches must not keep personal pages
/// sweep = false                     # true: every page deletes cookies that are not allowed
/// partitioned = false               # true: a separate choice for each site that embeds this one
/// record-id = false                 # true: the cookie contains the id of the choice's record
///
/// [categories.essential]
/// basis = "necessary"               # or "consent", "opt-out", "prohibited"
/// title = { fr = "Cookies essentiels", en = "Essential cookies" }
/// lifetime = "1 year"               # the maximum for all its cookies
/// refresh = true                    # the default; false: new visits do not prolong its cookies
/// secure = true                     # attributes that its cookies have at least;
/// http-only = true                  # services and cookies can have these keys too
/// same-site = "lax"
///
/// [categories.essential.cookies]
/// session = { purpose = "Maintien de la session", lifetime = "session" }
/// auth_token = "30 days"            # the lifetime alone
///
/// [categories.analytics]
/// basis = "consent"
/// refused-by-gpc = false            # true: `Sec-GPC: 1` refuses it, if `gpc` is a source
///
/// [categories.analytics.services.google-analytics]
/// purpose = "Statistiques de visite anonymes"
/// provider = "Google"
/// lifetime = "2 years"
/// cookies = ["_ga", "_ga_*"]        # the names alone
///
/// [services.hotjar]                 # a service at the top level names its category
/// category = "analytics"
///
/// [cookies]                         # a cookie at the top level names its category or service
/// _hjid = { service = "hotjar", lifetime = "1 year", refresh = false }   # never prolonged
/// legacy = { category = "essential", domain = ["example.com", "parents"], path = ["/", "/old"] }
/// _frame = { category = "analytics", secure = true, partitioned = true }
/// "#)?;
///
/// let analytics = registry.category("analytics").unwrap();
/// assert_eq!(analytics.basis(), Basis::Consent);
/// assert_eq!(analytics.services().count(), 2);
/// # }
/// # Ok::<(), tower_cookie_consent::registry::ConfigError>(())
/// ```
///
/// The same structure can be read from JSON or any other self-describing format that serde
/// supports. `Registry::from_toml` reports the line of each problem; `toml::from_str::<Registry>`
/// and other deserializers report only its entry.
#[derive(Clone)]
pub struct Registry {
    contents: Arc<Contents>,
}

impl Registry {
    /// Returns a builder to declare a registry in code.
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::default()
    }

    /// Reads a registry file in TOML.
    ///
    /// # Errors
    ///
    /// Returns [`ConfigError`] with every problem and its line. If the text is not valid TOML, it
    /// has only the first problem.
    #[cfg(feature = "toml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "toml")))]
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        file::from_toml(text)
    }

    /// Returns the same registry with other settings for the consent cookie. They may differ
    /// between machines: a registry read from a file may be used over plain HTTP in development.
    ///
    /// ```
    /// # #[cfg(feature = "toml")] {
    /// use tower_cookie_consent::Registry;
    ///
    /// let registry = Registry::from_toml("version = '1'\n[categories.a]\nbasis = 'consent'")?;
    /// assert_eq!(registry.consent_cookie().name(), "__Host-cookie_consent");
    /// let local = registry.with_consent_cookie(|cookie| cookie.with_secure(false))?;
    /// assert_eq!(local.consent_cookie().name(), "cookie_consent");
    /// # }
    /// # Ok::<(), tower_cookie_consent::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`ConfigError`] if browsers would not store such a cookie, or if the policy would
    /// not keep it.
    pub fn with_consent_cookie(
        mut self,
        change: impl FnOnce(ConsentCookie) -> ConsentCookie,
    ) -> Result<Self, ConfigError> {
        let contents = Arc::make_mut(&mut self.contents);
        let cookie = change(std::mem::take(&mut contents.settings.consent_cookie));
        contents.set_consent_cookie(cookie);
        let Contents { settings, consent_lifetime, resolved, .. } = &*contents;
        let mut problems = Problems::default();
        check::consent_cookie::check(settings, *consent_lifetime, resolved, &mut problems);
        problems.into_warnings()?;
        Ok(self)
    }

    /// Returns `true` if both are clones of the same registry, and not merely equal.
    pub(crate) fn is_same(&self, other: &Registry) -> bool {
        Arc::ptr_eq(&self.contents, &other.contents)
    }

    fn freeze(contents: Contents) -> Self {
        Self { contents: Arc::new(contents) }
    }

    /// Returns warnings about a registry that can be used all the same. At present, they name the
    /// ids of a consent-management platform that lead nowhere, so that what visitors answer to them
    /// has no effect.
    ///
    /// With the feature `tracing`, building a policy also writes them to the log.
    pub fn warnings(&self) -> &[Problem] {
        &self.contents.warnings
    }

    /// Logs the warnings, each once in a process, however many policies are built.
    #[cfg(feature = "tracing")]
    pub(crate) fn tell_warnings(&self) {
        static WARNINGS: crate::told::Told = crate::told::Told::new();
        if tracing::event_enabled!(tracing::Level::WARN) {
            let warnings = self.warnings().iter().map(Problem::to_string);
            for warning in warnings.filter(|warning| WARNINGS.is_new(warning)) {
                tracing::warn!("{warning}");
            }
        }
    }

    /// Replaces the warnings of a registry that has no clones yet.
    #[cfg(feature = "toml")]
    fn map_warnings(mut self, map: impl FnOnce(Vec<Problem>) -> Vec<Problem>) -> Self {
        if let Some(contents) = Arc::get_mut(&mut self.contents) {
            contents.warnings = map(std::mem::take(&mut contents.warnings));
        }
        self
    }

    /// Returns the version of the policy. Only a consent to this version counts (rule
    /// [R7](crate::rules#r7)).
    pub fn version(&self) -> &str {
        &self.contents.settings.version
    }

    /// Returns the day of the policy's last change, as `YYYY-MM-DD`.
    pub fn updated(&self) -> Option<&str> {
        self.contents.settings.updated.as_deref()
    }

    /// Returns the title of the policy page.
    pub fn title(&self) -> Option<&Text> {
        self.contents.settings.title.as_ref()
    }

    /// Returns the time for which a consent counts (rule [R7](crate::rules#r7)).
    pub fn consent_lifetime(&self) -> Duration {
        self.contents.consent_lifetime
    }

    /// Returns the name and attributes of the crate's own consent cookie.
    pub fn consent_cookie(&self) -> &ConsentCookie {
        &self.contents.settings.consent_cookie
    }

    /// Returns the sources from which the choice is read, in order. If there are none, it is read
    /// from the crate's own cookie.
    pub fn consent_sources(&self) -> &[SourceSpec] {
        &self.contents.settings.consent_sources
    }

    /// Returns how the choices of several sources are combined. `None` means the default, which
    /// depends on the sources ([`Combine`]).
    pub fn combine(&self) -> Option<Combine> {
        self.contents.settings.combine
    }

    /// Returns whether only [`Consent::store`](crate::Consent::store) and
    /// [`Consent::withdraw`](crate::Consent::withdraw) can renew a visitor's choice (rule
    /// [R9](crate::rules#r9)).
    pub fn is_store_only(&self) -> bool {
        self.contents.settings.store_only
    }

    /// Returns which cookies of a request reach the application (rule [R22](crate::rules#r22)).
    pub fn request_filter(&self) -> RequestFilter {
        self.contents.settings.request_filter
    }

    /// Returns whether the account's choice or the device's counts if both exist (rule
    /// [R24](crate::rules#r24)).
    pub fn account_precedence(&self) -> AccountPrecedence {
        self.contents.settings.account_precedence
    }

    /// Returns whether responses tell shared caches that they are private, as
    /// [`PolicyBuilder::tell_caches`](crate::PolicyBuilder::tell_caches) describes. The default is
    /// `true`.
    pub fn tells_caches(&self) -> bool {
        self.contents.settings.tell_caches.unwrap_or(true)
    }

    /// Returns whether responses delete cookies that the visitor's browser holds and the policy
    /// does not allow (rule [R19](crate::rules#r19)).
    pub fn sweeps(&self) -> bool {
        self.contents.settings.sweep
    }

    /// Returns the rule for cookies that no declaration covers.
    pub fn undeclared(&self) -> &Undeclared {
        &self.contents.settings.undeclared
    }

    /// Returns the categories in the order of their declaration.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = CategoryRef<'_>> {
        (0..self.contents.resolved.categories.len())
            .map(|index| CategoryRef::new(&self.contents.resolved, index))
    }

    /// Returns the services: first those declared inside categories, in the order of the
    /// categories, then those of the top level.
    pub fn services(&self) -> impl ExactSizeIterator<Item = ServiceRef<'_>> {
        (0..self.contents.resolved.services.len())
            .map(|index| ServiceRef::new(&self.contents.resolved, index))
    }

    /// Returns the declared cookies: first those declared inside categories, in the order of the
    /// categories, then those of the services at the top level, then those of the top level itself.
    pub fn declarations(&self) -> impl ExactSizeIterator<Item = DeclarationRef<'_>> {
        (0..self.contents.resolved.declarations.len())
            .map(|index| DeclarationRef::new(&self.contents.resolved, index))
    }

    /// Returns the declaration that applies to a cookie of this name (rule [R5](crate::rules#r5)).
    pub fn declaration(&self, cookie_name: &[u8]) -> Option<DeclarationRef<'_>> {
        self.declaration_of(self.lookup(cookie_name)?)
    }

    /// Returns the category with this id.
    pub fn category(&self, id: &str) -> Option<CategoryRef<'_>> {
        let index = self.id(id)?.index();
        (index < self.contents.resolved.categories.len())
            .then(|| CategoryRef::new(&self.contents.resolved, index))
    }

    /// Returns the service with this id.
    pub fn service(&self, id: &str) -> Option<ServiceRef<'_>> {
        let index = self.id(id)?.index().checked_sub(self.contents.resolved.categories.len())?;
        Some(ServiceRef::new(&self.contents.resolved, index))
    }
}

/// Shows the version and the number of entries, since a whole registry is too long for a line of a
/// log.
impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let resolved = &self.contents.resolved;
        f.debug_struct("Registry")
            .field("version", &self.contents.settings.version)
            .field("categories", &resolved.categories.len())
            .field("services", &resolved.services.len())
            .field("declarations", &resolved.declarations.len())
            .finish_non_exhaustive()
    }
}
