//! The policies by host: made of the files when they are read, and replaced as a whole when they
//! are read anew.

use std::collections::HashMap;
use std::path::Path;

use http::uri::Authority;
use tower_cookie_consent::{Policy, Registry};

use crate::arguments::Arguments;
use crate::load_error::{LoadError, read};
use crate::settings::Settings;

/// Exchanges run to their end with the policies that they began with.
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
    /// The first thing that is wrong with them.
    pub(crate) fn load(arguments: &Arguments) -> Result<Self, LoadError> {
        let settings = Settings::load(arguments)?;
        let default = policy(&settings.registry, &settings)?;
        let mut by_host = HashMap::new();
        for site in &settings.sites {
            by_host.insert(site.host.clone(), policy(&site.registry, &settings)?);
        }
        Ok(Sites { settings, default, by_host })
    }

    /// The policy of a request to this host, which may have a port.
    pub(crate) fn policy(&self, host: &[u8]) -> &Policy {
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

fn policy(path: &Path, settings: &Settings) -> Result<Policy, LoadError> {
    let registry = Registry::from_toml(&read(path)?)
        .map_err(|error| LoadError::Registry(path.to_owned(), Box::new(error)))?;
    let policy = Policy::builder(registry);
    Ok(if settings.report_only { policy.report_only().build() } else { policy.build() })
}
