//! A service, as given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::keys::keys;
use crate::registry::declare::text::Text;

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
