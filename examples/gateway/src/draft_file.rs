//! The draft on the disk: what the upstreams set that the registry does not declare.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::spawn_blocking;
use tower_cookie_consent::Registry;
use tower_cookie_consent::draft::{Draft, Sighting};

use crate::gateway::Gateway;
use crate::site::Site;

/// How often it is written, if there is anything new.
const EVERY: Duration = Duration::from_secs(2);

/// The draft, and the file in which the site wants it.
#[derive(Debug)]
pub(crate) struct DraftFile {
    draft: Draft,
    file: Option<Written>,
}

/// A file that is written when there is something new, as a whole or not at all.
#[derive(Debug)]
struct Written {
    path: PathBuf,
    sightings: Vec<(String, Sighting)>,
    /// What stood in it before, which is gone on with.
    found: Option<String>,
}

impl DraftFile {
    pub(crate) fn new(draft: Draft) -> Self {
        DraftFile { draft, file: None }
    }

    /// Writes what is new, where the site wants it now.
    pub(crate) fn write(&mut self, site: &Site) {
        let wanted = site.settings.draft.as_ref();
        if self.file.as_ref().map(|file| &file.path) != wanted {
            self.file = wanted.cloned().map(Written::new);
        }
        if let Some(file) = &mut self.file {
            file.write(&self.draft, &site.registry_text);
        }
    }
}

impl Written {
    fn new(path: PathBuf) -> Self {
        let found = fs::read_to_string(&path).ok();
        let found = found.filter(|text| Registry::from_toml(text).is_ok());
        Written { path, sightings: Vec::new(), found }
    }

    fn write(&mut self, draft: &Draft, registry: &str) {
        let sightings = draft.sightings();
        if sightings == self.sightings {
            return;
        }
        let base = self.found.as_deref().unwrap_or(registry);
        let text = match draft.registry_file(base) {
            Ok(text) => text,
            Err(error) => return tracing::error!("no draft: {error}"),
        };
        match replace(&self.path, &text) {
            Ok(()) => self.sightings = sightings,
            Err(error) => tracing::error!("{}: {error}", self.path.display()),
        }
    }
}

/// Writes from time to time, until it is dropped.
pub(crate) async fn keep(file: Arc<Mutex<DraftFile>>, gateway: Arc<Gateway>) {
    loop {
        tokio::time::sleep(EVERY).await;
        let (file, site) = (file.clone(), gateway.site());
        // A disk that stands still must not stop visitors. Nothing in it panics.
        let _ = spawn_blocking(move || lock(&file).write(&site)).await;
    }
}

/// Nothing that runs inside can leave it half done.
pub(crate) fn lock(file: &Mutex<DraftFile>) -> MutexGuard<'_, DraftFile> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
