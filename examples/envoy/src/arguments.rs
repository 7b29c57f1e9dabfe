//! The arguments of the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::address::Address;

/// An external processor that keeps a site's cookie policy in Envoy.
///
/// An argument overrides the configuration file.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "envoy", version)]
pub(crate) struct Arguments {
    /// The registry file: what the site's cookie policy declares
    pub(crate) registry: Option<PathBuf>,
    /// The address to which Envoy connects, by TCP or (`unix:` and a path) by a Unix socket; may be given more than once
    /// [default: 127.0.0.1:4444]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Vec<Address>,
    /// The address of the processor's own pages: /metrics and /health
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) admin: Option<SocketAddr>,
    /// Judges and counts, but changes no message
    #[arg(long)]
    pub(crate) report_only: bool,
    /// The configuration file, in TOML; the README lists its keys
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}
