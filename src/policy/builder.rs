//! Choosing a policy's source, clock and modes.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::request;

use crate::choice::ConsentSource;
use crate::policy::further_deletions::moves_cookies;
use crate::policy::sources::{Source, Sources, declared};
use crate::policy::sweep::prepared::Prepared;
use crate::policy::unasked::Unasked;
use crate::policy::{Inner, Policy, sweep};
use crate::registry::{AccountPrecedence, Combine, Registry, RequestFilter};
use crate::report::{Observed, Report};

/// Builds a [`Policy`]; made by [`Policy::builder`].
///
/// ```
/// use tower_cookie_consent::registry::{Category, Registry};
/// use tower_cookie_consent::{CookieConsentLayer, Gpc, OwnCookie, Policy};
///
/// let registry = Registry::builder()
///     .version("1")
///     .category(Category::consent("analytics").cookie("_ga").refused_by_gpc(true))
///     .build()?;
/// let policy = Policy::builder(registry)
///     .source(Gpc) // what it refuses stays refused
///     .source(OwnCookie)
///     .report_only() // until the reports are as they should be
///     .observe(|report| println!("{} changes", report.changes().count()));
/// let layer = CookieConsentLayer::new(policy);
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
#[must_use]
pub struct PolicyBuilder {
    inner: Inner,
    /// The sources that are given in code count instead of those that the registry declares.
    sources: Option<Vec<Source>>,
    combine: Option<Combine>,
    tell_caches: Option<bool>,
    sweeps: bool,
    request_filter: Option<RequestFilter>,
    account_precedence: Option<AccountPrecedence>,
}

impl PolicyBuilder {
    pub(super) fn new(registry: Registry) -> Self {
        PolicyBuilder {
            inner: Inner {
                sources: Arc::new(Sources::new(Vec::new(), None)),
                registry,
                clock: Arc::new(SystemTime::now),
                exempt: None,
                observer: None,
                each_observer: None,
                report_only: false,
                store_only: false,
                tells_caches: true,
                deletes: Unasked::default(),
                request_filter: RequestFilter::Off,
                account_precedence: AccountPrecedence::Account,
                selection: None,
                picked_by: None,
            },
            sources: None,
            combine: None,
            tell_caches: None,
            sweeps: false,
            request_filter: None,
            account_precedence: None,
        }
    }

    /// Reads the visitor's choice from this source, after those added before, instead of from
    /// those that the registry declares.
    pub fn source(mut self, source: impl ConsentSource) -> Self {
        self.sources.get_or_insert_default().push(Source::new(source));
        self
    }

    /// Sets how the choices of several sources become one, whatever the registry says. [`Combine`] tells
    /// what holds by default, and what trusting the first that decided risks.
    pub fn combine(mut self, combine: Combine) -> Self {
        self.combine = Some(combine);
        self
    }

    /// Judges and reports as ever, but changes nothing ([R13](crate::rules#r13)).
    ///
    /// This is for rolling the layer out on a live site: until it is taken away again, the policy
    /// is not enforced.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue};
    /// # use tower_cookie_consent::registry::{Category, Registry};
    /// use tower_cookie_consent::Policy;
    ///
    /// # let registry = Registry::builder().version("1").category(Category::necessary("a")).build().unwrap();
    /// let policy = Policy::builder(registry).report_only().build();
    /// let mut response = HeaderMap::new();
    /// response.insert("set-cookie", HeaderValue::from_static("unheard-of=1"));
    ///
    /// let report = policy.enforce(&policy.consent(&HeaderMap::new()), &mut response);
    /// assert!(report.is_report_only() && report.entries()[0].verdict().is_strip());
    /// assert_eq!(response["set-cookie"], "unheard-of=1");
    /// ```
    pub fn report_only(mut self) -> Self {
        self.inner.report_only = true;
        self
    }

