//! A category, as given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::service::Service;
use crate::registry::declare::text::Text;

/// A purpose that the visitor decides on, with its services and cookies.
///
/// ```
/// use tower_cookie_consent::registry::{Category, Declaration};
///
/// let analytics = Category::consent("analytics")
///     .title("Cookies d'analyse")
///     .lifetime("13 months")
///     .cookie("_ga")
///     .cookie(Declaration::new("_ga_*").lifetime("6 months"));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Category {
    pub(crate) id: String,
    pub(crate) basis: Basis,
    pub(crate) title: Option<Text>,
    pub(crate) purpose: Option<Text>,
    pub(crate) lifetime: Option<LifetimeSpec>,
    pub(crate) refresh: Option<bool>,
    pub(crate) refused_by_gpc: bool,
    pub(crate) cookies: Vec<Declaration>,
    pub(crate) services: Vec<Service>,
}

impl Category {
    /// A category of this basis. The id stands in the consent cookie: ASCII letters, digits, `-`,
    /// `_` and `.`; neither `version` nor `time`.
    pub fn new(id: impl Into<String>, basis: Basis) -> Self {
        Self {
            id: id.into(),
            basis,
            title: None,
            purpose: None,
            lifetime: None,
            refresh: None,
            refused_by_gpc: false,
            cookies: Vec::new(),
            services: Vec::new(),
        }
    }

    /// A category of strictly necessary cookies, always kept.
    pub fn necessary(id: impl Into<String>) -> Self {
        Self::new(id, Basis::Necessary)
    }

    /// A category kept only with the visitor's consent.
    pub fn consent(id: impl Into<String>) -> Self {
        Self::new(id, Basis::Consent)
    }

    /// A category kept until the visitor refuses it.
    pub fn opt_out(id: impl Into<String>) -> Self {
        Self::new(id, Basis::OptOut)
    }

    /// A category that the policy says is not used: always stripped.
    pub fn prohibited(id: impl Into<String>) -> Self {
        Self::new(id, Basis::Prohibited)
    }

    /// How the policy page calls it.
    pub fn title(mut self, title: impl Into<Text>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// What its cookies are for.
    pub fn purpose(mut self, purpose: impl Into<Text>) -> Self {
        self.purpose = Some(purpose.into());
        self
    }

    /// The longest that any of its cookies may live (rule R10). Without one, nothing but the
    /// lifetimes of its services and cookies applies.
    pub fn lifetime(mut self, lifetime: impl Into<LifetimeSpec>) -> Self {
        self.lifetime = Some(lifetime.into());
        self
    }

    /// Whether setting its cookies again may prolong their life, unless they or their service say it
    /// themselves (rule R11); they may by default.
    pub fn refresh(mut self, refresh: bool) -> Self {
        self.refresh = Some(refresh);
        self
    }

    /// Whether a visitor who sends `Sec-GPC: 1` refuses it, with all its services, where the policy
    /// listens to that header ([`SourceSpec::Gpc`](crate::registry::SourceSpec::Gpc)); not by default.
    pub fn refused_by_gpc(mut self, refused: bool) -> Self {
        self.refused_by_gpc = refused;
        self
    }

    /// Adds a cookie that belongs to none of its services.
    pub fn cookie(mut self, cookie: impl Into<Declaration>) -> Self {
        self.cookies.push(cookie.into());
        self
    }

    /// Adds a service.
    pub fn service(mut self, service: Service) -> Self {
        self.services.push(service);
        self
    }
}
