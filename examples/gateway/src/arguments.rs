//! What the command line says.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::origin::Origin;
use crate::route::PathPrefix;

/// A reverse proxy that keeps a site's cookie policy in front of any web server.
///
/// What is given here goes before what the configuration file says.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "gateway", version)]
pub(crate) struct Arguments {
    /// The registry file: what the site's cookie policy declares
    pub(crate) registry: Option<PathBuf>,
    /// The server behind the gateway, for all that the file's upstreams do not take
    #[arg(long, value_name = "URL")]
    pub(crate) to: Option<Origin>,
    /// Where visitors connect [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    /// Where the gateway itself is watched: /metrics and /health
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) admin: Option<SocketAddr>,
    /// Judges, counts and logs, but changes no response
    #[arg(long)]
    pub(crate) report_only: bool,
    /// Writes down what the upstreams set that the registry does not declare
    #[arg(long, value_name = "FILE")]
    pub(crate) draft: Option<PathBuf>,
    /// The path at which visitors choose, and read the policy
    #[arg(long, value_name = "PATH")]
    pub(crate) pages: Option<PathPrefix>,
    /// The configuration, in TOML; all of it is in the README
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}
