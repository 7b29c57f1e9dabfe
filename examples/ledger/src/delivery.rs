//! The task that moves what is spooled into the database.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep, sleep_until};

use crate::database::Database;
use crate::error::LedgerError;
use crate::lines;
use crate::spool::Spool;

/// The pauses between attempts: each is twice the one before, up to the longest.
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(10);

/// The time between two deletions of what is older than its retention.
const DELETIONS: Duration = Duration::from_secs(3_600);

pub(crate) struct Delivery {
    pub(crate) spool: Arc<Spool>,
    pub(crate) database: Database,
    /// Tells that something was spooled.
    pub(crate) spooled: Arc<Notify>,
    /// Tells that the ledger closes once all is delivered.
    pub(crate) closing: watch::Receiver<bool>,
}

impl Delivery {
    pub(crate) async fn run(mut self) {
        let mut next_deletion = Instant::now();
        let mut pause = None;
        loop {
            let done = self.deliver().await;
            let done = match done {
                Ok(()) if Instant::now() >= next_deletion => self.delete_old().await,
                done => done,
            };
            match done {
                Ok(()) => {
                    if next_deletion <= Instant::now() {
                        next_deletion = Instant::now() + DELETIONS;
                    }
                    if pause.take().is_some() {
                        eprintln!("the database takes records of consent again");
                    }
                    if self.is_closing() {
                        return;
                    }
                    tokio::select! {
                        () = self.spooled.notified() => {}
                        _ = self.closing.changed() => {}
                        () = sleep_until(next_deletion) => {}
                    }
                }
                Err(error) => {
                    let first = pause.is_none();
                    let waiting =
                        pause.map_or(SHORTEST, |pause: Duration| (pause * 2).min(LONGEST));
                    pause = Some(waiting);
                    self.sync().await;
                    if first || waiting == LONGEST {
                        let bytes = self.spool.waiting();
                        eprintln!("{bytes} bytes of records of consent wait: {error}");
                    }
                    tokio::select! {
                        () = sleep(waiting) => {}
                        // Another attempt at once: there may be no time for many.
                        _ = self.closing.changed(), if !self.is_closing() => {}
                    }
                }
            }
        }
    }

    /// Returns `true` once the ledger was closed, or dropped without that.
    fn is_closing(&self) -> bool {
        *self.closing.borrow() || self.closing.has_changed().is_err()
    }

    /// Delivers every segment that is there.
    async fn deliver(&mut self) -> Result<(), LedgerError> {
        while let Some(segment) = self.spool.next().map_err(|error| self.failed(error))? {
            self.deliver_segment(&segment).await?;
        }
        Ok(())
    }

    async fn deliver_segment(&mut self, segment: &Path) -> Result<(), LedgerError> {
        let read = std::fs::read(segment).map_err(|error| self.failed(error))?;
        let (entries, unreadable) = lines::read(&read);
        self.database.add(&entries).await?;
        if !unreadable.is_empty() {
            eprintln!("{} lines of the spool cannot be read, and were put aside", unreadable.len());
            self.spool.put_aside(&unreadable).map_err(|error| self.failed(error))?;
        }
        // Where this fails, the segment is delivered again, and the database knows its entries.
        self.spool.remove(segment).map_err(|error| self.failed(error))
    }

    async fn delete_old(&mut self) -> Result<(), LedgerError> {
        let deleted = self.database.delete_old().await?;
        if deleted > 0 {
            eprintln!("{deleted} records of consent were deleted, whose retention had ended");
        }
        Ok(())
    }

    /// Has the disk keep what waits, since it may have to wait for long.
    async fn sync(&mut self) {
        let spool = Arc::clone(&self.spool);
        let synced = tokio::task::spawn_blocking(move || spool.sync()).await;
        if let Ok(Err(error)) = synced {
            eprintln!("the ledger's spool may not survive a power cut: {error}");
        }
    }

    fn failed(&self, error: std::io::Error) -> LedgerError {
        LedgerError::Spool(self.spool.folder().to_owned(), error)
    }
}
