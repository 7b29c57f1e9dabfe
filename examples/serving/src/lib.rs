//! The parts that two long-running programs in front of a site share: the gateway and Envoy's processor.
//!
//! - [`Current`] holds the result of reading their files; [`reload`] reads them again when they change, and a
//!   [`LoadError`] tells what is wrong with them.
//! - [`Stops`] hears the signals that end them.
//! - [`CookieMetrics`] are the policy's counters for Prometheus; [`CookieCounts`] counts for one registry, and
//!   [`ReloadMetrics`] counts reloads.
//! - [`admin`] serves metrics and health at an address of their own.

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
