//! Connections to upstreams: kept alive, over TLS where the upstream has it, in HTTP/1.1 or HTTP/2.

use http::uri::Scheme;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::body::RequestBody;
use crate::config::Upstream;
use crate::limits::Limits;
use crate::load_error::LoadError;
use crate::tls;

/// The bytes that an upstream may send by HTTP/2 before a visitor takes them: for one request, and
/// for all on the connection. Visitors who take nothing must not use up what the others need.
const STREAM: u32 = 64 * 1024;
const CONNECTION: u32 = 256 * STREAM;

pub(crate) type Client = legacy::Client<HttpsConnector<HttpConnector>, RequestBody>;

/// A client for one upstream.
pub(crate) fn client(upstream: &Upstream, limits: &Limits) -> Result<Client, LoadError> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(Some(limits.connect()));
    let is_tls = upstream.to.scheme == Scheme::HTTPS;
    let tls = HttpsConnectorBuilder::new();
    let tls = tls.with_tls_config(tls::towards_upstream(is_tls, upstream.ca.as_deref())?);
    let connector = tls.https_or_http().enable_all_versions().wrap_connector(tcp);
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(limits.upstream_idle())
        .http1_max_buf_size(limits.head_bytes())
        .http1_max_headers(limits.headers())
        .http2_only(upstream.http2 && !is_tls)
        .http2_initial_stream_window_size(STREAM)
        .http2_initial_connection_window_size(CONNECTION)
        .http2_max_header_list_size(u32::try_from(limits.head_bytes()).unwrap_or(u32::MAX));
    Ok(builder.build(connector))
}
