//! Serves the pages by which a program is watched, metrics and health, at an address of their own.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

/// The text format that Prometheus reads, as the library writes it.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
/// The longest that the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// The time to wait when the system has no more connections to give.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// A program that can be watched.
pub trait Watched: Send + Sync + 'static {
    /// Returns all metrics in the text format of Prometheus.
    fn metrics(&self) -> String;

    /// Returns `true` if it is about to end, so that no new request should be sent to it.
    fn is_draining(&self) -> bool;
}

/// Answers at `/metrics` and `/health`, until it is dropped.
pub async fn serve(listener: TcpListener, program: Arc<impl Watched>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(EXHAUSTED).await;
            continue;
        };
        let program = program.clone();
        tokio::spawn(async move {
            let service = service_fn(|request: http::Request<hyper::body::Incoming>| {
                let response = answer(&*program, request.uri().path());
                async { Ok::<_, Infallible>(response) }
            });
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
            // An error means that the client is gone, which does not matter here.
            let _ = builder.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

fn answer(program: &impl Watched, path: &str) -> Response<Full<Bytes>> {
    let (status, kind, text) = match path {
        "/metrics" => (StatusCode::OK, OPEN_METRICS, program.metrics().into()),
        "/health" => {
            let (status, text) = health(program.is_draining());
            (status, TEXT, text.into())
        }
        _ => (StatusCode::NOT_FOUND, TEXT, "404 Not Found\n".into()),
    };
    let mut response = Response::new(Full::new(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Returns the answer about a program's health, which says if requests may be sent to it.
pub const fn health(is_draining: bool) -> (StatusCode, &'static str) {
    if is_draining {
        (StatusCode::SERVICE_UNAVAILABLE, "draining\n")
    } else {
        (StatusCode::OK, "ok\n")
    }
}
