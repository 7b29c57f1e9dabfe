//! The thing that decides: a registry, a consent source and modes, without I/O.

mod builder;
mod consent;
mod enforcement;
mod judge;
mod leftovers;
mod permission;
mod set_cookies;
mod sources;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::header::{COOKIE, HeaderMap, HeaderValue};
use http::request;

pub use crate::policy::builder::PolicyBuilder;
pub use crate::policy::consent::Consent;
pub(crate) use crate::policy::consent::Unread;
pub(crate) use crate::policy::enforcement::Recording;
pub use crate::policy::set_cookies::SetCookies;

use crate::choice::{Choice, RequestHeaders, TooLong, own_cookie};
use crate::policy::sources::Sources;
use crate::registry::Registry;
use crate::report::Report;

/// A site's cookie policy, ready to be enforced: what it declares, where the visitor's choice is
/// read from, and in which mode. Cloning it is cheap.
///
/// ```
/// use http::HeaderMap;
/// use tower_cookie_consent::{Policy, Registry};
///
/// let policy = Policy::new(Registry::from_toml(r#"
///     version = "1"
///     [categories.analytics]
///     basis = "consent"
///     cookies = ["_ga"]
/// "#)?);
/// let request = HeaderMap::new();
/// let mut response = HeaderMap::new();
/// response.insert("set-cookie", "_ga=1; Max-Age=60".parse().unwrap());
///
/// let report = policy.enforce(&policy.consent(&request), &mut response);
///
/// assert!(!response.contains_key("set-cookie"));
/// assert!(report.entries()[0].verdict().is_strip());
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct Policy(Arc<Inner>);

struct Inner {
    registry: Registry,
    sources: Sources,
    clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
    exempt: Option<Box<Exempt>>,
    observer: Option<Box<Observer>>,
    report_only: bool,
}

type Exempt = dyn Fn(&request::Parts) -> bool + Send + Sync;
type Observer = dyn Fn(&Report) + Send + Sync;

impl Policy {
    /// The policy of a registry, enforced, with the choice read from the sources that it declares,
    /// or else from the crate's own cookie.
    pub fn new(registry: Registry) -> Self {
        Policy::builder(registry).build()
    }

    /// Starts a policy with another source, clock or mode.
    pub fn builder(registry: Registry) -> PolicyBuilder {
        PolicyBuilder::new(registry)
    }

    /// What the site declares.
    pub fn registry(&self) -> &Registry {
        &self.0.registry
    }

    /// Whether verdicts are only reported (R13).
    pub fn is_report_only(&self) -> bool {
        self.0.report_only
    }

    /// Whether the site exempts a request, so that its response passes untouched (R16).
    pub fn is_exempt(&self, request: &request::Parts) -> bool {
        self.0.exempt.as_ref().is_some_and(|exempt| exempt(request))
    }

    pub(crate) fn has_exemptions(&self) -> bool {
        self.0.exempt.is_some()
    }

    pub(crate) fn observer(&self) -> Option<&Observer> {
        self.0.observer.as_deref()
    }

    /// The consent of the visitor who sends these headers.
    ///
    /// This only takes the headers that matter; they are read when the answer is first needed.
    pub fn consent(&self, request: &HeaderMap) -> Consent {
        self.unread(request).into_consent()
    }

    /// [`consent`](Self::consent), as small as a future should be.
    pub(crate) fn unread(&self, request: &HeaderMap) -> Unread {
        let mut kept = RequestHeaders::new();
        for value in request.get_all(COOKIE) {
            kept.push(COOKIE, value.clone());
        }
        for name in self.0.sources.headers() {
            for value in request.get_all(name) {
                kept.push(name.clone(), value.clone());
            }
        }
        Unread::new(self.clone(), kept)
    }

    fn read(&self, request: &RequestHeaders) -> Choice {
        self.0.sources.read(request, self.registry(), &self.0.clock)
    }

    fn owns(&self, cookie_name: &[u8]) -> bool {
        self.0.sources.own(cookie_name, self.registry())
    }

    fn epoch_seconds(&self) -> i64 {
        let since_epoch = (self.0.clock)().duration_since(SystemTime::UNIX_EPOCH);
        since_epoch.map_or(0, |time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX))
    }

    /// The `Set-Cookie` that stores a choice, made now, in the crate's own consent cookie.
    ///
    /// In the same response it already judges the other cookies (R9). [`Consent::store`] adds what
    /// has to be deleted with it.
    ///
    /// # Errors
    /// [`TooLong`] if the choice decides on so many services that browsers would not store it.
    pub fn set_cookie(&self, choice: &Choice) -> Result<HeaderValue, TooLong> {
        // Made first: of an undecided choice, only the refusals would find into another registry.
        own_cookie::set_cookie(
            &choice.as_decided().translated_to(self.registry()),
            (self.0.clock)(),
        )
    }

    /// The `Set-Cookie` that deletes the crate's own consent cookie: the visitor is undecided again.
    ///
    /// [`Consent::withdraw`] adds what has to be deleted with it.
    pub fn delete_cookie(&self) -> HeaderValue {
        own_cookie::delete_cookie(self.registry())
    }
}

impl From<Registry> for Policy {
    fn from(registry: Registry) -> Self {
        Policy::new(registry)
    }
}

impl From<PolicyBuilder> for Policy {
    fn from(builder: PolicyBuilder) -> Self {
        builder.build()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("registry", self.registry())
            .field("report_only", &self.0.report_only)
            .finish_non_exhaustive()
    }
}
