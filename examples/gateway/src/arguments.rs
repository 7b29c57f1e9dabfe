//! The arguments of the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::origin::Origin;
use crate::route::PathPrefix;

/// A reverse proxy that keeps a site's cookie policy in front of any web server.
///
/// An argument overrides the configuration file.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "gateway", version)]
pub(crate) struct Arguments {
    /// The registry file: what the site's cookie policy declares
    pub(crate) registry: Option<PathBuf>,
    /// The server behind the gateway, for every request that no upstream of the file takes
    #[arg(long, value_name = "URL")]
    pub(crate) to: Option<Origin>,
    /// The address to which visitors connect [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    /// The address of the gateway's own pages: /metrics and /health
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) admin: Option<SocketAddr>,
    /// Judges, counts and logs, but changes no response
    #[arg(long)]
    pub(crate) report_only: bool,
    /// The file for a draft of the registry, with the cookies that the upstreams set and it does not declare
    #[arg(long, value_name = "FILE")]
    pub(crate) draft: Option<PathBuf>,
    /// The path of the pages on which visitors choose and read the policy
    #[arg(long, value_name = "PATH")]
    pub(crate) pages: Option<PathPrefix>,
    /// The configuration file, in TOML; the README lists its keys
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}
