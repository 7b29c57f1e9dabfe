//! The layer around real services: cookie managers, axum, hyper, browsers over TCP.
//!
//! What the rules say of two header maps is in `rules`.

#[cfg(feature = "tracing")]
#[path = "service/alone.rs"]
mod alone;
#[path = "service/concurrency.rs"]
mod concurrency;
#[path = "service/curl.rs"]
mod curl;
#[cfg(feature = "tracing")]
#[path = "service/events.rs"]
mod events;
#[path = "service/exemptions.rs"]
mod exemptions;
#[path = "service/extensions.rs"]
mod extensions;
#[cfg(feature = "axum")]
#[path = "service/extractor.rs"]
mod extractor;
#[cfg(feature = "tower-cookies")]
#[path = "service/hints.rs"]
mod hints;
#[path = "service/http2.rs"]
mod http2;
#[path = "service/jars.rs"]
mod jars;
#[path = "service/layer_order.rs"]
mod layer_order;
#[path = "service/laziness.rs"]
mod laziness;
#[cfg(feature = "tracing")]
#[path = "service/log.rs"]
mod log;
#[path = "service/observing.rs"]
mod observing;
#[path = "service/readiness.rs"]
mod readiness;
#[path = "service/server.rs"]
mod server;
#[path = "service/sessions.rs"]
mod sessions;
#[path = "service/sharing.rs"]
mod sharing;
#[path = "service/site.rs"]
mod site;
#[path = "service/transparency.rs"]
mod transparency;
#[path = "service/types.rs"]
mod types;
#[path = "service/visit.rs"]
mod visit;
