//! Asking the sources of a policy what the visitor chose.

use std::borrow::Cow;
use std::time::SystemTime;

use http::header::HeaderName;

use crate::choice::{Choice, ConsentSource, Dnt, Gpc, OwnCookie, RequestHeaders};
use crate::registry::{Combine, Registry, SourceSpec};

/// A policy's sources, in their order (R17). None means the crate's own cookie.
pub(super) struct Sources {
    list: Vec<Box<dyn ConsentSource>>,
    combine: Combine,
    /// What they look at besides `Cookie`, each once.
    headers: Vec<HeaderName>,
}

impl Sources {
    /// Where the site does not say how they combine, it depends on how many can grant. A grant that
    /// somebody plants in one must not lift what the visitor refused in another.
    pub(super) fn new(list: Vec<Box<dyn ConsentSource>>, combine: Option<Combine>) -> Self {
        let several_grant = list.iter().filter(|source| source.can_grant()).count() > 1;
        let default = if several_grant { Combine::MostRestrictive } else { Combine::FirstDecided };
        let combine = combine.unwrap_or(default);
        let mut headers = Vec::new();
        for name in list.iter().flat_map(|source| source.headers()) {
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
        now: impl Fn() -> SystemTime,
    ) -> Choice {
        let read = |source: &dyn ConsentSource| {
            let mut choice = source.read(request, registry);
            if let Cow::Owned(translated) = choice.translated_to(registry) {
                choice = translated;
            }
            choice.expire(&now);
            choice
        };
        let mut sources = self.list.iter();
        let Some(first) = sources.next() else { return read(&OwnCookie) };
        let mut choice = read(&**first);
        for source in sources {
            if choice.is_decided() && self.combine == Combine::FirstDecided {
                break;
            }
            choice = choice.merge_source(&read(&**source));
        }
        choice
    }

    /// Whether a cookie carries the choice (R8). The crate's own counts even where the source is a
    /// closure around it.
    pub(super) fn own(&self, cookie_name: &[u8], registry: &Registry) -> bool {
        OwnCookie.owns(cookie_name, registry)
            || self.list.iter().any(|source| source.owns(cookie_name, registry))
    }

    pub(super) fn headers(&self) -> &[HeaderName] {
        &self.headers
    }
}

/// The sources that a registry declares.
pub(super) fn declared(registry: &Registry) -> Vec<Box<dyn ConsentSource>> {
    let source = |spec: &SourceSpec| -> Box<dyn ConsentSource> {
        match spec {
            SourceSpec::Own => Box::new(OwnCookie),
            SourceSpec::Gpc => Box::new(Gpc),
            SourceSpec::Dnt => Box::new(Dnt),
            #[cfg(feature = "cmp")]
            SourceSpec::Cmp(source) => Box::new(source.clone()),
        }
    };
    registry.consent_sources().iter().map(source).collect()
}
