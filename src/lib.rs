#![cfg_attr(all(feature = "axum", feature = "cmp"), doc = include_str!("../README.md"))]
#![cfg_attr(
    not(all(feature = "axum", feature = "cmp")),
    doc = "Keeps a site's cookie policy on the server: a tower `Layer` that strips every \
           `Set-Cookie` the visitor has not consented to and shortens every one that lives longer \
           than the policy says.\n\n\
           Start at [`CookieConsentLayer`], or at [`Policy`] without tower. The README, with all \
           its examples, is this page when the features `axum` and `cmp` are on."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod bit_set;
mod choice;
#[cfg(feature = "cmp")]
mod cmp;
mod headers;
mod lifetime;
mod middleware;
mod name;
mod policy;
pub mod registry;
mod report;
pub mod set_cookie;

pub use choice::{
    Choice, ConsentSource, Decision, Dnt, Gpc, OwnCookie, RequestHeaders, SourceFn, TooLong,
    UnknownDecision, UnknownId, source_fn,
};
#[cfg(feature = "axum")]
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
pub use middleware::MissingCookieConsentLayer;
pub use middleware::{CookieConsent, CookieConsentLayer, ResponseFuture};
pub use policy::{ChoiceCookies, Consent, Policy, PolicyBuilder};
pub use registry::{ConfigError, Registry};
pub use report::{CapReason, KeepReason, Report, ReportEntry, StripReason, UnknownReason, Verdict};
