//! Where the processor itself is watched: metrics and health, at an address of their own.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::processor::Processor;

/// The text format that Prometheus reads, as the library writes it.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers until it is dropped.
pub(crate) async fn serve(
    listener: TcpListener,
    processor: Processor,
    draining: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let metrics =
        move || async move { ([(CONTENT_TYPE, OPEN_METRICS)], processor.metrics().text()) };
    let health = move || async move {
        if *draining.borrow() {
            (StatusCode::SERVICE_UNAVAILABLE, "draining\n")
        } else {
            (StatusCode::OK, "ok\n")
        }
    };
    let router = Router::new().route("/metrics", get(metrics)).route("/health", get(health));
    axum::serve(listener, router).await
}
