//! The file of the draft, with the cookies that the upstreams set and the registry does not declare.

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

/// The time between two looks for cookies that are not in the file yet.
const EVERY: Duration = Duration::from_secs(2);

/// The draft, and the file in which the site wants it.
#[derive(Debug)]
pub(crate) struct DraftFile {
    draft: Draft,
    file: Option<Written>,
}

/// A file that is written if there is something new; it is replaced as a whole.
#[derive(Debug)]
struct Written {
    path: PathBuf,
    sightings: Vec<(String, Sighting)>,
    /// The text that was in the file before, to which new cookies are added.
    found: Option<String>,
}

impl DraftFile {
    pub(crate) fn new(draft: Draft) -> Self {
        DraftFile { draft, file: None }
    }

    /// Writes what is new into the file that the site names now.
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
            Err(error) => return tracing::error!("the draft cannot be made: {error}"),
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
        // A disk that stands still must not stop visitors. An error is ignored, as nothing here panics.
        let _ = spawn_blocking(move || lock(&file).write(&site)).await;
    }
}

/// Locks the draft. A poisoned lock is no harm, since nothing panics between two changes that belong together.
pub(crate) fn lock(file: &Mutex<DraftFile>) -> MutexGuard<'_, DraftFile> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
