//! Keeps a site's cookie policy on the server.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "axum")]
mod axum;
mod bit_set;
mod consent;
mod enforce;
#[cfg(feature = "tracing")]
mod events;
mod future;
mod layer;
#[cfg(feature = "tower-cookies")]
mod layer_order;
mod policy;
pub mod registry;
mod report;
mod service;
pub mod set_cookie;

#[cfg(feature = "axum")]
pub use axum::MissingCookieConsentLayer;
pub use consent::{Choice, ConsentSource, OwnCookie, RequestHeaders, TooLong};
pub use future::ResponseFuture;
pub use layer::CookieConsentLayer;
pub use policy::{Consent, Policy, PolicyBuilder};
pub use registry::{ConfigError, Registry};
pub use report::{CapReason, Entry, KeepReason, Report, StripReason, Verdict};
pub use service::CookieConsent;
