//! The tower layer.

use tower_layer::Layer;

use crate::middleware::service::CookieConsent;
use crate::policy::Policy;

/// Keeps a cookie policy around a service: no `Set-Cookie` leaves that the policy does not allow.
///
/// Put it outermost, around everything that writes cookies; what writes them outside of it is not
/// seen. With axum's `Router::layer` that is the last call, with `ServiceBuilder` the first.
///
/// ```
/// # use tower_cookie_consent::{CookieConsentLayer, Policy, Registry};
/// # fn main() -> Result<(), tower_cookie_consent::ConfigError> {
/// let registry = Registry::from_toml(r#"
///     version = "2025-01-15"
///     [categories.essential]
///     basis = "necessary"
///     cookies = { session = "session" }
/// "#)?;
/// let layer = CookieConsentLayer::new(registry);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct CookieConsentLayer {
    policy: Policy,
    extensions: Extensions,
}

/// What the service puts into the extensions of requests and responses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extensions {
    pub(crate) consent: bool,
    pub(crate) report: bool,
}

impl CookieConsentLayer {
    /// A layer that keeps a policy, or the policy of a registry with the crate's own consent
    /// cookie.
    pub fn new(policy: impl Into<Policy>) -> Self {
        CookieConsentLayer {
            policy: policy.into(),
            extensions: Extensions { consent: true, report: true },
        }
    }

    /// Whether requests carry their [`Consent`](crate::Consent) as an extension; they do unless
    /// this says no. Handlers that take it as an extractor need it.
    pub fn consent_extension(mut self, insert: bool) -> Self {
        self.extensions.consent = insert;
        self
    }

    /// Whether responses carry a [`Report`](crate::Report) as an extension when some cookie did
    /// not pass as it was; they do unless this says no.
    pub fn report_extension(mut self, insert: bool) -> Self {
        self.extensions.report = insert;
        self
    }
}

impl<S> Layer<S> for CookieConsentLayer {
    type Service = CookieConsent<S>;

    fn layer(&self, inner: S) -> Self::Service {
        CookieConsent::new(inner, self.policy.clone(), self.extensions)
    }
}
