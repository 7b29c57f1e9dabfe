//! Reads the files anew: at once on SIGHUP, and when one of them has changed and no longer changes.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::Signal;
use tokio::task::spawn_blocking;

use crate::load_error::LoadError;

/// The time between two looks at the files. They are small, and their times and links cannot be
/// trusted everywhere: Kubernetes exchanges a mounted directory as a whole.
const LOOK: Duration = Duration::from_secs(1);

/// A program that is configured by files.
pub trait Reload: Send + Sync + 'static {
    /// Returns the files that it read last.
    fn files(&self) -> Vec<PathBuf>;

    /// Reads all of them anew.
    ///
    /// # Errors
    ///
    /// Something is wrong with them; all stays as it was then.
    fn reload(&self) -> Result<(), LoadError>;

    /// Hears of a SIGHUP, before the files are read.
    fn hung_up(&self) {}
}

/// Reads a program's files anew when they change, until the future is dropped. Changes are noticed from the
/// call on, so call this as soon as the files are read.
pub fn keep_up(program: Arc<impl Reload>, hangup: Signal) -> impl Future<Output = ()> + Send {
    let known = Some(hash(&*program));
    watch(program, hangup, known)
}

async fn watch(program: Arc<impl Reload>, mut hangup: Signal, mut known: Option<u64>) {
    let mut last = known;
    loop {
        let asked = tokio::select! {
            signal = hangup.recv() => signal.is_some(),
            () = tokio::time::sleep(LOOK) => false,
        };
        let now = contents(&program).await;
        if asked {
            program.hung_up();
        }
        // A file that is being written may lack its end and still be valid.
        let is_settled = now == last;
        last = now;
        if asked || (now != known && is_settled) {
            let reloading = program.clone();
            // An error is ignored, since nothing in it panics.
            let _ = spawn_blocking(move || reload(&*reloading)).await;
            // The configuration may name other files now. Files that were refused are not read again before
            // they change.
            known = contents(&program).await;
            last = known;
        }
    }
}

fn reload(program: &impl Reload) {
    match program.reload() {
        Ok(()) => tracing::info!("registry and configuration were read anew"),
        Err(error) => tracing::error!("nothing was read anew, and all stays: {error}"),
    }
}

/// Returns a hash of the contents of all files; `None` if the program ends meanwhile.
async fn contents(program: &Arc<impl Reload>) -> Option<u64> {
    let program = program.clone();
    // A disk that does not answer must not hold up requests.
    spawn_blocking(move || hash(&*program)).await.ok()
}

fn hash(program: &impl Reload) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in program.files() {
        fs::read(path).ok().hash(&mut hasher);
    }
    hasher.finish()
}
