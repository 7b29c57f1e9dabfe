//! Reading the files anew: on SIGHUP at once, and when one of them has changed and is left alone.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use tokio::signal::unix::Signal;
use tokio::task::spawn_blocking;

use crate::processor::Processor;

/// How often the files are looked at. They are small, and their times and links cannot be trusted
/// everywhere: Kubernetes exchanges a mounted directory as a whole.
const LOOK: Duration = Duration::from_secs(1);

/// Keeps the processor up with its files, until it is dropped.
pub(crate) async fn keep_up(processor: Processor, mut hangup: Signal) {
    let mut known = contents(&processor);
    let mut last = known;
    loop {
        let asked = tokio::select! {
            signal = hangup.recv() => signal.is_some(),
            () = tokio::time::sleep(LOOK) => false,
        };
        let now = contents(&processor);
        // A file that is written right now may lack its end, and be none the less valid.
        let is_settled = now == last;
        last = now;
        if asked || (now != known && is_settled) {
            let reloading = processor.clone();
            // Exchanges do not wait for it. Nothing in it panics.
            let _ = spawn_blocking(move || reload(&reloading)).await;
            // The files may be others now. What was refused is not tried again until it changes.
            known = contents(&processor);
            last = known;
        }
    }
}

fn reload(processor: &Processor) {
    match processor.reload() {
        Ok(()) => tracing::info!("registry and configuration were read anew"),
        Err(error) => tracing::error!("nothing was read anew, and all stays: {error}"),
    }
}

/// What stands in all files, in short.
fn contents(processor: &Processor) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in processor.sites().settings.files() {
        fs::read(path).ok().hash(&mut hasher);
    }
    hasher.finish()
}
