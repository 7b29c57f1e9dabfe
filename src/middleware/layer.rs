//! The tower layer.

use tower_layer::Layer;

use crate::middleware::service::{CookieConsent, Inserts};
use crate::policy::Policy;

/// Keeps a cookie policy around a service: no `Set-Cookie` leaves that the policy does not allow.
///
/// Put it outermost, around everything that writes cookies; what writes them outside of it is not
/// seen. With axum's `Router::layer` that is the last call, with `ServiceBuilder` the first.
///
/// ```
/// use http::header::{HeaderValue, SET_COOKIE};
/// use http::{Request, Response};
/// use tower::{Layer, ServiceExt, service_fn};
/// use tower_cookie_consent::{CookieConsentLayer, Registry};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let registry = Registry::from_toml(r#"
///     version = "2025-01-15"
///     [categories.essential]
///     basis = "necessary"
///     cookies = { session = "session" }
///     [categories.analytics]
///     basis = "consent"
///     cookies = ["_ga"]
/// "#)?;
///
/// // A site that sets both cookies, whatever its visitors chose.
/// let site = service_fn(async |_: Request<()>| {
///     let mut response = Response::new(());
///     for line in ["session=1; HttpOnly", "_ga=GA1.1; Max-Age=63072000"] {
///         response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(line));
///     }
///     Ok::<_, std::convert::Infallible>(response)
/// });
///
/// // A visitor who has chosen nothing yet.
/// let response = CookieConsentLayer::new(registry).layer(site).oneshot(Request::new(())).await?;
/// let set: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
/// assert_eq!(set, ["session=1; HttpOnly"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct CookieConsentLayer {
    policy: Policy,
    inserts: Inserts,
}

impl CookieConsentLayer {
    /// Makes a layer that keeps a policy, or the policy of a registry with the crate's own consent
    /// cookie.
    pub fn new(policy: impl Into<Policy>) -> Self {
        CookieConsentLayer { policy: policy.into(), inserts: Inserts::default() }
    }

    /// Says whether requests carry their [`Consent`](crate::Consent) as an extension; they do unless
    /// this says no. Handlers that take it as an extractor need it.
    pub fn consent_extension(mut self, insert: bool) -> Self {
        self.inserts.consent = insert;
        self
    }

    /// Says whether responses carry a [`Report`](crate::Report) as an extension when some cookie did
    /// not pass as it was; they do unless this says no.
    pub fn report_extension(mut self, insert: bool) -> Self {
        self.inserts.report = insert;
        self
    }
}

impl<S> Layer<S> for CookieConsentLayer {
    type Service = CookieConsent<S>;

    fn layer(&self, inner: S) -> Self::Service {
        CookieConsent::inserting(self.inserts, inner, self.policy.clone())
    }
}

impl CookieConsent<()> {
    /// Makes the layer that puts such a service around others, as [`CookieConsentLayer::new`] does.
    pub fn layer(policy: impl Into<Policy>) -> CookieConsentLayer {
        CookieConsentLayer::new(policy)
    }
}
