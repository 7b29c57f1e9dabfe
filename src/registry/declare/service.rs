//! A service, as given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::keys::keys;
use crate::registry::declare::text::Text;
use crate::set_cookie::SameSite;

keys! {
    /// A party that sets cookies inside a category: Google Analytics, Stripe. The visitor may decide
    /// on it by itself; else it follows its category.
    ///
    /// It is given to a [`Category`](crate::registry::Category), or to the builder with
    /// [`in_category`](Self::in_category).
    pub struct Service(id: String) {
        refused_by_gpc: bool,
        category: Option<String>,
        cookies: Vec<Declaration>,
    }

    /// The name that the policy page gives it.
    title: Text,

    /// The purpose of its cookies.
    purpose: Text,

    /// The company or person that runs it.
    provider: Text,

    /// The longest that any of its cookies may live, at most its category's (rule R10).
    lifetime: LifetimeSpec,

    /// Says whether setting its cookies again may prolong their life, unless they say it themselves
    /// (rule R11); by default as its category says.
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

impl Service {
    /// A service. Its id obeys the rules of a category's, and differs from every other id.
    pub fn new(id: impl Into<String>) -> Self {
        Self::bare(id.into())
    }

    /// Says whether a visitor who sends `Sec-GPC: 1` refuses it, also where that does not refuse its
    /// category; not by default.
    pub fn refused_by_gpc(mut self, refused: bool) -> Self {
        self.refused_by_gpc = refused;
        self
    }

    /// Adds a cookie.
    pub fn cookie(mut self, cookie: impl Into<Declaration>) -> Self {
        self.cookies.push(cookie.into());
        self
    }

    /// The id of its category, for a service given to the builder and not to a category.
    pub fn in_category(mut self, id: impl Into<String>) -> Self {
        self.category = Some(id.into());
        self
    }
}
