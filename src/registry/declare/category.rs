//! A category, as it is given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::keys::keys;
use crate::registry::declare::service::Service;
use crate::registry::declare::text::Text;

keys! {
    /// A purpose on which the visitor decides, with its services and cookies.
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
    pub struct Category(id: String, basis: Basis) {
        refused_by_gpc: bool,
        cookies: Vec<Declaration>,
        services: Vec<Service>,
    }

    /// Sets the name that the policy page gives it.
    title: Text,

    /// Sets the purpose of its cookies.
    purpose: Text,

    /// Sets the longest time for which any of its cookies may live (rule [R10](crate::rules#r10)).
    /// Without it, only the lifetimes of its services and cookies apply.
    lifetime: LifetimeSpec,

    /// Sets whether setting its cookies again may prolong their life, for cookies and services that
    /// do not set this themselves (rule [R11](crate::rules#r11)). The default is `true`.
    refresh: bool,
}

impl Category {
    /// Makes a category with this basis. The id is also a key of the consent cookie, so it consists
    /// of ASCII letters, digits, `-`, `_` and `.`, and is none of `version`, `time` and
    /// `record-id`.
    pub fn new(id: impl Into<String>, basis: Basis) -> Self {
        Self::bare(id.into(), basis)
    }

    /// Makes a category of strictly necessary cookies, which are always kept.
    pub fn necessary(id: impl Into<String>) -> Self {
        Self::new(id, Basis::Necessary)
    }

    /// Makes a category whose cookies are kept only with the visitor's consent.
    pub fn consent(id: impl Into<String>) -> Self {
        Self::new(id, Basis::Consent)
    }

    /// Makes a category whose cookies are kept until the visitor refuses it.
    pub fn opt_out(id: impl Into<String>) -> Self {
        Self::new(id, Basis::OptOut)
    }

    /// Makes a category whose cookies the policy does not use, so that they are always stripped.
    pub fn prohibited(id: impl Into<String>) -> Self {
        Self::new(id, Basis::Prohibited)
    }

    /// If `true`, a visitor who sends `Sec-GPC: 1` refuses the category with all its services,
    /// under a policy that heeds that header
    /// ([`SourceSpec::Gpc`](crate::registry::SourceSpec::Gpc)). The default is `false`.
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
