//! The reasons for which a ledger does not open, or its database takes no records.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A fault of a ledger.
#[derive(Debug)]
#[non_exhaustive]
pub enum LedgerError {
    /// The database's address is of no kind that is known. It is not repeated here, since it may hold
    /// a password.
    Address,
    /// Another process has the spool.
    SpoolInUse(PathBuf),
    /// The spool cannot be used.
    Spool(PathBuf, io::Error),
    /// The export's records could not be written out.
    Output(io::Error),
    /// The database refused, or could not be reached.
    Database(sqlx::Error),
    /// The database's tables could not be made.
    Migration(sqlx::migrate::MigrateError),
    /// The database did not answer in time.
    Late,
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LedgerError::Address => f.write_str(
                "the ledger's database is none: write sqlite:FILE, or postgres://USER:PASSWORD@HOST/DATABASE",
            ),
            LedgerError::SpoolInUse(folder) => write!(
                f,
                "{}: another process has this spool; give each a folder of its own",
                folder.display()
            ),
            LedgerError::Spool(folder, error) => write!(f, "{}: {error}", folder.display()),
            LedgerError::Output(error) => write!(f, "the export was not written: {error}"),
            LedgerError::Database(error) => write!(f, "{error}"),
            LedgerError::Migration(error) => write!(f, "the tables were not made: {error}"),
            LedgerError::Late => f.write_str("the database did not answer in time"),
        }
    }
}

impl std::error::Error for LedgerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LedgerError::Spool(_, error) | LedgerError::Output(error) => Some(error),
            LedgerError::Database(error) => Some(error),
            LedgerError::Migration(error) => Some(error),
            LedgerError::Address | LedgerError::SpoolInUse(_) | LedgerError::Late => None,
        }
    }
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        LedgerError::Database(error)
    }
}
