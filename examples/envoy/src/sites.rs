//! The policies by host, from the files. They are replaced as a whole when the files are read anew.

use std::collections::HashMap;
use std::path::Path;

use http::uri::Authority;
use serving::{CookieCounts, CookieMetrics, LoadError, read};
use tower_cookie_consent::Policy;

use crate::arguments::Arguments;
use crate::messages::HttpHeaders;
use crate::settings::Settings;

/// The policies that hold until the files are read anew. Exchanges end with those with which they began.
#[derive(Debug)]
pub(crate) struct Sites {
    pub(crate) settings: Settings,
    default: Policy,
    by_host: HashMap<String, Policy>,
}

impl Sites {
    /// Reads all files.
    ///
    /// # Errors
    ///
    /// Some file is wrong; the error tells its first fault.
    pub(crate) fn load(arguments: &Arguments, metrics: &CookieMetrics) -> Result<Self, LoadError> {
        let settings = Settings::load(arguments)?;
        let policy = |path: &Path| policy(path, settings.report_only, metrics);
        let default = policy(&settings.registry)?;
        let mut by_host = HashMap::new();
        for other in &settings.sites {
            by_host.insert(other.host.clone(), policy(&other.registry)?);
        }
        Ok(Sites { settings, default, by_host })
    }

    /// Returns the policy of a request, by its host, which may have a port.
    pub(crate) fn of(&self, request: &HttpHeaders) -> &Policy {
        if self.by_host.is_empty() {
            return &self.default;
        }
        let authority = request.host().and_then(|host| Authority::try_from(host).ok());
        let name = authority.as_ref().map_or("", Authority::host).to_ascii_lowercase();
        // A name that ends in a dot is the same name.
        let name = name.strip_suffix('.').unwrap_or(&name);
        self.by_host.get(name).unwrap_or(&self.default)
    }
}

/// Makes the policy of a registry, which counts the cookies that it judges.
fn policy(path: &Path, report_only: bool, metrics: &CookieMetrics) -> Result<Policy, LoadError> {
    let registry = LoadError::registry(path, &read(path)?)?;
    let counts = CookieCounts::new(&registry, report_only, metrics.clone());
    let policy = Policy::builder(registry).observe_each(move |cookie| counts.observed(cookie));
    Ok(if report_only { policy.report_only().build() } else { policy.build() })
}
