//! Wraps the service that sets the cookies: in no layer, or in one with a policy under which all
//! cookies are of one category.

use std::convert::Infallible;
use std::fmt;

use http::{Request, Response};
use hyper::body::Incoming;
use tower::util::BoxCloneSyncService;
use tower::{Layer, Service};
use tower_cookie_consent::registry::{Category, Undeclared};
use tower_cookie_consent::{Choice, CookieConsentLayer, Policy, Registry, source_fn};

/// The longest lifetime in seconds under [`Wrapping::Capped`].
pub(crate) const CAP: f64 = 120.0;

pub(crate) type Wrapped = BoxCloneSyncService<Request<Incoming>, Response<String>, Infallible>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Wrapping {
    /// There is no layer.
    Bare,
    /// A layer whose visitor has not decided.
    Undecided,
    /// A layer whose visitor has consented, for two minutes at most.
    Capped,
    /// A layer whose visitor has consented, to session cookies.
    Session,
    /// A layer that takes all cookies for necessary, for as long as they like.
    Unlimited,
}

impl Wrapping {
    pub(crate) const ALL: [Self; 5] =
        [Self::Bare, Self::Undecided, Self::Capped, Self::Session, Self::Unlimited];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Wrapping::Bare => "bare",
            Wrapping::Undecided => "undecided",
            Wrapping::Capped => "capped",
            Wrapping::Session => "session",
            Wrapping::Unlimited => "unlimited",
        }
    }

    pub(crate) fn wrap<S>(self, service: S) -> Wrapped
    where
        S: Service<Request<Incoming>, Response = Response<String>, Error = Infallible>,
        S: Clone + Send + Sync + 'static,
        S::Future: Send,
    {
        match self.policy() {
            Some(policy) => {
                BoxCloneSyncService::new(CookieConsentLayer::new(policy).layer(service))
            }
            None => BoxCloneSyncService::new(service),
        }
    }

    /// Returns what the layer enforces, if there is one.
    pub(crate) fn policy(self) -> Option<Policy> {
        let (category, granted) = match self {
            Wrapping::Bare => return None,
            Wrapping::Undecided => (Category::consent("all"), false),
            Wrapping::Capped => (Category::consent("all").lifetime("2 minutes"), true),
            Wrapping::Session => (Category::consent("all").lifetime("session"), true),
            Wrapping::Unlimited => (Category::necessary("all"), false),
        };
        let registry = Registry::builder()
            .version("1")
            .undeclared(Undeclared::Category("all".to_owned()))
            .category(category)
            .build()
            .unwrap();
        // The jar is to hold nothing but what the lines set.
        let source = source_fn(move |_, registry| {
            if granted {
                Choice::decided(registry).grant("all")
            } else {
                Choice::undecided(registry)
            }
        });
        Some(Policy::builder(registry).source(source).build())
    }
}

impl fmt::Display for Wrapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
