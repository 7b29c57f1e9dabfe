//! The ledger as a site holds it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tower_cookie_consent::ConsentRecord;

use crate::database::Database;
use crate::delivery::Delivery;
use crate::entry::Entry;
use crate::error::LedgerError;
use crate::settings::Settings;
use crate::spool::Spool;

/// Takes records, and has them delivered to the database.
pub struct Ledger {
    retention: Duration,
    spool: Arc<Spool>,
    spooled: Arc<Notify>,
    closing: watch::Sender<bool>,
    delivery: Mutex<Option<JoinHandle<()>>>,
}

impl Ledger {
    /// Opens the spool and starts to deliver what a former process left there. The database need not
    /// be there yet; its tables are made when it is.
    ///
    /// # Errors
    ///
    /// The address is that of no database the ledger knows, or the spool cannot be had.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub fn open(settings: &Settings) -> Result<Self, LedgerError> {
        let database = Database::new(&settings.database)?;
        let spool = Arc::new(Spool::open(&settings.spool, settings.spool_limit)?);
        let spooled = Arc::new(Notify::new());
        let (closing, closed) = watch::channel(false);
        let delivery = Delivery {
            spool: Arc::clone(&spool),
            database,
            spooled: Arc::clone(&spooled),
            closing: closed,
        };
        let delivery = Mutex::new(Some(tokio::spawn(delivery.run())));
        Ok(Ledger { retention: settings.retention, spool, spooled, closing, delivery })
    }

    /// Keeps a record. It waits for no database, only for the operating system to take some 600 bytes.
    ///
    /// A record that cannot be spooled, because the disk fails or too many wait already, is written to
    /// the program's log as a whole, from where it can be put into the spool later on.
    pub fn keep(&self, record: &ConsentRecord) {
        let entry = Entry::new(record, self.retention).and_then(|entry| entry.line());
        let spooled = entry
            .and_then(|line| self.spool.add(&line).inspect_err(|_| eprint!("not spooled: {line}")));
        match spooled {
            Ok(()) => self.spooled.notify_one(),
            Err(error) => eprintln!("a record of consent was not spooled: {error}"),
        }
    }

    /// Delivers what waits and stops, within `patience`. What could not be delivered by then is
    /// delivered by the next process that opens the spool. Records that are kept from here on wait for
    /// that one, too.
    pub async fn close(&self, patience: Duration) {
        // Where nobody listens, the task has ended.
        let _ = self.closing.send(true);
        let delivery = self.delivery.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut delivery) = delivery else { return };
        if timeout(patience, &mut delivery).await.is_err() {
            delivery.abort();
            // Lets go of the spool.
            let _ = delivery.await;
            let bytes = self.spool.waiting();
            eprintln!("{bytes} bytes of records wait in the spool for the next start");
        }
        if let Err(error) = self.spool.sync() {
            eprintln!("the ledger's spool may not survive a power cut: {error}");
        }
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("waiting", &self.spool.waiting()).finish_non_exhaustive()
    }
}
