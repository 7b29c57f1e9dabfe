//! From what a site declares to a checked registry.

use crate::lifetime::LifetimeSpec;
use crate::registry::Registry;
use crate::registry::check;
use crate::registry::check::problems::Problems;
use crate::registry::check::resolve::Resolver;
use crate::registry::contents::Contents;
use crate::registry::declare::account_precedence::AccountPrecedence;
use crate::registry::declare::category::Category;
use crate::registry::declare::consent_cookie::ConsentCookie;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::request_filter::RequestFilter;
use crate::registry::declare::service::Service;
use crate::registry::declare::settings::Settings;
use crate::registry::declare::source_spec::{Combine, SourceSpec};
use crate::registry::declare::text::Text;
use crate::registry::declare::undeclared::Undeclared;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::problem::{ConfigError, Problem};

/// Declares a registry in code; a file does the same (see [`Registry`]).
///
/// ```
/// use tower_cookie_consent::registry::{Category, Registry, Service};
///
/// let registry = Registry::builder()
///     .version("2025-01-15")
///     .category(Category::necessary("essential").cookie("session"))
///     .category(
///         Category::consent("analytics")
///             .lifetime("13 months")
///             .service(Service::new("google-analytics").cookie("_ga").cookie("_ga_*")),
///     )
///     .build()?;
/// assert_eq!(registry.declarations().count(), 3);
/// # Ok::<(), tower_cookie_consent::registry::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct RegistryBuilder {
    pub(crate) settings: Settings,
    pub(crate) categories: Vec<Category>,
    pub(crate) services: Vec<Service>,
    pub(crate) cookies: Vec<Declaration>,
    /// The problems that were found while a file was read.
    pub(crate) problems: Problems,
}

impl RegistryBuilder {
    /// The policy's version; required. A consent to another version does not count (rule [R7](crate::rules#r7)), so
    /// change it whenever visitors must be asked again.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.settings.version = version.into();
        self
    }

    /// The day of the policy's last change, as `YYYY-MM-DD`. For display only.
    pub fn updated(mut self, date: impl Into<String>) -> Self {
        self.settings.updated = Some(date.into());
        self
    }

    /// The policy page's title. For display only.
    pub fn title(mut self, title: impl Into<Text>) -> Self {
        self.settings.title = Some(title.into());
        self
    }

    /// The time for which a consent counts (rule [R7](crate::rules#r7)); 6 months by default, as the CNIL recommends.
    pub fn consent_lifetime(mut self, lifetime: impl Into<LifetimeSpec>) -> Self {
        self.settings.consent_lifetime = Some(lifetime.into());
        self
    }

    /// Name and attributes of the crate's own consent cookie.
    pub fn consent_cookie(mut self, cookie: ConsentCookie) -> Self {
        self.settings.consent_cookie = cookie;
        self
    }

    /// Adds a source of the visitor's choice, asked after those added before. Where none is added,
    /// the choice is read from the crate's own cookie alone.
    pub fn consent_source(mut self, source: impl Into<SourceSpec>) -> Self {
        self.settings.consent_sources.push(source.into());
        self
    }

    /// The way in which the choices of several sources become one; [`Combine`] says what holds by
    /// default.
    pub fn combine(mut self, combine: Combine) -> Self {
        self.settings.combine = Some(combine);
        self
    }

    /// Lets nothing but [`Consent::store`](crate::Consent::store) renew a visitor's choice, if `true`
    /// ([`PolicyBuilder::store_only`](crate::PolicyBuilder::store_only)).
    pub fn store_only(mut self, store_only: bool) -> Self {
        self.settings.store_only = store_only;
        self
    }

    /// Whether an account's choice or the device's counts where both are there; the account's, unless
    /// this says otherwise.
    pub fn account_precedence(mut self, precedence: AccountPrecedence) -> Self {
        self.settings.account_precedence = precedence;
        self
    }

    /// Which of a request's cookies reach the application; all, unless this says otherwise.
    pub fn filter_requests(mut self, filter: RequestFilter) -> Self {
        self.settings.request_filter = filter;
        self
    }

    /// Whether shared caches are told for whom a response is; they are unless this says no
    /// ([`PolicyBuilder::tell_caches`](crate::PolicyBuilder::tell_caches)).
    pub fn tell_caches(mut self, tell: bool) -> Self {
        self.settings.tell_caches = Some(tell);
        self
    }

    /// Deletes what the visitor's browser holds and the policy does not allow, if `true`
    /// ([`PolicyBuilder::sweep`](crate::PolicyBuilder::sweep)).
    pub fn sweep(mut self, sweep: bool) -> Self {
        self.settings.sweep = sweep;
        self
    }

    /// The rule for cookies that no declaration covers; [`Undeclared::Strip`] by default.
    pub fn undeclared(mut self, undeclared: Undeclared) -> Self {
        self.settings.undeclared = undeclared;
        self
    }

    /// Adds a category, with the services and cookies inside it.
    pub fn category(mut self, category: Category) -> Self {
        self.categories.push(category);
        self
    }

    /// Adds a service that names its category by [`Service::in_category`].
    pub fn service(mut self, service: Service) -> Self {
        self.services.push(service);
        self
    }

    /// Adds a cookie that names its category or service by [`Declaration::in_category`] or
    /// [`Declaration::in_service`].
    pub fn cookie(mut self, cookie: Declaration) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// Checks all of it and freezes it.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every [problem](crate::registry::Problem) found: a missing version, ids
    /// and names that cannot be, unknown references, lifetimes that are none or exceed those around them,
    /// duplicates, and patterns that claim one name with equal right (rule [R5](crate::rules#r5)).
    pub fn build(self) -> Result<Registry, ConfigError> {
        let Self { settings, categories, services, cookies, mut problems } = self;
        let consent_lifetime = check::settings::check(&settings, &mut problems);
        let path = KeyPath::root().at("categories");
        if categories.is_empty() && !problems.has_misread(&path) {
            let message = "has no category; declare at least one, such as \
                           `[categories.essential]` with `basis = \"necessary\"`";
            problems.add(path, "missing-category", message);
        }
        let mut resolver = Resolver::new(categories, services, cookies, problems);
        let undeclared_category = match &settings.undeclared {
            Undeclared::Category(id) => {
                resolver.find_category(id, &KeyPath::root().at("undeclared"))
            }
            Undeclared::Strip | Undeclared::KeepUnchecked => None,
        };
        check::sources::check(&settings.consent_sources, &mut resolver);
        let Resolver { resolved, mut problems, .. } = resolver;
        check::claims::check(&resolved.declarations, &mut problems);
        check::consent_cookie::check(&settings, consent_lifetime, &resolved, &mut problems);
        let warnings = problems.into_warnings()?;
        Contents::new(settings, consent_lifetime, resolved, undeclared_category, warnings)
            .map(Registry::freeze)
            .ok_or_else(|| {
                let message = "has too many entries; split it by site";
                ConfigError::new(vec![Problem::new("too-large", KeyPath::root(), message)])
            })
    }
}
