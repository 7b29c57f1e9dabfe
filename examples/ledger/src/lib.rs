//! Keeps the records of consent in a database, whether or not the database is there.
//!
//! [`Ledger::keep`] writes a record into a spool on the disk and returns; a task moves what is
//! spooled into SQLite or PostgreSQL. So a visitor never waits for the database, and a record that
//! was spooled survives its outages and the end of the program. The README tells the rules.

mod database;
mod delivery;
mod entry;
mod error;
mod export;
mod ledger;
mod lines;
mod migrations;
mod settings;
mod spool;

pub use crate::error::LedgerError;
pub use crate::export::export;
pub use crate::ledger::Ledger;
pub use crate::settings::Settings;
