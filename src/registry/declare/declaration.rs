//! One declared cookie, as given to the builder.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::keys::keys;
use crate::registry::declare::places::{Domains, Paths};
use crate::registry::declare::text::Text;
use crate::set_cookie::SameSite;

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

    /// The domains it is set for, besides the host that is asked: one, a list, or `"parents"`. To
    /// delete a cookie a browser must be told them; where none is named, it is deleted for every
    /// parent domain (rule [R20](crate::rules#r20)). They tell no two cookies of one name apart: a name is declared once.
    domain: Domains,

    /// The paths it is set under, where that is not `/` alone: one, or a list. To delete a cookie a
    /// browser must be told them (rule [R20](crate::rules#r20)). They tell no two cookies of one name apart: a name is
    /// declared once.
    path: Paths,

    /// Says whether setting it again may prolong its life; by default as its service says, else its
    /// category, and else it may (rule R11: the CNIL exempts audience measurement whose cookies
    /// are not prolonged at each visit).
    refresh: bool,

    /// Says that it leaves with `Secure`, whatever the line that sets it says (rule [R21](crate::rules#r21)).
    secure: bool,

    /// Says that it leaves with `HttpOnly` (rule [R21](crate::rules#r21)).
    http_only: bool,

    /// The `SameSite` that it leaves with at least (rule [R21](crate::rules#r21)). [`SameSite::None`] is for lines
    /// that say nothing of it, and needs [`secure`](Self::secure).
    same_site: SameSite,

    /// Says that it leaves with `Partitioned` (rule [R21](crate::rules#r21)), so that browsers keep one for each
    /// site that embeds this one, and that both jars are looked after when it is deleted (rule
    /// [R20](crate::rules#r20)). It needs [`secure`](Self::secure).
    partitioned: bool,
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