    /// Lets nothing but [`Consent::store`](crate::Consent::store) and
    /// [`Consent::withdraw`](crate::Consent::withdraw) renew the visitor's choice
    /// ([R9](crate::rules#r9)).
    ///
    /// A response whose lines set a cookie from which the choice is read consents for the visitor, and
    /// one that deletes it takes refusals back. Where not all that runs inside of the layer is
    /// trusted with that, such as the applications behind a gateway, this strips such lines unless
    /// they are, byte for byte, what was stored by the consent of that very request. Bytes from the
    /// network cannot be, whatever they are.
    /// The consent is that which the layer puts into the request's extensions, or the one that is
    /// given to [`Policy::enforce`].
    ///
    /// It is on for a registry that says so, in its file with `store-only = true` under `[consent]`.
    /// A banner that writes its cookies on the server is not for such a policy.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue};
    /// use tower_cookie_consent::registry::Category;
    /// use tower_cookie_consent::{Choice, Policy, Registry};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let analytics = Category::consent("analytics").cookie("_ga");
    /// let registry = Registry::builder().version("1").category(analytics).build()?;
    /// let policy = Policy::builder(registry).store_only().build();
    /// let visitor = policy.consent(&HeaderMap::new());
    ///
    /// let all = Choice::decided(policy.registry()).grant_all();
    /// let mut response = HeaderMap::new();
    /// policy.consent(&HeaderMap::new()).store(&all)?.append_to(&mut response);
    /// response.append("set-cookie", HeaderValue::from_static("_ga=1"));
    /// policy.enforce(&visitor, &mut response);
    /// assert!(!response.contains_key("set-cookie"), "the choice of another request");
    ///
    /// visitor.store(&all)?.append_to(&mut response);
    /// response.append("set-cookie", HeaderValue::from_static("_ga=1"));
    /// policy.enforce(&visitor, &mut response);
    /// assert_eq!(response.get_all("set-cookie").iter().count(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn store_only(mut self) -> Self {
        self.inner.store_only = true;
        self
    }

    /// Sets which choice counts where the application hands in that of an account, the account's or
    /// the device's ([`Consent::set_account_choice`](crate::Consent::set_account_choice),
    /// [R24](crate::rules#r24)), whatever the registry says.
    pub fn account_precedence(mut self, precedence: AccountPrecedence) -> Self {
        self.account_precedence = Some(precedence);
        self
    }

    /// Sets which of a request's cookies reach the application ([R22](crate::rules#r22)), whatever
    /// the registry says.
    ///
    /// The visitor's consent is read before, from all of them, and the cookies that carry it stay.
    /// Only the device's own choice counts here, since an account's is known only inside of the
    /// layer.
    pub fn filter_requests(mut self, filter: RequestFilter) -> Self {
        self.request_filter = Some(filter);
        self
    }

    /// Sets whether shared caches are told for whom a response is ([R23](crate::rules#r23)),
    /// whatever the registry says. They are told unless this, or the registry's file with
    /// `tell-caches = false` under `[consent]`, says no.
    ///
    /// Most shared caches store no response that sets a cookie. When the policy takes the line away,
    /// they would store the page, with whatever it holds of one visitor. So a response from which
    /// something was stripped, or that depends on the visitor's choice, leaves with
    /// `Cache-Control: private`, and one whose handler asked what the visitor chose with
    /// `Vary: Cookie`. Turn it off where no shared cache is in front of the site, or where the cache's
    /// own configuration sees to it.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue};
    /// use tower_cookie_consent::registry::Category;
    /// use tower_cookie_consent::{Policy, Registry};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let analytics = Category::consent("analytics").cookie("_ga");
    /// let registry = Registry::builder().version("1").category(analytics).build()?;
    /// let policy = Policy::new(registry);
    ///
    /// let mut response = HeaderMap::new();
    /// response.insert("cache-control", HeaderValue::from_static("public, max-age=60"));
    /// response.insert("set-cookie", HeaderValue::from_static("_ga=1"));
    /// policy.enforce(&policy.consent(&HeaderMap::new()), &mut response);
    /// assert_eq!(response["cache-control"], "private, max-age=60");
    /// # Ok(())
    /// # }
    /// ```
    pub fn tell_caches(mut self, tell: bool) -> Self {
        self.tell_caches = Some(tell);
        self
    }

    /// Deletes what the visitor's browser holds and the policy does not allow
    /// ([R19](crate::rules#r19)).
    ///
    /// A response to a browser that opens a document deletes the declared cookies that came with the
    /// request and are prohibited, and those that need a consent they do not have, once the visitor's
    /// choice is known. It takes no line of the application. It is on for a registry that says so, in
    /// its file with `sweep = true` under `[consent]`. What is tried once is remembered by a cookie.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue};
    /// use tower_cookie_consent::registry::Category;
    /// use tower_cookie_consent::{Policy, Registry};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let advertising = Category::prohibited("advertising").cookie("_fbp");
    /// let registry = Registry::builder().version("1").category(advertising).build()?;
    /// let policy = Policy::builder(registry).sweep().build();
    ///
    /// let mut request = HeaderMap::new();
    /// request.insert("host", HeaderValue::from_static("example.org"));
    /// request.insert("cookie", HeaderValue::from_static("_fbp=1"));
    /// request.insert("sec-fetch-dest", HeaderValue::from_static("document"));
    ///
    /// let mut response = HeaderMap::new();
    /// let report = policy.enforce(&policy.consent(&request), &mut response);
    ///
    /// assert_eq!(report.swept()[0].to_string(), "_fbp: sweep: the policy prohibits its category");
    /// let lines: Vec<_> = response.get_all("set-cookie").iter().collect();
    /// assert_eq!(lines[0], "_fbp=; Path=/; Max-Age=0");
    /// assert_eq!(lines[1], "_fbp=; Path=/; Domain=example.org; Max-Age=0");
    /// # Ok(())
    /// # }
    /// ```
    pub fn sweep(mut self) -> Self {
        self.sweeps = true;
        self
    }

    /// Lets the responses to some requests pass untouched ([R16](crate::rules#r16)).
    ///
    /// What is exempt is not enforced: keep the condition narrow. Later calls add to earlier ones.
    /// The layer asks; without it, ask [`Policy::is_exempt`].
    ///
    /// ```
    /// # use tower_cookie_consent::registry::{Category, Registry};
    /// use http::Request;
    /// use tower_cookie_consent::Policy;
    ///
    /// # let registry = Registry::builder().version("1").category(Category::necessary("a")).build().unwrap();
    /// let policy = Policy::builder(registry)
    ///     .dangerously_exempt(|request| request.uri.path() == "/health")
    ///     .build();
    /// let (health, ()) = Request::get("/health").body(()).unwrap().into_parts();
    /// let (home, ()) = Request::get("/").body(()).unwrap().into_parts();
    /// assert!(policy.is_exempt(&health) && !policy.is_exempt(&home));
    /// ```
    pub fn dangerously_exempt<F>(mut self, exempt: F) -> Self
    where
        F: Fn(&request::Parts) -> bool + Send + Sync + 'static,
    {
        self.inner.exempt = Some(match self.inner.exempt.take() {
            None => Arc::new(exempt),
            Some(earlier) => Arc::new(move |request| earlier(request) || exempt(request)),
        });
        self
    }

    /// Calls a closure with the report of every response that sets cookies, or to a request of which
    /// some were withheld ([R22](crate::rules#r22)).
    ///
    /// The layer and [`Policy::enforce`] call it before the response leaves; it should not block.
    /// [`Policy::judge`] does not: it returns the report alone. Later calls replace earlier ones. To count verdicts,
    /// leave out the lifetime that was asked for: an `Expires` makes it another one every second.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// # use tower_cookie_consent::registry::{Category, Registry};
    /// use tower_cookie_consent::Policy;
    ///
    /// static STRIPPED: AtomicUsize = AtomicUsize::new(0);
    ///
    /// # let registry = Registry::builder().version("1").category(Category::necessary("a")).build().unwrap();
    /// let policy = Policy::builder(registry).observe(|report| {
    ///     let stripped = report.changes().filter(|entry| entry.verdict().is_strip()).count();
    ///     STRIPPED.fetch_add(stripped, Ordering::Relaxed);
    /// });
    /// # let _ = policy;
    /// ```
    pub fn observe<F>(mut self, observer: F) -> Self
    where
        F: Fn(&Report) + Send + Sync + 'static,
    {
        self.inner.observer = Some(Arc::new(observer));
        self
    }

    /// Calls a closure with each cookie as it is judged, withheld ([R22](crate::rules#r22)) or swept
    /// ([R19](crate::rules#r19)), without making a report for it.
    ///
    /// This is for programs that count and otherwise need no report, such as a proxy: the cookie is shown
    /// while its line is still there, and nothing is copied or allocated. The layer and [`Policy::enforce`]
    /// call it before the response leaves, also if the policy [only reports](Self::report_only); it should
    /// not block. Later calls replace earlier ones. An [observer of reports](Self::observe) may stand beside it.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// # use tower_cookie_consent::registry::{Category, Registry};
    /// use tower_cookie_consent::{Observed, Policy};
    ///
    /// static STRIPPED: AtomicUsize = AtomicUsize::new(0);
    ///
    /// # let registry = Registry::builder().version("1").category(Category::necessary("a")).build().unwrap();
    /// let policy = Policy::builder(registry).observe_each(|cookie| match cookie {
    ///     Observed::Judged(line) if line.verdict().is_strip() => {
    ///         STRIPPED.fetch_add(1, Ordering::Relaxed);
    ///     }
    ///     _ => {}
    /// });
    /// # let policy = policy.build();
    /// # let mut response = http::HeaderMap::new();
    /// # response.insert("set-cookie", "tracker=1".parse().unwrap());
    /// # policy.enforce(&policy.consent(&http::HeaderMap::new()), &mut response);
    /// # assert_eq!(STRIPPED.load(Ordering::Relaxed), 1);
    /// ```
    pub fn observe_each<F>(mut self, observer: F) -> Self
    where
        F: Fn(Observed<'_>) + Send + Sync + 'static,
    {
        self.inner.each_observer = Some(Arc::new(observer));
        self
    }

    /// Takes the time from somewhere else than the system, as a test does that has to see a choice
    /// grow old.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use http::HeaderMap;
    /// # use tower_cookie_consent::registry::{Category, Registry};
    /// use tower_cookie_consent::{Choice, Policy};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let analytics = Category::consent("analytics");
    /// # let registry = Registry::builder().version("1").category(analytics).build()?;
    /// let today = Policy::new(registry.clone());
    /// let all = Choice::decided(&registry).grant_all();
    /// let stored = today.consent(&HeaderMap::new()).store(&all)?;
    /// let line = stored.iter().next().expect("the consent cookie").to_str()?;
    /// let mut request = HeaderMap::new();
    /// request.insert("cookie", line.split(';').next().unwrap_or_default().parse()?);
    ///
    /// let next_year = || SystemTime::now() + Duration::from_secs(365 * 86_400);
    /// let next_year = Policy::builder(registry).clock(next_year).build();
    /// assert!(today.consent(&request).allows("analytics"));
    /// assert!(!next_year.consent(&request).is_decided());
    /// # Ok(())
    /// # }
    /// ```
    pub fn clock<F>(mut self, clock: F) -> Self
    where
        F: Fn() -> SystemTime + Send + Sync + 'static,
    {
        self.inner.clock = Arc::new(clock);
        self
    }

    /// Freezes the policy. The log is told of the registry's
    /// [warnings](crate::Registry::warnings), with the feature `tracing`.
    pub fn build(self) -> Policy {
        let PolicyBuilder {
            account_precedence,
            mut inner,
            sources,
            combine,
            tell_caches,
            sweeps,
            request_filter,
        } = self;
        #[cfg(feature = "tracing")]
        inner.registry.tell_warnings();
        let sources = sources.unwrap_or_else(|| declared(&inner.registry));
        inner.sources = Arc::new(Sources::new(sources, combine.or(inner.registry.combine())));
        inner.store_only |= inner.registry.is_store_only();
        inner.account_precedence =
            account_precedence.unwrap_or(inner.registry.account_precedence());
        inner.request_filter = request_filter.unwrap_or(inner.registry.request_filter());
        inner.tells_caches = tell_caches.unwrap_or(inner.registry.tells_caches());
        let sweeps = sweeps || inner.registry.sweeps();
        inner.deletes = Unasked {
            follows: moves_cookies(&inner.registry),
            sweep: sweeps
                .then(|| Prepared::new(&inner.registry, sweep::memory_name(&inner.registry))),
        };
        Policy(Arc::new(inner))
    }
}

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

impl fmt::Debug for PolicyBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyBuilder")
            .field("registry", &self.inner.registry)
            .field("report_only", &self.inner.report_only)
            .finish_non_exhaustive()
    }
}
