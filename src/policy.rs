//! The thing that decides: a registry, a consent source and modes, without I/O.

mod account;
mod builder;
mod by;
mod caching;
mod candidates;
mod cap;
mod carriers;
mod choice_cookies;
mod consent;
mod deletions;
mod enforcement;
mod floor;
mod further_deletions;
mod handed_in;
mod judge;
mod lapse;
mod leftovers;
mod page;
mod permission;
mod reads;
mod record;
mod refresh;
mod renewal;
mod request_filter;
mod served;
mod sources;
mod strictness;
mod sweep;
mod unasked;
#[cfg(feature = "tracing")]
mod undeclared;
mod visit;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::header::HeaderName;
use http::request;

pub use crate::policy::builder::PolicyBuilder;
pub use crate::policy::by::{PolicyBy, SelectionError};
pub use crate::policy::choice_cookies::ChoiceCookies;
pub(crate) use crate::policy::consent::Awaiting;
pub use crate::policy::consent::Consent;
pub(crate) use crate::policy::enforcement::{
    enforce_reporting_all, enforce_reporting_changes, enforce_showing_each, enforce_silently,
};
pub use crate::policy::lapse::Lapse;
pub(crate) use crate::policy::page::Page;
#[cfg(feature = "tracing")]
pub(crate) use crate::policy::page::is_within;
pub use crate::policy::record::{ConsentRecord, EventState, How, Shown};
pub use crate::policy::sweep::Sweep;
pub(crate) use crate::policy::visit::Visit;

use crate::policy::sources::Sources;
use crate::policy::unasked::Unasked;
use crate::registry::{AccountPrecedence, Registry, RequestFilter};
use crate::report::{Observed, Report};

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

#[derive(Clone)]
struct Inner {
    registry: Registry,
    sources: Arc<Sources>,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    exempt: Option<Arc<Exempt>>,
    observer: Option<Arc<Observer>>,
    each_observer: Option<Arc<EachObserver>>,
    report_only: bool,
    store_only: bool,
    tells_caches: bool,
    deletes: Unasked,
    request_filter: RequestFilter,
    account_precedence: AccountPrecedence,
    /// Set in a policy that is picked by the request.
    selection: Option<Arc<Selection>>,
    /// Set in a policy that was picked among others: the headers by which it was.
    picked_by: Option<Arc<[HeaderName]>>,
}

/// The policies of a site by their names, and the closure that picks one of them (R25).
struct Selection {
    choose: Box<Choose>,
    policies: Vec<(Box<str>, Policy)>,
}

/// Names the policy that counts for a request.
type Choose = dyn for<'r> Fn(&'r request::Parts) -> Option<&'r str> + Send + Sync;
type Exempt = dyn Fn(&request::Parts) -> bool + Send + Sync;
type Observer = dyn Fn(&Report) + Send + Sync;
pub(crate) type EachObserver = dyn Fn(Observed<'_>) + Send + Sync;

impl Policy {
    /// The site's registry.
    pub fn registry(&self) -> &Registry {
        &self.0.registry
    }

    pub(crate) fn observer(&self) -> Option<&Observer> {
        self.0.observer.as_deref()
    }

    pub(crate) fn each_observer(&self) -> Option<&EachObserver> {
        self.0.each_observer.as_deref()
    }

    fn now(&self) -> SystemTime {
        (self.0.clock)()
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
