//! The configuration file.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use crate::address::Address;

/// The keys of the file. An unknown key is an error, since a misspelt setting would have no effect.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Config {
    pub(crate) registry: Option<PathBuf>,
    pub(crate) listen: Vec<Address>,
    pub(crate) admin: Option<SocketAddr>,
    pub(crate) report_only: bool,
    pub(crate) drain_seconds: Option<u64>,
    pub(crate) site: Vec<Spanned<HostSite>>,
}

/// A host with a policy of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HostSite {
    pub(crate) host: String,
    pub(crate) registry: PathBuf,
}

impl Config {
    pub(crate) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
