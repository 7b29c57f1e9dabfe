//! The registry: the categories, services and cookies that a site declares, checked and frozen.
//!
//! A [`Registry`] comes from a file that reads like the policy page it stands for, or from
//! [`Registry::builder`]. What is wrong with it is found before the first request, all at once,
//! with the entry and the line ([`ConfigError`]).

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

pub(crate) use crate::registry::check::names::is_domain;
#[cfg(feature = "cmp")]
pub(crate) use crate::registry::declare::cmp::table::with_cmps;
#[cfg(feature = "cmp")]
pub(crate) use crate::registry::declare::cmp::usual::Usual;
pub(crate) use crate::registry::fingerprint::fnv1a;
pub(crate) use crate::registry::id::Id;
pub(crate) use crate::registry::resolved::Rule;

use crate::registry::check::problems::Problems;
use crate::registry::contents::Contents;

/// The categories, services and cookies that a site declares: checked, frozen, and cheap to clone.
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
/// name = "__Host-cookie_consent"    # with a domain, a path, or without `secure`: "cookie_consent"
/// path = "/"
/// secure = true
/// same-site = "lax"
/// sources = ["own"]                 # where the choice is read from, in this order
/// combine = "most-restrictive"      # or "first-decided": see `Combine` for its risk
/// store-only = false                # the default; true: only `Consent::store` renews the choice
/// filter-requests = "off"           # the default; or "declared", "all": see `RequestFilter`
/// account-precedence = "account"   # the default; or "latest": see `AccountPrecedence`
/// tell-caches = true                # the default: shared caches keep no page that was judged
/// sweep = false                     # the default; true: what is not allowed is deleted
/// partitioned = false               # the default; true: a choice for each site that embeds this one
/// record-id = false                 # the default; true: it carries the id of the choice's record
///
/// [categories.essential]
/// basis = "necessary"               # or "consent", "opt-out", "prohibited"
/// title = { fr = "Cookies essentiels", en = "Essential cookies" }
/// lifetime = "1 year"               # above none of its cookies
/// refresh = true                    # the default; false: no visit prolongs its cookies
/// secure = true                     # what its cookies leave with at least ([R21](crate::rules#r21)): of services and
/// http-only = true                  # cookies too
/// same-site = "lax"
///
/// [categories.essential.cookies]
/// session = { purpose = "Maintien de la session", lifetime = "session" }
/// auth_token = "30 days"            # the lifetime alone
///
/// [categories.analytics]
/// basis = "consent"
/// refused-by-gpc = false            # the default; true: `Sec-GPC: 1` refuses it, given that source
///
/// [categories.analytics.services.google-analytics]
/// purpose = "Statistiques de visite anonymes"
/// provider = "Google"
/// lifetime = "2 years"
/// cookies = ["_ga", "_ga_*"]        # the names alone
///
/// [services.hotjar]                 # a service of the top level names its category,
/// category = "analytics"
///
/// [cookies]                         # and a cookie its category or its service
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
/// Any self-describing format with a serde implementation, such as JSON, can hold the same
/// structure. `Registry::from_toml` tells the line of each problem; `toml::from_str::<Registry>` and
/// others tell the entry.
#[derive(Clone)]
pub struct Registry {
    contents: Arc<Contents>,
}

