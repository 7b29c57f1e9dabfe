//! The database: one connection, made anew after anything that goes wrong.

use std::time::Duration;

use sqlx::any::install_default_drivers;
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, Connection, Executor};
use tokio::time::{sleep, timeout};

use crate::entry::Entry;
use crate::error::LedgerError;
use crate::migrations::migrator;

/// The longest that the database may take for anything. A network may lose a connection without a
/// word.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often, and after which pauses, a program prepares SQLite's file while another one may do the same.
const ATTEMPTS: u32 = 10;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(100);

/// The databases that the ledger knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

pub(crate) struct Database {
    kind: Kind,
    address: String,
    connection: Option<AnyConnection>,
}

impl Database {
    pub(crate) fn new(address: &str) -> Result<Self, LedgerError> {
        let kind = match address.split_once(':') {
            Some(("sqlite", _)) => Kind::Sqlite,
            Some(("postgres" | "postgresql", _)) => Kind::Postgres,
            _ => return Err(LedgerError::Address),
        };
        let mut address = address.to_owned();
        if kind == Kind::Sqlite && !address.contains("mode=") {
            // Makes the file if it is not there.
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str("mode=rwc");
        }
        install_default_drivers();
        Ok(Database { kind, address, connection: None })
    }

    /// Adds entries, all or none. Those that are there already stay as they are.
    pub(crate) async fn add(&mut self, entries: &[Entry]) -> Result<(), LedgerError> {
        // A connection that was idle may have died meanwhile, which is no news.
        if self.connection.is_some() && self.try_add(entries).await.is_ok() {
            return Ok(());
        }
        self.try_add(entries).await
    }

    async fn try_add(&mut self, entries: &[Entry]) -> Result<(), LedgerError> {
        let mut connection = self.connected().await?;
        within(insert(&mut connection, entries)).await?;
        self.connection = Some(connection);
        Ok(())
    }

    /// Deletes the records whose retention has ended, by the database's clock; returns how many.
    pub(crate) async fn delete_old(&mut self) -> Result<u64, LedgerError> {
        let statement = match self.kind {
            Kind::Sqlite => "DELETE FROM consent_records WHERE keep_until <= unixepoch()",
            Kind::Postgres => {
                "DELETE FROM consent_records WHERE keep_until <= extract(epoch FROM now())"
            }
        };
        let mut connection = self.connected().await?;
        let deleted = within(async { Ok(connection.execute(statement).await?) }).await?;
        self.connection = Some(connection);
        Ok(deleted.rows_affected())
    }

    /// The records behind a position, in order, with the position of each; some thousand at most.
    pub(crate) async fn after(&mut self, last: i64) -> Result<Vec<(i64, String)>, LedgerError> {
        let mut connection = self.connected().await?;
        let page = sqlx::query_as(
            "SELECT position, record FROM consent_records WHERE position > $1 ORDER BY position LIMIT 1000",
        );
        let page = page.bind(last);
        let records = within(async { Ok(page.fetch_all(&mut connection).await?) }).await?;
        self.connection = Some(connection);
        Ok(records)
    }

    /// The connection, taken out: who uses it puts it back when all went well.
    async fn connected(&mut self) -> Result<AnyConnection, LedgerError> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => within(connect(self.kind, &self.address)).await,
        }
    }
}

async fn connect(kind: Kind, address: &str) -> Result<AnyConnection, LedgerError> {
    let mut connection = AnyConnection::connect(address).await?;
    let mut attempts = 1;
    while let Err(error) = prepare(kind, &mut connection).await {
        if kind != Kind::Sqlite || attempts == ATTEMPTS {
            return Err(error);
        }
        attempts += 1;
        sleep(BETWEEN_ATTEMPTS).await;
    }
    Ok(connection)
}

/// Makes the tables where they are not there. While another program does the same, SQLite does not
/// wait for it: it says that a new file is locked, or that a table is there already. The next attempt
/// finds what the other one made.
async fn prepare(kind: Kind, connection: &mut AnyConnection) -> Result<(), LedgerError> {
    if kind == Kind::Sqlite {
        // Who exports does not hold up who writes.
        connection.execute("PRAGMA journal_mode = WAL").await?;
    }
    let migrator = migrator(kind);
    // A user who may only add records asks for no tables where they are there.
    if !has_tables(connection, &migrator).await {
        migrator.run_direct(connection).await.map_err(LedgerError::Migration)?;
    }
    Ok(())
}

/// Returns `true` if every step to the present tables was taken.
async fn has_tables(connection: &mut AnyConnection, migrator: &Migrator) -> bool {
    let newest = "SELECT max(version) FROM _sqlx_migrations WHERE success";
    let newest: Option<i64> =
        sqlx::query_scalar(newest).fetch_one(connection).await.unwrap_or_default();
    newest.is_some_and(|newest| migrator.iter().all(|step| step.version <= newest))
}

async fn insert(connection: &mut AnyConnection, entries: &[Entry]) -> Result<(), LedgerError> {
    let mut transaction = connection.begin().await?;
    for Entry { number, decided_at, keep_until, record } in entries {
        sqlx::query(
            "INSERT INTO consent_records (entry, decided_at, keep_until, record) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (entry) DO NOTHING",
        )
        .bind(number)
        .bind(decided_at)
        .bind(keep_until)
        .bind(record.get())
        .execute(&mut *transaction)
        .await?;
    }
    Ok(transaction.commit().await?)
}

async fn within<T>(work: impl Future<Output = Result<T, LedgerError>>) -> Result<T, LedgerError> {
    timeout(PATIENCE, work).await.unwrap_or(Err(LedgerError::Late))
}
