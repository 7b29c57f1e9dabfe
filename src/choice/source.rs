//! The sources that a visitor's choice is read from.

use std::fmt;

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
/// [`source_fn`] makes one of a closure.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no source of the visitor's choice",
    label = "the choice cannot be read from this",
    note = "a closure becomes a source by `source_fn(|request, registry| ...)`",
    note = "the crate's own sources are `OwnCookie`, `Gpc`, `Dnt` and, with the feature `cmp`, `CmpSource`"
)]
pub trait ConsentSource: Send + Sync + 'static {
    /// Reads the visitor's choice. It is called only when the choice is needed, once for a request,
    /// and once more if the response renews the choice ([R9](crate::rules#r9)).
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice;

    /// Returns `true` for a cookie that carries the choice.
    ///
    /// Such a cookie is necessary without being declared ([R8](crate::rules#r8)), and when a response sets it, the
    /// new choice judges the other cookies of that response ([R9](crate::rules#r9)).
    fn owns(&self, cookie_name: &[u8], registry: &Registry) -> bool {
        let _ = (cookie_name, registry);
        false
    }

    /// Returns `true` if the source may ever grant anything. One that only objects, as
    /// [`Gpc`](crate::Gpc) does, says `false`: beside it, another source is still the only one that can grant ([R17](crate::rules#r17)).
    fn can_grant(&self) -> bool {
        true
    }

    /// The headers that [`read`](Self::read) looks at, besides `Cookie`.
    fn headers(&self) -> &[HeaderName] {
        &[]
    }
}

/// Makes a consent source of a closure.
///
/// The closure reads cookies, and the other [headers](SourceFn::headers) that are named:
///
/// ```
/// use http::HeaderName;
/// use tower_cookie_consent::{Choice, Policy, Registry, source_fn};
///
/// const TRACKING: HeaderName = HeaderName::from_static("x-tracking");
///
/// # let registry = Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'").unwrap();
/// let policy = Policy::builder(registry)
///     .source(source_fn(|request, registry| match request.cookie(b"tracking").next() {
///         Some(b"on") => Choice::decided(registry).grant("analytics"),
///         Some(b"off") => Choice::decided(registry).refuse("analytics"),
///         _ => Choice::undecided(registry),
///     }))
///     .source(
///         source_fn(|request, registry| match request.header(&TRACKING).next() {
///             Some(b"on") => Choice::decided(registry).grant("analytics"),
///             _ => Choice::undecided(registry),
///         })
///         .headers([TRACKING]),
///     )
///     .build();
///
/// let mut headers = http::HeaderMap::new();
/// assert!(!policy.consent(&headers).allows("analytics"));
/// headers.insert(TRACKING, "on".parse().unwrap());
/// assert!(policy.consent(&headers).allows("analytics"));
/// headers.insert("cookie", "tracking=off".parse().unwrap());
/// assert!(!policy.consent(&headers).allows("analytics"));
/// ```
pub fn source_fn<F>(read: F) -> SourceFn<F>
where
    F: Fn(&RequestHeaders, &Registry) -> Choice + Send + Sync + 'static,
{
    SourceFn { read, headers: Vec::new() }
}

/// A consent source that is a closure; made by [`source_fn`].
#[derive(Clone)]
#[must_use]
pub struct SourceFn<F> {
    read: F,
    headers: Vec<HeaderName>,
}

impl<F> SourceFn<F> {
    /// The headers that the closure looks at besides `Cookie`. It sees no others.
    pub fn headers(mut self, names: impl IntoIterator<Item = HeaderName>) -> Self {
        self.headers.extend(names);
        self
    }
}

impl<F> ConsentSource for SourceFn<F>
where
    F: Fn(&RequestHeaders, &Registry) -> Choice + Send + Sync + 'static,
{
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        (self.read)(request, registry)
    }

    fn headers(&self) -> &[HeaderName] {
        &self.headers
    }
}

impl<F> fmt::Debug for SourceFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceFn").field("headers", &self.headers).finish_non_exhaustive()
    }
}
