//! Stopping without losing what is under way, when the system asks for it (SIGTERM, SIGINT).

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tokio::time::sleep;

/// The longest that requests under way are waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Serves until the system asks to stop, and answers what was asked until then.
pub(crate) async fn serve(
    listener: tokio::net::TcpListener,
    app: axum::Router,
) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let asked = Arc::new(Notify::new());
    let told = Arc::clone(&asked);
    let serving =
        axum::serve(listener, app).with_graceful_shutdown(async move { told.notified().await });
    let late = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        asked.notify_one();
        sleep(PATIENCE).await;
    };
    tokio::select! {
        served = serving => served,
        () = late => Ok(()),
    }
}
