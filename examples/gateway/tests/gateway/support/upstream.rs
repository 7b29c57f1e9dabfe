//! An upstream in the test's own process.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub(crate) type Body = BoxBody<Bytes, hyper::Error>;

/// An upstream that answers with a function of its requests.
pub(crate) struct Upstream {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Request<()>>>>,
    connections: Arc<Connections>,
}

#[derive(Default)]
struct Connections {
    accepted: AtomicUsize,
    open: AtomicUsize,
}

impl Upstream {
    pub(crate) async fn start<A, F>(answer: A) -> Self
    where
        A: Fn(Request<Incoming>) -> F + Send + Sync + 'static,
        F: Future<Output = Response<Body>> + Send + 'static,
    {
        Upstream::over(None, answer).await
    }

    /// Starts an upstream that answers with the body of the request.
    pub(crate) async fn echoing() -> Self {
        Upstream::start(|request| async {
            let body = request.into_body().collect().await.unwrap();
            Response::new(full(body.to_bytes()))
        })
        .await
    }

    pub(crate) async fn over<A, F>(tls: Option<TlsAcceptor>, answer: A) -> Self
    where
        A: Fn(Request<Incoming>) -> F + Send + Sync + 'static,
        F: Future<Output = Response<Body>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let scheme = if tls.is_some() { "https" } else { "http" };
        let connections = Arc::<Connections>::default();
        let upstream = Upstream {
            url: url(scheme, address),
            seen: seen.clone(),
            connections: connections.clone(),
        };
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (answer, seen, tls) = (answer.clone(), seen.clone(), tls.clone());
                let connections = connections.clone();
                connections.accepted.fetch_add(1, Ordering::Relaxed);
                connections.open.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(async move {
                    let service = service_fn(move |request: Request<Incoming>| {
                        let mut head = Request::new(());
                        *head.method_mut() = request.method().clone();
                        *head.uri_mut() = request.uri().clone();
                        *head.version_mut() = request.version();
                        *head.headers_mut() = request.headers().clone();
                        seen.lock().unwrap().push(head);
                        let answer = answer(request);
                        async { Ok::<_, Infallible>(answer.await) }
                    });
                    let builder = Builder::new(TokioExecutor::new());
                    // This fails if the other side goes away, which is no failure of the test.
                    let _ = match tls {
                        None => {
                            let io = TokioIo::new(stream);
                            builder.serve_connection_with_upgrades(io, service).await
                        }
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => {
                                let io = TokioIo::new(stream);
                                builder.serve_connection_with_upgrades(io, service).await
                            }
                            Err(_) => Ok(()),
                        },
                    };
                    connections.open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        upstream
    }

    /// Starts an upstream that answers every request with a text and these `Set-Cookie` lines.
    pub(crate) async fn setting(lines: &'static [&'static str]) -> Self {
        Upstream::start(move |_| async move { page("a page", lines) }).await
    }

    /// Returns the number of connections that were ever made to it.
    pub(crate) fn accepted(&self) -> usize {
        self.connections.accepted.load(Ordering::Relaxed)
    }

    /// Returns the number of open connections.
    pub(crate) fn open(&self) -> usize {
        self.connections.open.load(Ordering::Relaxed)
    }

    /// Returns the heads of all requests that came.
    pub(crate) fn seen(&self) -> Vec<Request<()>> {
        self.seen.lock().unwrap().clone()
    }

    /// Returns the head of the last request.
    pub(crate) fn last(&self) -> Request<()> {
        self.seen().pop().expect("a request")
    }
}

fn url(scheme: &str, address: SocketAddr) -> String {
    match scheme {
        "https" => format!("https://localhost:{}", address.port()),
        scheme => format!("{scheme}://{address}"),
    }
}

pub(crate) fn full(text: impl Into<Bytes>) -> Body {
    Full::new(text.into()).map_err(|never| match never {}).boxed()
}

pub(crate) fn page(text: &'static str, set_cookies: &[&str]) -> Response<Body> {
    let mut response = Response::builder();
    for line in set_cookies {
        response = response.header("set-cookie", *line);
    }
    response.body(full(text)).unwrap()
}
