//! Reading the files anew: on SIGHUP at once, and when one of them has changed and is left alone.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use crate::gateway::Gateway;

/// How often the files are looked at. They are small, and their times and links cannot be trusted
/// everywhere: a mounted directory may be exchanged as a whole.
const LOOK: Duration = Duration::from_secs(1);

/// Keeps the gateway up with its files, until it is dropped.
///
/// # Errors
///
/// The signal cannot be had.
pub(crate) async fn keep_up(gateway: Arc<Gateway>) -> io::Result<()> {
    let mut hangup = signal(SignalKind::hangup())?;
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
            match gateway.reload() {
                Ok(()) => tracing::info!("registry and configuration were read anew"),
                Err(error) => tracing::error!("nothing was read anew, and all stays: {error}"),
            }
            // The files may be others now. What was refused is not tried again until it changes.
            known = contents(&gateway);
            last = known;
        }
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
