//! Connections to upstreams: kept alive, over TLS where the upstream has it, in HTTP/1.1 or HTTP/2.

use std::task::{Context, Poll};

use http::Uri;
use http::uri::Scheme;
use hyper_rustls::{
    DefaultServerNameResolver, HttpsConnector, HttpsConnectorBuilder, ResolveServerName,
};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serving::LoadError;
use tower::Service;

use crate::body::RequestBody;
use crate::config::Upstream;
use crate::limits::Limits;
use crate::tls;

/// The bytes that an upstream may send by HTTP/2 before a visitor takes them: for one request, and
/// for all on the connection. Visitors who take nothing must not use up what the others need.
const STREAM: u32 = 64 * 1024;
const CONNECTION: u32 = 256 * STREAM;

pub(crate) type Client = legacy::Client<HttpsConnector<Dial>, RequestBody>;

/// Connects to one upstream, whatever host a request is for.
#[derive(Clone, Debug)]
pub(crate) struct Dial {
    tcp: HttpConnector,
    origin: Uri,
}

impl Service<Uri> for Dial {
    type Response = <HttpConnector as Service<Uri>>::Response;
    type Error = <HttpConnector as Service<Uri>>::Error;
    type Future = <HttpConnector as Service<Uri>>::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.tcp.poll_ready(cx)
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        self.tcp.call(self.origin.clone())
    }
}

/// A client for one upstream.
pub(crate) fn client(upstream: &Upstream, limits: &Limits) -> Result<Client, LoadError> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(Some(limits.connect()));
    let is_tls = upstream.to.scheme == Scheme::HTTPS;
    let tls = HttpsConnectorBuilder::new();
    let tls = tls.with_tls_config(tls::towards_upstream(is_tls, upstream.ca.as_deref())?);
    let origin = upstream.to.uri();
    let certified = origin.clone();
    let name = move |_: &Uri| DefaultServerNameResolver::default().resolve(&certified);
    let tls = tls.https_or_http().with_server_name_resolver(name).enable_all_versions();
    let connector = tls.wrap_connector(Dial { tcp, origin });
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(limits.upstream_idle())
        .http1_max_buf_size(limits.head_bytes())
        .http2_only(upstream.http2 && !is_tls)
        .http2_initial_stream_window_size(STREAM)
        .http2_initial_connection_window_size(CONNECTION)
        .http2_max_header_list_size(u32::try_from(limits.head_bytes()).unwrap_or(u32::MAX));
    if let Some(headers) = limits.other_headers() {
        builder.http1_max_headers(headers);
    }
    Ok(builder.build(connector))
}
