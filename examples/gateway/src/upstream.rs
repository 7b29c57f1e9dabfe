//! The servers behind the gateway, and which of them gets a request.

use std::sync::Arc;

use crate::client::{Client, client};
use crate::config;
use crate::limits::Limits;
use crate::load_error::LoadError;
use crate::metrics::{Metrics, UpstreamMetrics};
use crate::origin::Origin;
use crate::route::Route;

/// A server behind the gateway, with the connections that are open to it.
#[derive(Debug)]
pub(crate) struct Upstream {
    route: Route,
    pub(crate) origin: Origin,
    pub(crate) name: Arc<str>,
    pub(crate) speaks_http2: bool,
    pub(crate) client: Client,
    pub(crate) metrics: UpstreamMetrics,
}

/// All of them, in the order in which they are tried.
#[derive(Debug)]
pub(crate) struct Upstreams(Vec<Arc<Upstream>>);

impl Upstreams {
    pub(crate) fn new(
        configured: &[config::Upstream],
        limits: &Limits,
        metrics: &Metrics,
    ) -> Result<Self, LoadError> {
        let upstreams = configured.iter().map(|upstream| {
            let name = upstream.to.to_string();
            Ok(Arc::new(Upstream {
                route: upstream.route(),
                origin: upstream.to.clone(),
                speaks_http2: upstream.http2,
                client: client(upstream, limits)?,
                metrics: metrics.of_upstream(&name),
                name: name.into(),
            }))
        });
        upstreams.collect::<Result<_, _>>().map(Upstreams)
    }

    /// Where a request to this host and path goes.
    pub(crate) fn choose(&self, host: &str, path: &str) -> Option<&Arc<Upstream>> {
        self.0.iter().find(|upstream| upstream.route.matches(host, path))
    }
}
