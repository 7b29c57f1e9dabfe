//! The policies by host: made of the files when they are read, and replaced as a whole when they
//! are read anew.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use http::uri::Authority;
use serving::{CookieCounts, CookieMetrics, LoadError, read};
use tower_cookie_consent::Policy;

use crate::arguments::Arguments;
use crate::settings::Settings;

/// Exchanges run to their end with the policies that they began with.
#[derive(Debug)]
pub(crate) struct Sites {
    pub(crate) settings: Settings,
    default: Arc<Site>,
    by_host: HashMap<String, Arc<Site>>,
}

/// A policy, and what it does.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) policy: Policy,
    pub(crate) counts: CookieCounts,
}

impl Sites {
    /// Reads all files.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with them.
    pub(crate) fn load(arguments: &Arguments, metrics: &CookieMetrics) -> Result<Self, LoadError> {
        let settings = Settings::load(arguments)?;
        let site = |path: &Path| Site::load(path, settings.report_only, metrics).map(Arc::new);
        let default = site(&settings.registry)?;
        let mut by_host = HashMap::new();
        for other in &settings.sites {
            by_host.insert(other.host.clone(), site(&other.registry)?);
        }
        Ok(Sites { settings, default, by_host })
    }

    /// The site of a request to this host, which may have a port.
    pub(crate) fn of(&self, host: &[u8]) -> &Arc<Site> {
        if self.by_host.is_empty() {
            return &self.default;
        }
        let authority = Authority::try_from(host).ok();
        let name = authority.as_ref().map_or("", Authority::host).to_ascii_lowercase();
        // A name that ends in a dot is the same one.
        let name = name.strip_suffix('.').unwrap_or(&name);
        self.by_host.get(name).unwrap_or(&self.default)
    }
}

impl Site {
    fn load(path: &Path, report_only: bool, metrics: &CookieMetrics) -> Result<Self, LoadError> {
        let registry = LoadError::registry(path, &read(path)?)?;
        let counts = CookieCounts::new(&registry, metrics.clone());
        let policy = Policy::builder(registry);
        let policy = if report_only { policy.report_only().build() } else { policy.build() };
        Ok(Site { policy, counts })
    }
}
