//! What the programs share that stand in front of a site for long: the gateway, and Envoy's
//! processor.
//!
//! - [`Current`] holds what their files said when they were read last; [`reload`] keeps up with the
//!   files, and a [`LoadError`] tells what is wrong with them.
//! - [`Stops`] hears the signals that end them.
//! - [`CookieMetrics`] are what Prometheus reads of the policy; [`CookieCounts`] counts for one
//!   registry, and [`ReloadMetrics`] what became of reloads.
//! - [`admin`] shows metrics and health at an address of their own.

pub mod admin;
mod bind;
mod by_category;
mod cookie_counts;
mod cookie_metrics;
mod current;
mod load_error;
pub mod reload;
mod reload_metrics;
mod stops;
mod told_names;

pub use bind::bind;
pub use cookie_counts::CookieCounts;
pub use cookie_metrics::CookieMetrics;
pub use current::Current;
pub use load_error::{LoadError, read};
pub use reload_metrics::ReloadMetrics;
pub use stops::Stops;
