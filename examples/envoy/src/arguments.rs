//! What the command line says.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::address::Address;

/// An external processor that keeps a site's cookie policy in Envoy.
///
/// What is given here goes before what the configuration file says.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "envoy", version)]
pub(crate) struct Arguments {
    /// The registry file: what the site's cookie policy declares
    pub(crate) registry: Option<PathBuf>,
    /// Where Envoy connects, by TCP or (`unix:` and a path) by a Unix socket; may be given more often
    /// [default: 127.0.0.1:4444]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Vec<Address>,
    /// Where the processor itself is watched: /metrics and /health
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) admin: Option<SocketAddr>,
    /// Judges and counts, but changes no message
    #[arg(long)]
    pub(crate) report_only: bool,
    /// The configuration, in TOML; all of it is in the README
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}
