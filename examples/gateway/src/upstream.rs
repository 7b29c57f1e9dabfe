//! The servers behind the gateway, and which of them gets a request.

use std::sync::Arc;

use http::HeaderValue;
use serving::LoadError;

use crate::client::Client;
use crate::config;
use crate::limits::Limits;
use crate::metrics::{Metrics, UpstreamMetrics};
use crate::origin::Origin;
use crate::route::Route;

/// A server behind the gateway, with the connections that are open to it.
#[derive(Debug)]
pub(crate) struct Upstream {
    route: Route,
    pub(crate) origin: Origin,
    pub(crate) name: Arc<str>,
    /// Is `true` if it speaks HTTP/2, or may agree on it over TLS.
    pub(crate) may_speak_http2: bool,
    pub(crate) client: Client,
    pub(crate) metrics: UpstreamMetrics,
}

impl Upstream {
    /// The host for a request that names none, as in HTTP/1.0.
    pub(crate) fn own_host(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(self.origin.authority.as_str()).ok()
    }
}

/// All upstreams, in the order in which they are tried.
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
                may_speak_http2: upstream.may_speak_http2(),
                client: Client::new(upstream, limits)?,
                metrics: metrics.of_upstream(&name),
                name: name.into(),
            }))
        });
        upstreams.collect::<Result<_, _>>().map(Upstreams)
    }

    /// Returns the upstream for a request to this host and path.
    pub(crate) fn choose(&self, host: &str, path: &str) -> Option<&Arc<Upstream>> {
        self.0.iter().find(|upstream| upstream.route.matches(host, path))
    }
}
