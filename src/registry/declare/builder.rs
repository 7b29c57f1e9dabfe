//! From what a site declares to a checked registry.

use std::time::Duration;

use crate::lifetime::{LifetimeSpec, MONTH, MaxLifetime};
use crate::registry::Registry;
use crate::registry::check::flatten::Flat;
use crate::registry::check::names::is_date;
use crate::registry::check::problems::Problems;
use crate::registry::check::sources;
use crate::registry::check::{claims, consent_cookie};
use crate::registry::declare::category::Category;
use crate::registry::declare::consent_cookie::ConsentCookie;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::service::Service;
use crate::registry::declare::source_spec::{Combine, SourceSpec};
use crate::registry::declare::text::Text;
use crate::registry::declare::undeclared::Undeclared;
use crate::registry::frozen::Frozen;
use crate::registry::problem::ConfigError;
use crate::registry::problem::key_path::KeyPath;

/// How long a consent counts where the registry does not say: six months, as the CNIL recommends
/// (guidelines of 17 September 2020 and the recommendation with them).
const DEFAULT_CONSENT: Duration = Duration::from_secs(6 * MONTH);

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
    pub(crate) version: String,
    pub(crate) updated: Option<String>,
    pub(crate) title: Option<Text>,
    pub(crate) consent_lifetime: Option<LifetimeSpec>,
    pub(crate) consent_cookie: ConsentCookie,
    pub(crate) consent_sources: Vec<SourceSpec>,
    pub(crate) combine: Combine,
    pub(crate) undeclared: Undeclared,
    pub(crate) categories: Vec<Category>,
    pub(crate) services: Vec<Service>,
    pub(crate) cookies: Vec<Declaration>,
    /// What was found wrong while a file was read.
    pub(crate) problems: Problems,
}

impl RegistryBuilder {
    /// The policy's version; required. A consent to another version does not count (rule R7), so
    /// change it whenever visitors must be asked again.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// The day of the policy's last change, as `YYYY-MM-DD`. For display only.
    pub fn updated(mut self, date: impl Into<String>) -> Self {
        self.updated = Some(date.into());
        self
    }

    /// The policy page's title. For display only.
    pub fn title(mut self, title: impl Into<Text>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// How long a consent counts (rule R7); 6 months by default, as the CNIL recommends.
    pub fn consent_lifetime(mut self, lifetime: impl Into<LifetimeSpec>) -> Self {
        self.consent_lifetime = Some(lifetime.into());
        self
    }

    /// Name and attributes of the crate's own consent cookie.
    pub fn consent_cookie(mut self, cookie: ConsentCookie) -> Self {
        self.consent_cookie = cookie;
        self
    }

    /// Adds a source of the visitor's choice, asked after those added before. Where none is added,
    /// the choice is read from the crate's own cookie alone.
    pub fn consent_source(mut self, source: impl Into<SourceSpec>) -> Self {
        self.consent_sources.push(source.into());
        self
    }

    /// How the choices of several sources become one; by default the first that is decided.
    pub fn combine(mut self, combine: Combine) -> Self {
        self.combine = combine;
        self
    }

    /// What happens to cookies that no declaration covers; [`Undeclared::Strip`] by default.
    pub fn undeclared(mut self, undeclared: Undeclared) -> Self {
        self.undeclared = undeclared;
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
    /// [`ConfigError`] with every [problem](crate::registry::Problem) found: a missing version, ids and names
    /// that cannot be, unknown references, lifetimes that are none or exceed those around them,
    /// duplicates, and patterns that claim one name with equal right (rule R5).
    pub fn build(self) -> Result<Registry, ConfigError> {
        let mut problems = self.problems;
        let root = KeyPath::root();
        if self.version.trim().is_empty() && !problems.has_misread(&root.at("version")) {
            let message = "has no `version`; write one, such as the policy's date, and change it \
                           whenever visitors must be asked again";
            problems.add(root.at("version"), "missing-version", message);
        }
        if let Some(found) = self.updated.as_ref().filter(|date| !is_date(date)) {
            let message = format!("{found:?} is no date; write year-month-day, as in 2025-01-15");
            problems.add(root.at("updated"), "invalid-date", message);
        }
        problems.texts(&root, &[("title", self.title.as_ref())]);
        if self.categories.is_empty() && !problems.has_misread(&root.at("categories")) {
            let message = "has no category; declare at least one, such as \
                           `[categories.essential]` with `basis = \"necessary\"`";
            problems.add(root.at("categories"), "missing-category", message);
        }
        let consent_lifetime = consent_lifetime(self.consent_lifetime.as_ref(), &mut problems);
        let flat = Flat::new(self.categories, self.services, self.cookies, &mut problems);
        let undeclared_category = match &self.undeclared {
            Undeclared::Category(id) => {
                flat.find_category(id, &root.at("undeclared"), &mut problems)
            }
            Undeclared::Strip | Undeclared::KeepUnchecked => None,
        };
        claims::check(&flat.records.declarations, &flat.declarations, &mut problems);
        consent_cookie::attributes(&self.consent_cookie, &mut problems);
        consent_cookie::declaration(&self.consent_cookie, consent_lifetime, &flat, &mut problems);
        sources::check(&self.consent_sources, &flat, &mut problems);
        if !problems.is_empty() {
            return Err(ConfigError::new(problems.into_vec()));
        }
        let Some(index) = crate::registry::frozen::Index::new(&flat.records, undeclared_category)
        else {
            problems.add(root, "too-large", "has too many entries; split it by site");
            return Err(ConfigError::new(problems.into_vec()));
        };
        Ok(Registry::freeze(Frozen {
            version: self.version,
            updated: self.updated,
            title: self.title,
            consent_lifetime,
            consent_cookie: self.consent_cookie,
            consent_sources: self.consent_sources,
            combine: self.combine,
            undeclared: self.undeclared,
            records: flat.records,
            index,
        }))
    }
}

fn consent_lifetime(spec: Option<&LifetimeSpec>, problems: &mut Problems) -> Duration {
    match problems.lifetime(&KeyPath::root(), "consent-lifetime", spec) {
        Some(MaxLifetime::Seconds(seconds)) => Duration::from_secs(seconds),
        Some(MaxLifetime::Session) => {
            let message = "a consent cannot last for a session, whose length nobody knows; write \
                           a time such as `6 months`, and `lifetime = \"session\"` under \
                           `consent` for the cookie";
            problems.add(KeyPath::root().at("consent-lifetime"), "session-consent", message);
            DEFAULT_CONSENT
        }
        None => DEFAULT_CONSENT,
    }
}
