//! The settings of a site's ledger.

use std::path::PathBuf;
use std::time::Duration;

/// Where the records go, and for how long.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The database: `sqlite:consent-records.db`, which is made if it is not there, or
    /// `postgres://user:password@host/database`.
    pub database: String,
    /// The folder of the records that are not in the database yet. It is made if it is not there, and
    /// belongs to one process at a time.
    pub spool: PathBuf,
    /// The most bytes that may wait in the spool: some 600 are one record. What does not fit goes to
    /// the program's log.
    pub spool_limit: u64,
    /// The time for which a record is kept after its decision has ceased to count.
    pub retention: Duration,
}

impl Settings {
    /// A ledger in this database, with room for some 1.7 million records that wait (1 GiB) and a
    /// retention of five years: the general limitation of actions in French law (Code civil, article
    /// 2224). How long proof is needed is for the site to say.
    pub fn new(database: impl Into<String>, spool: impl Into<PathBuf>) -> Self {
        Settings {
            database: database.into(),
            spool: spool.into(),
            spool_limit: 1 << 30,
            retention: Duration::from_secs(5 * 365 * 86_400),
        }
    }
}
