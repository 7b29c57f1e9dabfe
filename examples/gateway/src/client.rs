//! Sends requests to upstreams in HTTP/1.1 or HTTP/2, over TLS where an upstream has it.

use http::uri::Scheme;
use http::{Request, Response};
use hyper::client::conn::http1;
use hyper_rustls::{
    DefaultServerNameResolver, HttpsConnector, HttpsConnectorBuilder, ResolveServerName,
};
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serving::LoadError;

use crate::body::{RequestBody, ResponseBody};
use crate::config::Upstream;
use crate::dial::Dial;
use crate::failure::{Failed, Failure};
use crate::limits::Limits;
use crate::pool::Pool;
use crate::tls;

/// The bytes that an upstream may send by HTTP/2 before a visitor takes them: for one request, and
/// for all on the connection. Visitors who take nothing must not use up what the others need.
const STREAM: u32 = 64 * 1024;
const CONNECTION: u32 = 256 * STREAM;

type Other = legacy::Client<HttpsConnector<Dial>, RequestBody>;

/// Sends requests to one upstream.
#[derive(Clone, Debug)]
pub(crate) enum Client {
    /// It speaks HTTP/1.1 without TLS, as most upstreams do, over connections that the gateway keeps itself.
    Plain(Pool),
    /// It speaks HTTP/2, or what is agreed on over TLS, by hyper-util's client.
    Other(Box<Other>),
}

impl Client {
    pub(crate) fn new(upstream: &Upstream, limits: &Limits) -> Result<Self, LoadError> {
        let dial = Dial::new(&upstream.to, limits);
        if upstream.may_speak_http2() {
            return other(upstream, dial, limits).map(Client::Other);
        }
        let mut builder = http1::Builder::new();
        builder.max_buf_size(limits.head_bytes());
        if let Some(headers) = limits.other_headers() {
            builder.max_headers(headers);
        }
        Ok(Client::Plain(Pool::new(dial, builder, limits.upstream_idle())))
    }

    /// Sends a request, and waits for the head of its answer. A request that `may_upgrade` gets a
    /// connection of its own.
    pub(crate) async fn request(
        &self,
        request: Request<RequestBody>,
        may_upgrade: bool,
    ) -> Result<Response<ResponseBody>, Failed> {
        match self {
            Client::Plain(pool) if may_upgrade => pool.upgrade(request).await,
            Client::Plain(pool) => pool.request(request).await,
            Client::Other(client) => match client.request(request).await {
                Ok(response) => Ok(response.map(ResponseBody::from)),
                Err(error) if error.is_connect() => Err(Failed::new(Failure::Connect, &error)),
                Err(error) => Err(Failed::new(Failure::Broken, &error)),
            },
        }
    }
}

fn other(upstream: &Upstream, dial: Dial, limits: &Limits) -> Result<Box<Other>, LoadError> {
    let is_tls = upstream.to.scheme == Scheme::HTTPS;
    let tls = HttpsConnectorBuilder::new();
    let tls = tls.with_tls_config(tls::towards_upstream(is_tls, upstream.ca.as_deref())?);
    let certified = upstream.to.uri();
    let name = move |_: &http::Uri| DefaultServerNameResolver::default().resolve(&certified);
    let tls = tls.https_or_http().with_server_name_resolver(name).enable_all_versions();
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
    Ok(Box::new(builder.build(tls.wrap_connector(dial))))
}
