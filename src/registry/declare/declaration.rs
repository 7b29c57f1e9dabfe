//! A declared cookie, as it is given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::keys::keys;
use crate::registry::declare::places::{Domains, Paths};
use crate::registry::declare::text::Text;

keys! {
    /// A cookie of the registry. Its name is exact, or a pattern in which `*` stands for any run of
    /// bytes, anywhere in the name and more than once: `_ga_*` (rule [R5](crate::rules#r5)).
    ///
    /// Names that policy pages print for people (`_ga_[id]`, `_ga, _gid`, `_ga (Google)`, `^_ga`)
    /// would match nothing, so they are errors that say what to write. If a cookie really has such
    /// a name, as PHP's `name[key]` does, write `*` for the part that looks wrong: `name[*`.
    ///
    /// A declaration is given to a [`Category`](crate::registry::Category), to a
    /// [`Service`](crate::registry::Service), or to the builder with
    /// [`in_category`](Self::in_category) or [`in_service`](Self::in_service).
    pub struct Declaration(name: String) {
        category: Option<String>,
        service: Option<String>,
    }

    /// Sets the purpose of the cookie.
    purpose: Text,

    /// Sets the party that sets the cookie.
    provider: Text,

    /// Sets the longest time for which the cookie may live. It must not exceed that of its service
    /// and category (rule [R10](crate::rules#r10)).
    lifetime: LifetimeSpec,

    /// Sets the domains for which the cookie is set, besides the request's host: one, a list, or
    /// `"parents"`. A browser deletes a cookie only if it is told its domain. If none is named, the
    /// cookie is deleted for every parent domain (rule [R20](crate::rules#r20)). Two declarations
    /// of one name are an error even if their domains differ.
    domain: Domains,

    /// Sets the paths under which the cookie is set, if that is not only `/`: one, or a list. A
    /// browser deletes a cookie only if it is told its path (rule [R20](crate::rules#r20)). Two
    /// declarations of one name are an error even if their paths differ.
    path: Paths,

    /// Sets whether setting the cookie again may prolong its life (rule [R11](crate::rules#r11)).
    /// The default is the setting of its service, or else of its category, or else `true`. The CNIL
    /// exempts audience measurement only if its cookies are not prolonged at each visit.
    refresh: bool,
}

impl Declaration {
    /// Declares the cookie with this name, or the cookies whose names match this pattern. Names are
    /// case-sensitive.
    pub fn new(name: impl Into<String>) -> Self {
        Self::bare(name.into())
    }

    /// Sets the id of its category, for a declaration that is given to the builder.
    pub fn in_category(mut self, id: impl Into<String>) -> Self {
        self.category = Some(id.into());
        self
    }

    /// Sets the id of its service, for a declaration that is given to the builder.
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
