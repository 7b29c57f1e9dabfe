//! Asking the sources of a policy what the visitor chose.

use std::any::TypeId;
use std::borrow::Cow;
use std::time::SystemTime;

use http::header::HeaderName;

use crate::choice::{Choice, ConsentSource, Dnt, Gpc, OwnCookie, RequestHeaders};
use crate::registry::{Combine, Registry, SourceSpec};

/// A policy's sources, in their order (R17). None means the crate's own cookie.
pub(super) struct Sources {
    list: Vec<Source>,
    combine: Combine,
    /// The headers that the sources look at besides `Cookie`, each once.
    headers: Vec<HeaderName>,
}

/// The crate's own cookie has rules of its own (R8), so it is told apart from what else may be read.
pub(super) enum Source {
    Own,
    Other(Box<dyn ConsentSource>),
}

impl Source {
    pub(super) fn new<S: ConsentSource>(source: S) -> Self {
        if TypeId::of::<S>() == TypeId::of::<OwnCookie>() {
            Source::Own
        } else {
            Source::Other(Box::new(source))
        }
    }

    fn get(&self) -> &dyn ConsentSource {
        match self {
            Source::Own => &OwnCookie,
            Source::Other(source) => &**source,
        }
    }

    fn is_own(&self) -> bool {
        matches!(self, Source::Own)
    }

    /// Returns the choice that the source states, as far as it counts now (R7).
    fn read(
        &self,
        request: &RequestHeaders,
        registry: &Registry,
        now: impl FnOnce() -> SystemTime,
    ) -> Choice {
        let mut choice = self.get().read(request, registry);
        if let Cow::Owned(translated) = choice.translated_to(registry) {
            choice = translated;
        }
        choice.expire(now);
        choice
    }
}

impl Sources {
    /// If the site does not say how the sources combine, it depends on how many of them can grant.
    /// A grant that somebody plants in one must not lift what the visitor refused in another.
    pub(super) fn new(list: Vec<Source>, combine: Option<Combine>) -> Self {
        let several_grant = list.iter().filter(|source| source.get().can_grant()).count() > 1;
        let default = if several_grant { Combine::MostRestrictive } else { Combine::FirstDecided };
        let combine = combine.unwrap_or(default);
        let mut headers = Vec::new();
        for name in list.iter().flat_map(|source| source.get().headers()) {
            if !headers.contains(name) {
                headers.push(name.clone());
            }
        }
        Sources { list, combine, headers }
    }

    /// The visitor's choice as it counts now (R7).
    pub(super) fn read(
        &self,
        request: &RequestHeaders,
        registry: &Registry,
        now: &dyn Fn() -> SystemTime,
    ) -> Choice {
        self.combined(|source| source.read(request, registry, now))
    }

    /// The visitor's choice as it would count if they had made this one: it stands for what the
    /// crate's own cookie says or, where the policy does not read that, for all that can grant.
    pub(super) fn read_with(
        &self,
        made: &Choice,
        request: &RequestHeaders,
        registry: &Registry,
        now: impl Fn() -> SystemTime,
    ) -> Choice {
        let reads_own = self.reads_own();
        self.combined(|source| {
            if source.is_own() || !reads_own && source.get().can_grant() {
                made.clone()
            } else {
                source.read(request, registry, &now)
            }
        })
    }

    /// The visitor's choice if this one, from their account, stands for all that can grant. What only
    /// objects, as `Sec-GPC` does, is read as ever (R24).
    pub(super) fn read_for(
        &self,
        account: &Choice,
        request: &RequestHeaders,
        registry: &Registry,
        now: impl Fn() -> SystemTime,
    ) -> Choice {
        self.combined(|source| {
            if source.get().can_grant() {
                account.clone()
            } else {
                source.read(request, registry, &now)
            }
        })
    }

    fn combined(&self, read: impl Fn(&Source) -> Choice) -> Choice {
        let mut sources = self.list.iter();
        let mut choice = read(sources.next().unwrap_or(&Source::Own));
        for source in sources {
            if choice.is_decided() && self.combine == Combine::FirstDecided {
                break;
            }
            choice = choice.merge_source(&read(source));
        }
        choice
    }

    /// Returns `true` if the crate's own cookie is among them.
    fn reads_own(&self) -> bool {
        self.list.is_empty() || self.list.iter().any(Source::is_own)
    }

    /// Returns `true` if the next request reads a choice that `Consent::store` stores: as the
    /// crate's own cookie, or by a source that takes the choice from a cookie of that name.
    #[cfg(feature = "pages")]
    pub(super) fn read_what_is_stored(&self, registry: &Registry) -> bool {
        self.reads_own() || self.others_own(registry.consent_cookie().name().as_bytes(), registry)
    }

    /// The choice that each source reads, whether it counts or not.
    pub(super) fn stated(
        &self,
        request: &RequestHeaders,
        registry: &Registry,
    ) -> impl Iterator<Item = Choice> {
        let alone = self.list.is_empty().then_some(&OwnCookie as &dyn ConsentSource);
        let sources = self.list.iter().map(Source::get).chain(alone);
        sources.map(|source| source.read(request, registry).translated_to(registry).into_owned())
    }

    /// Returns `true` if a source other than the crate's own cookie reads the choice from a cookie
    /// of this name (R8).
    pub(super) fn others_own(&self, cookie_name: &[u8], registry: &Registry) -> bool {
        self.list.iter().any(|source| match source {
            Source::Own => false,
            Source::Other(source) => source.owns(cookie_name, registry),
        })
    }

    /// Returns `true` if there is a source other than the crate's own cookie.
    pub(super) fn has_others(&self) -> bool {
        self.list.iter().any(|source| !source.is_own())
    }

    pub(super) fn headers(&self) -> &[HeaderName] {
        &self.headers
    }
}

/// The sources that a registry declares.
pub(super) fn declared(registry: &Registry) -> Vec<Source> {
    let source = |spec: &SourceSpec| match spec {
        SourceSpec::Own => Source::Own,
        SourceSpec::Gpc => Source::new(Gpc),
        SourceSpec::Dnt => Source::new(Dnt),
        #[cfg(feature = "cmp")]
        SourceSpec::Cmp(source) => Source::new(source.clone()),
    };
    registry.consent_sources().iter().map(source).collect()
}
