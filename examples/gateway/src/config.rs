//! The configuration file.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;
use serde::Deserialize;
use toml::Spanned;

use crate::limits::Limits;
use crate::origin::Origin;
use crate::route::{Host, PathPrefix};

/// The keys of the file. An unknown key is an error, since a misspelt limit would be no limit.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Config {
    pub(crate) registry: Option<PathBuf>,
    pub(crate) listen: Option<SocketAddr>,
    pub(crate) admin: Option<SocketAddr>,
    pub(crate) health: Option<PathPrefix>,
    pub(crate) report_only: bool,
    pub(crate) draft: Option<PathBuf>,
    pub(crate) pages: Option<PathPrefix>,
    pub(crate) access_log: Option<AccessLogTarget>,
    pub(crate) trusted_proxies: Vec<Network>,
    pub(crate) tls: Option<Tls>,
    pub(crate) limits: Option<Spanned<Limits>>,
    pub(crate) upstream: Vec<Spanned<Upstream>>,
}

/// The target of the access log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "PathBuf")]
pub(crate) enum AccessLogTarget {
    /// `stdout`
    Stdout,
    /// `off`
    #[default]
    Off,
    /// The path of a file, which is opened anew on SIGHUP.
    File(PathBuf),
}

impl From<PathBuf> for AccessLogTarget {
    fn from(path: PathBuf) -> Self {
        match path.to_str() {
            Some("stdout") => AccessLogTarget::Stdout,
            Some("off") => AccessLogTarget::Off,
            _ => AccessLogTarget::File(path),
        }
    }
}

/// A network such as `10.0.0.0/8`, or a single address such as `10.0.0.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Network(pub(crate) IpNet);

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map(Network).map_err(|_| {
            format!("invalid network {text:?}: write an address, or the first one and a length, as 10.0.0.0/8")
        })
    }
}

/// The certificate chain and its key, in PEM.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tls {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// A server behind the gateway, and which requests it gets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Upstream {
    pub(crate) to: Origin,
    /// Requests to this host alone.
    pub(crate) host: Option<Host>,
    /// Requests to this path and what is below it.
    #[serde(default)]
    pub(crate) path: PathPrefix,
    /// Is `true` if it speaks HTTP/2 without TLS. With TLS, the two sides agree on the version.
    #[serde(default)]
    pub(crate) http2: bool,
    /// The certificates that are trusted instead of the system's, in PEM.
    pub(crate) ca: Option<PathBuf>,
}

impl Config {
    pub(crate) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