impl Registry {
    /// Declares a registry in code.
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::default()
    }

    /// Reads a registry file in TOML.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every problem and its line; for a text that is no TOML, with the first
    /// problem alone.
    #[cfg(feature = "toml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "toml")))]
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        file::from_toml(text)
    }

    /// The same registry with other settings of the consent cookie, for what differs between
    /// machines: a registry read from a file may be used over plain HTTP in development.
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
    /// [`ConfigError`] if browsers would not store such a cookie, or the policy not keep it.
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

    /// Returns `true` for this very registry, and not for another one like it.
    pub(crate) fn is_same(&self, other: &Registry) -> bool {
        Arc::ptr_eq(&self.contents, &other.contents)
    }

    fn freeze(contents: Contents) -> Self {
        Self { contents: Arc::new(contents) }
    }

    /// What the site should know of a registry that is sound all the same: at present, which ids of a
    /// consent-management platform lead nowhere, so that what visitors answer to them has no effect.
    ///
    /// With the feature `tracing`, a policy tells the log of them when it is built.
    pub fn warnings(&self) -> &[Problem] {
        &self.contents.warnings
    }

    /// Tells the log of the warnings, each once in a process, however many policies are built.
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

    /// Puts other warnings into the place of those of a registry that has no clones yet.
    #[cfg(feature = "toml")]
    fn map_warnings(mut self, map: impl FnOnce(Vec<Problem>) -> Vec<Problem>) -> Self {
        if let Some(contents) = Arc::get_mut(&mut self.contents) {
            contents.warnings = map(std::mem::take(&mut contents.warnings));
        }
        self
    }

    /// The policy's version, which a consent must be of (rule [R7](crate::rules#r7)).
    pub fn version(&self) -> &str {
        &self.contents.settings.version
    }

    /// The day of the policy's last change, as `YYYY-MM-DD`.
    pub fn updated(&self) -> Option<&str> {
        self.contents.settings.updated.as_deref()
    }

    /// The policy page's title.
    pub fn title(&self) -> Option<&Text> {
        self.contents.settings.title.as_ref()
    }

    /// The time for which a consent counts (rule [R7](crate::rules#r7)).
    pub fn consent_lifetime(&self) -> Duration {
        self.contents.consent_lifetime
    }

    /// Name and attributes of the crate's own consent cookie.
    pub fn consent_cookie(&self) -> &ConsentCookie {
        &self.contents.settings.consent_cookie
    }

    /// The sources that the choice is read from, in this order. None means the crate's own cookie.
    pub fn consent_sources(&self) -> &[SourceSpec] {
        &self.contents.settings.consent_sources
    }

    /// The way in which the choices of several sources become one; `None` where the registry leaves
    /// it to what the sources are ([`Combine`]).
    pub fn combine(&self) -> Option<Combine> {
        self.contents.settings.combine
    }

    /// Whether [`Consent::store`](crate::Consent::store) alone renews a visitor's choice (rule [R9](crate::rules#r9)).
    pub fn is_store_only(&self) -> bool {
        self.contents.settings.store_only
    }

    /// Which of a request's cookies reach the application ([R22](crate::rules#r22)).
    pub fn request_filter(&self) -> RequestFilter {
        self.contents.settings.request_filter
    }

    /// Whether an account's choice or the device's counts where both are there
    /// ([R24](crate::rules#r24)).
    pub fn account_precedence(&self) -> AccountPrecedence {
        self.contents.settings.account_precedence
    }

    /// Whether shared caches are told for whom a response is, as
    /// [`PolicyBuilder::tell_caches`](crate::PolicyBuilder::tell_caches) says; they are unless the
    /// registry says no.
    pub fn tells_caches(&self) -> bool {
        self.contents.settings.tell_caches.unwrap_or(true)
    }

    /// Whether responses delete what the visitor's browser holds and the policy does not allow (rule
    /// [R19](crate::rules#r19)).
    pub fn sweeps(&self) -> bool {
        self.contents.settings.sweep
    }

    /// The rule for cookies that no declaration covers.
    pub fn undeclared(&self) -> &Undeclared {
        &self.contents.settings.undeclared
    }

    /// The categories, in the order declared.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = CategoryRef<'_>> {
        (0..self.contents.resolved.categories.len())
            .map(|index| CategoryRef::new(&self.contents.resolved, index))
    }

    /// The services: those inside categories in the order of these, then those of the top level.
    pub fn services(&self) -> impl ExactSizeIterator<Item = ServiceRef<'_>> {
        (0..self.contents.resolved.services.len())
            .map(|index| ServiceRef::new(&self.contents.resolved, index))
    }

    /// The declared cookies: those inside categories in the order of these, then those of the top
    /// level's services, then those of the top level.
    pub fn declarations(&self) -> impl ExactSizeIterator<Item = DeclarationRef<'_>> {
        (0..self.contents.resolved.declarations.len())
            .map(|index| DeclarationRef::new(&self.contents.resolved, index))
    }

    /// The declaration that a cookie of this name falls under (rule [R5](crate::rules#r5)).
    pub fn declaration(&self, cookie_name: &[u8]) -> Option<DeclarationRef<'_>> {
        self.declaration_of(self.lookup(cookie_name)?)
    }

    /// The category of this id.
    pub fn category(&self, id: &str) -> Option<CategoryRef<'_>> {
        let index = self.id(id)?.index();
        (index < self.contents.resolved.categories.len())
            .then(|| CategoryRef::new(&self.contents.resolved, index))
    }

    /// The service of this id.
    pub fn service(&self, id: &str) -> Option<ServiceRef<'_>> {
        let index = self.id(id)?.index().checked_sub(self.contents.resolved.categories.len())?;
        Some(ServiceRef::new(&self.contents.resolved, index))
    }
}

/// The version and the number of entries: a whole registry is no line of a log.
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
