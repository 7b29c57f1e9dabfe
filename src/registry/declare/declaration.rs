//! One declared cookie, as given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::text::Text;

/// One cookie of the registry: a name, or a pattern in which `*` stands for any run of bytes
/// (`_ga_*`), anywhere in the name and more than once (rule R5).
///
/// What policy pages print for the part that varies (`[hash]`, `<id>`, `{id}`, `XXXX`, `#` at the
/// end) is an error, since as part of a name it would match nothing. A cookie whose name does hold
/// brackets, as PHP's `name[key]`, is written `name[*`.
///
/// Given to a [`Category`](crate::registry::Category), to a [`Service`](crate::registry::Service), or to the builder
/// with [`in_category`](Self::in_category) or [`in_service`](Self::in_service).
#[derive(Clone, Debug)]
#[must_use]
pub struct Declaration {
    pub(crate) name: String,
    pub(crate) purpose: Option<Text>,
    pub(crate) provider: Option<Text>,
    pub(crate) lifetime: Option<LifetimeSpec>,
    pub(crate) domain: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) refresh: Option<bool>,
    pub(crate) category: Option<String>,
    pub(crate) service: Option<String>,
}

impl Declaration {
    /// A cookie of this name, or the cookies whose names this pattern matches. Case counts.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            purpose: None,
            provider: None,
            lifetime: None,
            domain: None,
            path: None,
            refresh: None,
            category: None,
            service: None,
        }
    }

    /// What the cookie is for.
    pub fn purpose(mut self, purpose: impl Into<Text>) -> Self {
        self.purpose = Some(purpose.into());
        self
    }

    /// Who sets it.
    pub fn provider(mut self, provider: impl Into<Text>) -> Self {
        self.provider = Some(provider.into());
        self
    }

    /// The longest it may live, at most its service's and category's (rule R10).
    pub fn lifetime(mut self, lifetime: impl Into<LifetimeSpec>) -> Self {
        self.lifetime = Some(lifetime.into());
        self
    }

    /// The domain it is set for, where that is not the site's own host. To delete a cookie a
    /// browser must be told it. It tells no two cookies of one name apart: a name is declared once.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// The path it is set for, where that is not `/`. To delete a cookie a browser must be told it.
    /// It tells no two cookies of one name apart: a name is declared once.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Whether setting it again may prolong its life; by default as its service says, else its
    /// category, and else it may (rule R11: the CNIL exempts audience measurement whose cookies
    /// are not prolonged at each visit).
    pub fn refresh(mut self, refresh: bool) -> Self {
        self.refresh = Some(refresh);
        self
    }

    /// The id of its category, for a declaration given to the builder.
    pub fn in_category(mut self, id: impl Into<String>) -> Self {
        self.category = Some(id.into());
        self
    }

    /// The id of its service, for a declaration given to the builder.
    pub fn in_service(mut self, id: impl Into<String>) -> Self {
        self.service = Some(id.into());
        self
    }
}

impl From<&str> for Declaration {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Declaration {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}
