//! The builder that turns a site's declarations into a checked registry.

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

/// Declares a registry in code. A file can declare the same (see [`Registry`]).
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
    /// Sets the version of the policy, which is required. A consent to another version does not
    /// count (rule [R7](crate::rules#r7)), so change it whenever visitors must be asked again.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.settings.version = version.into();
        self
    }

    /// Sets the day of the policy's last change, as `YYYY-MM-DD`. It is for display only.
    pub fn updated(mut self, date: impl Into<String>) -> Self {
        self.settings.updated = Some(date.into());
        self
    }

    /// Sets the title of the policy page. It is for display only.
    pub fn title(mut self, title: impl Into<Text>) -> Self {
        self.settings.title = Some(title.into());
        self
    }

    /// Sets the time for which a consent counts (rule [R7](crate::rules#r7)). The default is 6
    /// months, as the CNIL recommends.
    pub fn consent_lifetime(mut self, lifetime: impl Into<LifetimeSpec>) -> Self {
        self.settings.consent_lifetime = Some(lifetime.into());
        self
    }

    /// Sets the name and attributes of the crate's own consent cookie.
    pub fn consent_cookie(mut self, cookie: ConsentCookie) -> Self {
        self.settings.consent_cookie = cookie;
        self
    }

    /// Adds a source of the visitor's choice, which is asked after those added before. If none is
    /// added, the choice is read from the crate's own cookie alone.
    pub fn consent_source(mut self, source: impl Into<SourceSpec>) -> Self {
        self.settings.consent_sources.push(source.into());
        self
    }

    /// Sets how the choices of several sources are combined. [`Combine`] describes the default.
    pub fn combine(mut self, combine: Combine) -> Self {
        self.settings.combine = Some(combine);
        self
    }

    /// If `true`, only [`Consent::store`](crate::Consent::store) and
    /// [`Consent::withdraw`](crate::Consent::withdraw) can renew a visitor's choice
    /// ([`PolicyBuilder::store_only`](crate::PolicyBuilder::store_only)).
    pub fn store_only(mut self, store_only: bool) -> Self {
        self.settings.store_only = store_only;
        self
    }

    /// Sets whether the account's choice or the device's counts if both exist. The default is the
    /// account's.
    pub fn account_precedence(mut self, precedence: AccountPrecedence) -> Self {
        self.settings.account_precedence = precedence;
        self
    }

    /// Sets which cookies of a request reach the application. By default all do.
    pub fn filter_requests(mut self, filter: RequestFilter) -> Self {
        self.settings.request_filter = filter;
        self
    }

    /// Sets whether responses tell shared caches that they are private. By default they do
    /// ([`PolicyBuilder::tell_caches`](crate::PolicyBuilder::tell_caches)).
    pub fn tell_caches(mut self, tell: bool) -> Self {
        self.settings.tell_caches = Some(tell);
        self
    }

    /// If `true`, responses delete cookies that the visitor's browser holds and the policy does not
    /// allow ([`PolicyBuilder::sweep`](crate::PolicyBuilder::sweep)).
    pub fn sweep(mut self, sweep: bool) -> Self {
        self.settings.sweep = sweep;
        self
    }

    /// Sets the rule for cookies that no declaration covers. The default is [`Undeclared::Strip`].
    pub fn undeclared(mut self, undeclared: Undeclared) -> Self {
        self.settings.undeclared = undeclared;
        self
    }

    /// Adds a category, together with the services and cookies inside it.
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

    /// Checks the declarations, and returns the registry.
    ///
    /// # Errors
    ///
    /// Returns [`ConfigError`] with every [problem](crate::registry::Problem) that was found: a
    /// missing version, invalid ids and names, unknown references, lifetimes that are invalid or
    /// exceed those around them, duplicates, and patterns that have an equal claim to one name
    /// (rule [R5](crate::rules#r5)).
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
