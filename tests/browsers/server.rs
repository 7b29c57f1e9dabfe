//! A real hyper server on a port of its own, plain or with TLS.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::net::SocketAddr;

use http::{Request, Response};
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower::Service;

use super::tls;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Scheme::Http => "http",
            Scheme::Https => "https",
        })
    }
}

/// A running server, stopped when dropped.
pub(crate) struct Server {
    scheme: Scheme,
    address: SocketAddr,
    _runtime: Runtime,
}

impl Server {
    /// Serves HTTP/1.1, with one request to a connection: hosts are many and visited once.
    pub(crate) fn start<S, B>(scheme: Scheme, service: S) -> Self
    where
        S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>,
        S: Clone + Send + 'static,
        S::Future: Send,
        B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
    {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let tls = (scheme == Scheme::Https).then(tls::acceptor);
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (tls, service) = (tls.clone(), service.clone());
                tokio::spawn(async move {
                    match tls {
                        None => answer(stream, service).await,
                        Some(tls) => {
                            // A browser may change its mind about a connection.
                            if let Ok(stream) = tls.accept(stream).await {
                                answer(stream, service).await;
                            }
                        }
                    }
                });
            }
        });
        Server { scheme, address, _runtime: runtime }
    }

    /// Returns where a host's path is, under the names that the browsers resolve to this server.
    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("{}://{host}:{}{path}", self.scheme, self.address.port())
    }
}

async fn answer<S, B>(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, service: S)
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>,
    S: Clone + Send + 'static,
    S::Future: Send,
    B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
{
    let service = TowerToHyperService::new(service);
    let mut server = http1::Builder::new();
    server.keep_alive(false);
    // A browser may close the connection whenever it likes.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}
