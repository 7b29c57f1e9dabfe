//! A category, as given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::keys::keys;
use crate::registry::declare::service::Service;
use crate::registry::declare::text::Text;
use crate::set_cookie::SameSite;

keys! {
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
    pub struct Category(id: String, basis: Basis) {
        refused_by_gpc: bool,
        cookies: Vec<Declaration>,
        services: Vec<Service>,
    }

    /// The name that the policy page gives it.
    title: Text,

    /// The purpose of its cookies.
    purpose: Text,

    /// The longest that any of its cookies may live (rule R10). Without one, nothing but the
    /// lifetimes of its services and cookies applies.
    lifetime: LifetimeSpec,

    /// Says whether setting its cookies again may prolong their life, unless they or their service
    /// say it themselves (rule R11); they may by default.
    refresh: bool,

    /// Says that its cookies leave with `Secure`, whatever the line that sets one says (rule [R21](crate::rules#r21)).
    secure: bool,

    /// Says that its cookies leave with `HttpOnly` (rule [R21](crate::rules#r21)).
    http_only: bool,

    /// The `SameSite` that its cookies leave with at least (rule [R21](crate::rules#r21)). [`SameSite::None`] is for lines
    /// that say nothing of it, and needs [`secure`](Self::secure).
    same_site: SameSite,

    /// Says that its cookies leave with `Partitioned` (rule [R21](crate::rules#r21)), so that browsers keep one for each
    /// site that embeds this one, and that both jars are looked after when they are deleted (rule
    /// [R20](crate::rules#r20)). It needs [`secure`](Self::secure).
    partitioned: bool,
}

impl Category {
    /// A category of this basis. The id stands in the consent cookie: ASCII letters, digits, `-`,
    /// `_` and `.`; neither `version` nor `time`.
    pub fn new(id: impl Into<String>, basis: Basis) -> Self {
        Self::bare(id.into(), basis)
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

    /// Says whether a visitor who sends `Sec-GPC: 1` refuses it, with all its services, where the
    /// policy listens to that header ([`SourceSpec::Gpc`](crate::registry::SourceSpec::Gpc)); not by
    /// default.
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
