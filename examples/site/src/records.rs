//! The records of what visitors decided: a line of JSON for each, behind those that are there.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tower_cookie_consent::ConsentRecord;

pub(crate) struct Records(Mutex<File>);

impl Records {
    /// Adds to a file, which is made if it is not there.
    pub(crate) fn in_file(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).create(true).open(path);
        let named =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        Ok(Records(Mutex::new(file.map_err(named)?)))
    }

    /// Keeps a record. One that cannot be written is told to whoever runs the site; the visitor's
    /// choice counts all the same.
    pub(crate) fn keep(&self, record: &ConsentRecord) {
        if let Err(error) = self.write(record) {
            eprintln!("a choice was not recorded: {error}");
        }
    }

    fn write(&self, record: &ConsentRecord) -> io::Result<()> {
        let line = serde_json::to_string(record)? + "\n";
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // In one piece, so that what another process adds does not come in between.
        file.write_all(line.as_bytes())
    }
}
