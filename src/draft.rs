//! A registry that writes itself: what responses set is collected, and written down as a registry
//! file to be corrected by hand.
//!
//! ```
//! use tower_cookie_consent::Registry;
//! use tower_cookie_consent::draft::Draft;
//!
//! let draft = Draft::new();
//! draft.record("/login", b"id=secret; Path=/; HttpOnly");
//! draft.record("/", b"_ga_1A2B3C4D5E=GA1.1; Path=/; Max-Age=34128000");
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

/// Collects which cookies a site sets, and drafts the registry that declares them.
///
/// It keeps names, lifetimes and attributes, and never a value. Names of which a part varies are
/// kept as patterns (`_ga_ABC123` as `_ga_*`). What it keeps is bounded, whatever the responses
/// set; what did not fit is counted, and the file says so.
///
/// Clones share what they collect. [`layer`](Self::layer) collects from a running site,
/// [`record`](Self::record) from anything else.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    traffic: Arc<Mutex<Traffic>>,
}

impl Draft {
    /// A draft of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A layer that records every `Set-Cookie` of the service inside of it, and changes nothing.
    ///
    /// It goes inside of the [`CookieConsentLayer`](crate::CookieConsentLayer), which takes out
    /// lines, and around all that writes cookies.
    pub fn layer(&self) -> DraftLayer {
        DraftLayer::new(self.clone())
    }

    /// Records one `Set-Cookie` field value of the response to a request of this path.
    pub fn record(&self, request_path: &str, line: &[u8]) {
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_secs();
        let served_at = ServedAt::clock(i64::try_from(now).unwrap_or(i64::MAX));
        self.with_traffic(|traffic| {
            traffic.record(request_path, &SetCookie::parse(line), served_at);
        });
    }

    /// Returns what was recorded: a name or a pattern with what was seen of it, in the order of the names.
    pub fn sightings(&self) -> Vec<(String, Sighting)> {
        self.with_traffic(|traffic| traffic.sightings())
    }

    /// Writes what was recorded and what `existing`, a registry file in TOML, does not declare into
    /// that file. All that stands in it stays as it is written; it may be empty.
    ///
    /// Cookies that frameworks, load balancers and well-known services set go into a category of
    /// their purpose; all others into [`UNSORTED`], which asks. Each has a comment that
    /// says how often and where it was seen.
    ///
    /// # Errors
    ///
    /// [`DraftError`] if `existing` is no registry file.
    pub fn registry_file(&self, existing: &str) -> Result<String, DraftError> {
        let (sightings, left_out) =
            self.with_traffic(|traffic| (traffic.sightings(), traffic.left_out()));
        file::write(existing, &sightings, left_out)
    }

    fn with_traffic<T>(&self, work: impl FnOnce(&mut Traffic) -> T) -> T {
        // Nothing that runs inside can leave it half done.
        work(&mut self.traffic.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
