//! Reading the files anew: on SIGHUP at once, and when one of them has changed and is left alone.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::Signal;
use tokio::task::spawn_blocking;

use crate::gateway::Gateway;

/// How often the files are looked at. They are small, and their times and links cannot be trusted
/// everywhere: a mounted directory may be exchanged as a whole.
const LOOK: Duration = Duration::from_secs(1);

/// Keeps the gateway up with its files, until it is dropped.
pub(crate) async fn keep_up(gateway: Arc<Gateway>, mut hangup: Signal) {
    let mut known = contents(&gateway);
    let mut last = known;
    loop {
        let asked = tokio::select! {
            signal = hangup.recv() => signal.is_some(),
            () = tokio::time::sleep(LOOK) => false,
        };
        let now = contents(&gateway);
        if asked {
            gateway.access_log().reopen();
        }
        // A file that is written right now may lack its end, and be none the less valid.
        let is_settled = now == last;
        last = now;
        if asked || (now != known && is_settled) {
            let reloading = gateway.clone();
            // Visitors do not wait for it. Nothing in it panics.
            let _ = spawn_blocking(move || reload(&reloading)).await;
            // The files may be others now. What was refused is not tried again until it changes.
            known = contents(&gateway);
            last = known;
        }
    }
}

fn reload(gateway: &Gateway) {
    match gateway.reload() {
        Ok(()) => tracing::info!("registry and configuration were read anew"),
        Err(error) => tracing::error!("nothing was read anew, and all stays: {error}"),
    }
}

/// What stands in all files, in short.
fn contents(gateway: &Gateway) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in gateway.site().settings.files() {
        fs::read(path).ok().hash(&mut hasher);
    }
    hasher.finish()
}
