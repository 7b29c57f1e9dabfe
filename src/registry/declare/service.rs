//! A service, as it is given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::keys::keys;
use crate::registry::declare::text::Text;

keys! {
    /// A party that sets cookies of a category, such as Google Analytics or Stripe. The visitor may
    /// decide on a service separately. Otherwise it follows its category.
    ///
    /// A service is given to a [`Category`](crate::registry::Category), or to the builder with
    /// [`in_category`](Self::in_category).
    pub struct Service(id: String) {
        refused_by_gpc: bool,
        category: Option<String>,
        cookies: Vec<Declaration>,
    }

    /// Sets the name that the policy page gives it.
    title: Text,

    /// Sets the purpose of its cookies.
    purpose: Text,

    /// Sets the company or person that runs it.
    provider: Text,

    /// Sets the longest time for which any of its cookies may live. It must not exceed that of its
    /// category (rule [R10](crate::rules#r10)).
    lifetime: LifetimeSpec,

    /// Sets whether setting its cookies again may prolong their life, for cookies that do not set
    /// this themselves (rule [R11](crate::rules#r11)). The default is the setting of its category.
    refresh: bool,
}

impl Service {
    /// Makes a service. Its id follows the same rules as that of a category, and must differ from
    /// every other id.
    pub fn new(id: impl Into<String>) -> Self {
        Self::bare(id.into())
    }

    /// If `true`, a visitor who sends `Sec-GPC: 1` refuses the service, even if its category is not
    /// refused. The default is `false`.
    pub fn refused_by_gpc(mut self, refused: bool) -> Self {
        self.refused_by_gpc = refused;
        self
    }

    /// Adds a cookie.
    pub fn cookie(mut self, cookie: impl Into<Declaration>) -> Self {
        self.cookies.push(cookie.into());
        self
    }

    /// Sets the id of its category, for a service that is given to the builder directly.
    pub fn in_category(mut self, id: impl Into<String>) -> Self {
        self.category = Some(id.into());
        self
    }
}
