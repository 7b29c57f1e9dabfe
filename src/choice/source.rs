//! Where a visitor's choice is read from.

use http::header::HeaderName;

use crate::choice::{Choice, RequestHeaders};
use crate::registry::Registry;

/// Reads what a visitor chose from a request.
///
/// Anything that cannot be understood is [`Choice::undecided`]: bytes from the network are never an
/// error (R7). The policy itself checks the version and the time that the choice states, so a
/// source only states them. A policy may have several sources; [`Combine`](crate::registry::Combine)
/// says how their choices become one.
///
/// A closure is a source of what cookies say:
///
/// ```
/// use tower_cookie_consent::{Choice, Policy, Registry, RequestHeaders};
///
/// # let registry = Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'").unwrap();
/// let policy = Policy::builder(registry)
///     .source(|request: &RequestHeaders, registry: &Registry| {
///         match request.cookie(b"tracking").next() {
///             Some(b"on") => Choice::decided(registry).grant("analytics"),
///             Some(b"off") => Choice::decided(registry).refuse("analytics"),
///             _ => Choice::undecided(registry),
///         }
///     })
///     .build();
/// # let mut headers = http::HeaderMap::new();
/// # headers.insert("cookie", "tracking=on".parse().unwrap());
/// # assert!(policy.consent(&headers).allows("analytics"));
/// ```
/// With an array of header names before it, of what these say too:
///
/// ```
/// # use http::HeaderName;
/// # use tower_cookie_consent::{Choice, Policy, Registry, RequestHeaders};
/// # let registry = Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'").unwrap();
/// const TRACKING: HeaderName = HeaderName::from_static("x-tracking");
///
/// let policy = Policy::builder(registry)
///     .source(([TRACKING], |request: &RequestHeaders, registry: &Registry| {
///         match request.header(&TRACKING).next() {
///             Some(b"on") => Choice::decided(registry).grant("analytics"),
///             Some(b"off") => Choice::decided(registry).refuse("analytics"),
///             _ => Choice::undecided(registry),
///         }
///     }))
///     .build();
/// # let mut headers = http::HeaderMap::new();
/// # assert!(!policy.consent(&headers).allows("analytics"));
/// # headers.insert(TRACKING, "on".parse().unwrap());
/// # assert!(policy.consent(&headers).allows("analytics"));
/// ```
pub trait ConsentSource: Send + Sync + 'static {
    /// The visitor's choice. Called only when it is needed, once for a request, and once more if
    /// the response renews the choice (R9).
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice;

    /// Whether a cookie is one that carries the choice.
    ///
    /// Such a cookie is necessary without being declared (R8), and when a response sets it, the
    /// new choice judges the other cookies of that response (R9).
    fn owns(&self, cookie_name: &[u8], registry: &Registry) -> bool {
        let _ = (cookie_name, registry);
        false
    }

    /// The headers that [`read`](Self::read) looks at, besides `Cookie`.
    fn headers(&self) -> &[HeaderName] {
        &[]
    }
}

impl<F> ConsentSource for F
where
    F: Fn(&RequestHeaders, &Registry) -> Choice + Send + Sync + 'static,
{
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        self(request, registry)
    }
}

impl<const N: usize, F> ConsentSource for ([HeaderName; N], F)
where
    F: Fn(&RequestHeaders, &Registry) -> Choice + Send + Sync + 'static,
{
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        self.1(request, registry)
    }

    fn headers(&self) -> &[HeaderName] {
        &self.0
    }
}
