//! The layer around real services: cookie managers, axum, hyper, browsers over TCP.
//!
//! The tests in `rules` check the rules themselves, on two header maps.

mod account;
#[cfg(feature = "tracing")]
mod alone;
mod by;
mod caching;
mod concurrency;
mod curl;
#[cfg(feature = "tracing")]
mod dropped;
#[cfg(feature = "tracing")]
mod events;
mod exemptions;
mod extensions;
#[cfg(feature = "axum")]
mod extractor;
#[cfg(feature = "tracing")]
mod hints;
mod http2;
mod jars;
mod layer_order;
mod laziness;
#[cfg(feature = "tracing")]
mod log;
mod observing;
mod readiness;
mod request_filter;
mod server;
mod sessions;
mod sharing;
mod site;
mod transparency;
mod types;
#[cfg(feature = "tracing")]
mod unknown_ids;
mod visit;
#[cfg(all(feature = "tracing", feature = "cmp"))]
mod warnings;
