//! A service, as given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::text::Text;

/// Who sets cookies inside a category: Google Analytics, Stripe. The visitor may decide on it by
/// itself; else it follows its category.
///
/// Given to a [`Category`](crate::registry::Category), or to the builder with
/// [`in_category`](Self::in_category).
#[derive(Clone, Debug)]
#[must_use]
pub struct Service {
    pub(crate) id: String,
    pub(crate) title: Option<Text>,
    pub(crate) purpose: Option<Text>,
    pub(crate) provider: Option<Text>,
    pub(crate) lifetime: Option<LifetimeSpec>,
    pub(crate) refresh: Option<bool>,
    pub(crate) refused_by_gpc: bool,
    pub(crate) category: Option<String>,
    pub(crate) cookies: Vec<Declaration>,
}

impl Service {
    /// A service. Its id obeys the rules of a category's, and differs from every other id.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: None,
            purpose: None,
            provider: None,
            lifetime: None,
            refresh: None,
            refused_by_gpc: false,
            category: None,
            cookies: Vec::new(),
        }
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

    /// Which company or person runs it.
    pub fn provider(mut self, provider: impl Into<Text>) -> Self {
        self.provider = Some(provider.into());
        self
    }

    /// The longest that any of its cookies may live, at most its category's (rule R10).
    pub fn lifetime(mut self, lifetime: impl Into<LifetimeSpec>) -> Self {
        self.lifetime = Some(lifetime.into());
        self
    }

    /// Whether setting its cookies again may prolong their life, unless they say it themselves
    /// (rule R11); by default as its category says.
    pub fn refresh(mut self, refresh: bool) -> Self {
        self.refresh = Some(refresh);
        self
    }

    /// Whether a visitor who sends `Sec-GPC: 1` refuses it, also where that does not refuse its
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
