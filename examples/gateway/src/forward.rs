//! Forwards a request to its upstream, and the answer to the visitor; the policy is around it.

use std::convert::Infallible;
use std::fmt::Display;
use std::future::ready;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::header::{COOKIE, HOST, HeaderMap, HeaderValue, MAX_FORWARDS, UPGRADE};
use http::uri::{Authority, Parts, PathAndQuery};
use http::{Method, Request, Response, StatusCode, Uri};
use hyper::body::Body;
use ipnet::IpNet;
use tower::Service;

use crate::body::{Progress, RequestBody, ResponseBody, VisitorBody};
use crate::failure::Failure;
use crate::send::{Outgoing, Sent, send};
use crate::upgrade::{Upgrade, is_switch};
use crate::upstream::{Upstream, Upstreams};
use crate::via::Via;
use crate::{answer, expectation, forwarded, hop_by_hop, refusal};

/// About so many headers are added to a request. Room for all of them is made at once.
const ADDED: usize = 8;

/// Sends requests to their upstreams. It never fails: if an upstream does, the visitor gets an error page.
#[derive(Clone, Debug)]
pub(crate) struct Forward(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    upstreams: Upstreams,
    trusted_proxies: Vec<IpNet>,
    answer_limit: Duration,
    via: Via,
}

impl Forward {
    pub(crate) fn new(
        upstreams: Upstreams,
        trusted_proxies: Vec<IpNet>,
        answer_limit: Duration,
        via: Via,
    ) -> Self {
        Forward(Arc::new(Inner { upstreams, trusted_proxies, answer_limit, via }))
    }
}

impl Service<Request<VisitorBody>> for Forward {
    type Response = Response<ResponseBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<VisitorBody>) -> Self::Future {
        match self.0.prepare(request) {
            Ok(sending) => Box::pin(sending.answer()),
            Err(status) => Box::pin(ready(Ok(answer::plain(status)))),
        }
    }
}

/// A request that has been sent.
struct Sending<F> {
    inner: Arc<Inner>,
    upstream: Arc<Upstream>,
    upgrade: Option<Upgrade>,
    started: Instant,
    answer: F,
}

impl Inner {
    /// Sends a request, or returns the status with which it ends here. The request is taken apart before
    /// anything is awaited, so that the future stays small.
    fn prepare(
        self: &Arc<Self>,
        mut request: Request<VisitorBody>,
    ) -> Result<Sending<impl Future<Output = Sent> + Send + use<>>, StatusCode> {
        let host = refusal::host(&request);
        let name = host.as_ref().and_then(|host| host.to_str().ok()).unwrap_or_default();
        let Some(upstream) = self.upstreams.choose(name, request.uri().path()) else {
            return Err(StatusCode::NOT_FOUND);
        };
        if self.via.has_seen(request.headers()) {
            return Err(StatusCode::LOOP_DETECTED);
        }
        if ends_here(&mut request) {
            return Err(StatusCode::OK);
        }
        let started = Instant::now();
        let upgrade = Upgrade::wanted_by(&mut request);
        let Some(outgoing) = self.outgoing(request, upstream, host, upgrade.as_ref()) else {
            return Err(StatusCode::BAD_REQUEST);
        };
        let answer = send(upstream.client.clone(), outgoing, self.answer_limit);
        let (inner, upstream) = (self.clone(), upstream.clone());
        Ok(Sending { inner, upstream, upgrade, started, answer })
    }

    /// Makes the request that the upstream gets; `None` if it names no host, or one that is not valid.
    fn outgoing(
        &self,
        request: Request<VisitorBody>,
        upstream: &Upstream,
        host: Option<HeaderValue>,
        upgrade: Option<&Upgrade>,
    ) -> Option<Outgoing> {
        let (parts, VisitorBody { incoming: body, visit }) = request.into_parts();
        let mut headers = parts.headers;
        headers.reserve(ADDED);
        hop_by_hop::remove_from_request(&mut headers, upstream.may_speak_http2);
        forwarded::add(&mut headers, visit.peer(), host.as_ref(), &self.trusted_proxies);
        self.via.add(&mut headers, parts.version);
        join_cookies(&mut headers);
        let host = host.or_else(|| upstream.own_host())?;
        let uri = uri(upstream, &host, parts.uri)?;
        headers.insert(HOST, host);
        if let Some(upgrade) = upgrade {
            upgrade.ask(&mut headers);
        }
        let waits = expectation::is_in(&headers);
        let progress = (!body.is_end_stream()).then(Progress::default);
        let body = match &progress {
            None => RequestBody::Empty,
            Some(progress) => {
                RequestBody::Streamed { body, progress: progress.clone(), gate: None }
            }
        };
        let mut request = Request::new(body);
        *request.method_mut() = parts.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        if waits && progress.is_some() {
            let opens = expectation::gate(&mut request);
            if let RequestBody::Streamed { gate, .. } = request.body_mut() {
                *gate = Some(opens);
            }
        }
        Some(Outgoing { request, progress, may_upgrade: upgrade.is_some() })
    }

