//! The records of what visitors decided: lines of JSON in a file, or with the feature `ledger` a
//! database.

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

#[cfg(feature = "ledger")]
use ledger::Ledger;
use tower_cookie_consent::ConsentRecord;

use crate::arguments::Arguments;

pub(crate) enum Records {
    /// A line for each, behind those that are there.
    File(Mutex<File>),
    #[cfg(feature = "ledger")]
    Ledger(Ledger),
}

/// Returns `true` for the address of a database, and `false` for a file's path.
fn is_database(records: &str) -> bool {
    ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| records.starts_with(scheme))
}

impl Records {
    /// Adds to what is there, which is made if it is not.
    pub(crate) fn open(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        if is_database(&arguments.records) {
            return Records::in_database(arguments);
        }
        let path = Path::new(&arguments.records);
        let file = OpenOptions::new().append(true).create(true).open(path);
        Ok(Records::File(Mutex::new(file.map_err(|error| named(path, &error))?)))
    }

    #[cfg(feature = "ledger")]
    fn in_database(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        let mut settings = ledger::Settings::new(&arguments.records, &arguments.spool);
        settings.retention = arguments.retention;
        let ledger = Ledger::open(&settings).map_err(|error| error.to_string())?;
        Ok(Records::Ledger(ledger))
    }

    #[cfg(not(feature = "ledger"))]
    fn in_database(_: &Arguments) -> Result<Self, Box<dyn Error>> {
        Err("a database needs the ledger: cargo run -p site --features ledger".into())
    }

    /// Keeps a record. One that cannot be written is told to whoever runs the site; the visitor's
    /// choice counts all the same.
    pub(crate) fn keep(&self, record: &ConsentRecord) {
        match self {
            Records::File(file) => {
                if let Err(error) = add(file, record) {
                    eprintln!("a choice was not recorded: {error}");
                }
            }
            #[cfg(feature = "ledger")]
            Records::Ledger(ledger) => ledger.keep(record),
        }
    }

    /// Waits until all records are where they belong, for some seconds at most.
    #[cfg(feature = "ledger")]
    pub(crate) async fn close(&self) {
        if let Records::Ledger(ledger) = self {
            ledger.close(std::time::Duration::from_secs(5)).await;
        }
    }
}

fn add(file: &Mutex<File>, record: &ConsentRecord) -> io::Result<()> {
    let line = serde_json::to_string(record)? + "\n";
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    // In one piece, so that what another process adds does not come in between.
    file.write_all(line.as_bytes())
}

/// Writes all records to the standard output, as lines of JSON.
#[cfg_attr(not(feature = "ledger"), expect(clippy::unused_async, reason = "a database waits"))]
pub(crate) async fn export(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    #[cfg(feature = "ledger")]
    if is_database(&arguments.records) {
        ledger::export(&arguments.records, &mut output).await?;
        return Ok(());
    }
    let path = Path::new(&arguments.records);
    let mut file = File::open(path).map_err(|error| named(path, &error))?;
    io::copy(&mut file, &mut output)?;
    Ok(output.flush()?)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
