//! The tower shell: it carries headers to the policy and back, and decides nothing.

#[cfg(feature = "axum")]
mod axum;
#[cfg(feature = "tracing")]
mod dropped;
mod future;
mod layer;
#[cfg(feature = "tracing")]
mod layer_order;
mod service;
#[cfg(feature = "tracing")]
mod tracing;

#[cfg(feature = "axum")]
pub use crate::middleware::axum::MissingCookieConsentLayer;
pub use crate::middleware::future::ResponseFuture;
pub use crate::middleware::layer::CookieConsentLayer;
pub use crate::middleware::service::CookieConsent;