    /// Makes the answer that the visitor gets.
    fn incoming(
        &self,
        mut response: Response<ResponseBody>,
        upgrade: Option<Upgrade>,
    ) -> Response<ResponseBody> {
        // `Via` names the upstream's version of HTTP. The visitor is answered in the gateway's (RFC 9112, 2.5).
        let version = std::mem::take(response.version_mut());
        let protocol = response.headers().get(UPGRADE).cloned();
        hop_by_hop::remove_from_response(response.headers_mut());
        self.via.add(response.headers_mut(), version);
        if let Some(upgrade) = upgrade
            && is_switch(&response)
        {
            upgrade.follow(&mut response, protocol);
        }
        response
    }
}

impl<F> Sending<F>
where
    F: Future<Output = Sent>,
{
    async fn answer(self) -> Result<Response<ResponseBody>, Infallible> {
        let Sending { inner, upstream, upgrade, started, answer } = self;
        let mut response = match answer.await {
            // Nobody asked for another protocol, so the visitor could not read what follows.
            Ok(response) if is_switch(&response) && upgrade.is_none() => {
                let error = "it changed to a protocol for which nobody had asked";
                failed(&upstream, Failure::Broken, &error)
            }
            Ok(response) => {
                upstream.metrics.answered(response.status(), started.elapsed());
                inner.incoming(response, upgrade)
            }
            Err(error) => failed(&upstream, error.failure, &error),
        };
        response.body_mut().answered_by = Some(upstream.name.clone());
        Ok(response)
    }
}

/// Makes the page that the visitor gets if the upstream did not answer.
fn failed(upstream: &Upstream, failure: Failure, error: &dyn Display) -> Response<ResponseBody> {
    upstream.metrics.failed(failure);
    let status = match failure {
        Failure::TimedOut => StatusCode::GATEWAY_TIMEOUT,
        Failure::Connect | Failure::Broken => StatusCode::BAD_GATEWAY,
        // Any visitor can cause it, so the log is not filled with it.
        Failure::RequestBody => return answer::plain(StatusCode::BAD_REQUEST),
    };
    tracing::warn!("{} did not answer: {error}", upstream.name);
    answer::later(status)
}

/// Returns `true` if `Max-Forwards` forbids to pass this request on. If it allows to, the number is
/// lowered by one (RFC 9110, 7.6.2).
fn ends_here(request: &mut Request<VisitorBody>) -> bool {
    if request.method() != Method::OPTIONS {
        return false;
    }
    let left = request.headers().get(MAX_FORWARDS).and_then(|value| value.to_str().ok());
    match left.and_then(|left| left.parse::<u32>().ok()) {
        None => false,
        Some(0) => true,
        Some(left) => {
            request.headers_mut().insert(MAX_FORWARDS, (left - 1).into());
            false
        }
    }
}

/// Joins the lines of cookies, which HTTP/2 may split, since HTTP/1.1 allows only one (RFC 9113, 8.2.3).
fn join_cookies(headers: &mut HeaderMap) {
    if headers.get_all(COOKIE).iter().nth(1).is_none() {
        return;
    }
    let lines: Vec<_> = headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes).collect();
    if let Ok(joined) = HeaderValue::try_from(lines.join(&b"; "[..])) {
        headers.insert(COOKIE, joined);
    }
}

/// Makes the target for the upstream: path and query as the visitor wrote them, and in HTTP/2 also the host
/// that the visitor asked for, since the client keeps its connections by host.
fn uri(upstream: &Upstream, host: &HeaderValue, asked: Uri) -> Option<Uri> {
    let root = || PathAndQuery::from_static("/");
    let asked = asked.into_parts().path_and_query.unwrap_or_else(root);
    if !upstream.may_speak_http2 {
        return Some(asked.into());
    }
    let mut parts = Parts::default();
    parts.scheme = Some(upstream.origin.scheme.clone());
    parts.authority = Some(Authority::try_from(host.as_bytes()).ok()?);
    parts.path_and_query = Some(asked);
    Uri::from_parts(parts).ok()
}
