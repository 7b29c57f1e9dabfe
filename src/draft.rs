//! Drafts a registry from what responses set. The draft is a registry file to be corrected by hand.
//!
//! ```
//! use tower_cookie_consent::Registry;
//! use tower_cookie_consent::draft::Draft;
//!
//! let draft = Draft::new();
//! draft.record("/login", b"id=secret; Path=/; HttpOnly", None);
//! draft.record("/", b"_ga_1A2B3C4D5E=GA1.1; Path=/; Max-Age=34128000", None);
//! let file = draft.registry_file("")?;
//! assert!(!file.contains("secret"));
//! let registry = Registry::from_toml(&file)?;
//! assert_eq!(registry.declaration(b"id").unwrap().category().id(), "essential");
//! assert_eq!(registry.declaration(b"_ga_x").unwrap().category().id(), "analytics");
//! # Ok::<(), tower_cookie_consent::draft::DraftError>(())
//! ```

mod file;
mod future;
mod known;
mod layer;
mod patterns;
mod traffic;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

pub use crate::draft::file::{DraftError, UNSORTED};
pub use crate::draft::future::DraftFuture;
pub use crate::draft::layer::{DraftLayer, DraftService};
pub use crate::draft::traffic::Sighting;

use crate::draft::traffic::Traffic;
use crate::set_cookie::{ServedAt, SetCookie};

/// Collects the cookies that a site sets, and drafts the registry that declares them.
///
/// It keeps names, lifetimes and attributes, but never a value. A name with a varying part is kept
/// as a pattern (`_ga_ABC123` as `_ga_*`). Its memory is bounded, whatever the responses set.
/// Cookies beyond that bound are only counted, and the file states their number.
///
/// Clones share what they collect. Use [`layer`](Self::layer) to collect from a running site, and
/// [`record`](Self::record) for any other source.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    traffic: Arc<Mutex<Traffic>>,
}

impl Draft {
    /// Makes an empty draft.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a layer that records every `Set-Cookie` of the service inside it, and changes
    /// nothing.
    ///
    /// Put it inside the [`CookieConsentLayer`](crate::CookieConsentLayer), which removes lines,
    /// and around everything that writes cookies.
    pub fn layer(&self) -> DraftLayer {
        DraftLayer::new(self.clone())
    }

    /// Records the value of one `Set-Cookie` header in the response to a request with this path.
    ///
    /// An `Expires` counts from the response's first `Date` header, or from now if it has none: of a recording that
    /// is a day old, a session that lasts for an hour would be over already, and missing in the draft.
    pub fn record(&self, request_path: &str, line: &[u8], date: Option<&[u8]>) {
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_secs();
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        let served_at = date.map_or(ServedAt::clock(now), |date| ServedAt::date_header(date, now));
        self.with_traffic(|traffic| {
            traffic.record(request_path, &SetCookie::parse(line), served_at);
        });
    }

    /// Returns the names and patterns that were recorded, in alphabetical order, each with its
    /// details.
    pub fn sightings(&self) -> Vec<(String, Sighting)> {
        self.with_traffic(|traffic| traffic.sightings())
    }

    /// Adds the recorded cookies to `existing`, a registry file in TOML, unless it declares them
    /// already. Everything in the file stays as it is written. The file may be empty.
    ///
    /// Cookies of well-known frameworks, load balancers and services go into a category for their
    /// purpose, and all others into [`UNSORTED`], for which visitors are asked. Each has a comment
    /// that says how often and for which path it was set.
    ///
    /// # Errors
    ///
    /// Returns [`DraftError`] if `existing` is not a valid registry file.
    pub fn registry_file(&self, existing: &str) -> Result<String, DraftError> {
        let (sightings, left_out) =
            self.with_traffic(|traffic| (traffic.sightings(), traffic.left_out()));
        file::write(existing, &sightings, left_out)
    }

    fn with_traffic<T>(&self, work: impl FnOnce(&mut Traffic) -> T) -> T {
        // A thread that panicked while it held the lock cannot have left the data half changed.
        work(&mut self.traffic.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
