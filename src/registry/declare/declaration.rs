//! One declared cookie, as given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::keys::keys;
use crate::registry::declare::text::Text;

keys! {
    /// One cookie of the registry: a name, or a pattern in which `*` stands for any run of bytes
    /// (`_ga_*`), anywhere in the name and more than once (rule [R5](crate::rules#r5)).
    ///
    /// What policy pages print for people (`_ga_[id]`, `_ga, _gid`, `_ga (Google)`, `^_ga`) is an
    /// error that says what to write, since as a name it would match nothing. A cookie that is
    /// really called like this, as PHP's `name[key]` is, is written with `*` for the part that looks
    /// wrong: `name[*`.
    ///
    /// It is given to a [`Category`](crate::registry::Category), to a
    /// [`Service`](crate::registry::Service), or to the builder with
    /// [`in_category`](Self::in_category) or [`in_service`](Self::in_service).
    pub struct Declaration(name: String) {
        category: Option<String>,
        service: Option<String>,
    }

    /// The purpose of the cookie.
    purpose: Text,

    /// The party that sets it.
    provider: Text,

    /// The longest it may live, at most its service's and category's (rule R10).
    lifetime: LifetimeSpec,

    /// The domain it is set for, where that is not the site's own host. To delete a cookie a
    /// browser must be told it. It tells no two cookies of one name apart: a name is declared once.
    domain: String,

    /// The path it is set for, where that is not `/`. To delete a cookie a browser must be told it.
    /// It tells no two cookies of one name apart: a name is declared once.
    path: String,

    /// Says whether setting it again may prolong its life; by default as its service says, else its
    /// category, and else it may (rule R11: the CNIL exempts audience measurement whose cookies
    /// are not prolonged at each visit).
    refresh: bool,
}

impl Declaration {
    /// A cookie of this name, or the cookies whose names this pattern matches. Case counts.
    pub fn new(name: impl Into<String>) -> Self {
        Self::bare(name.into())
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
