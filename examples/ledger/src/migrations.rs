//! The tables, and how they come into the database.

use std::borrow::Cow;

use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::database::Kind;

/// The steps that lead from an empty database to the present tables. Each is taken once; to change
/// the tables, add one.
pub(crate) fn migrator(kind: Kind) -> Migrator {
    let steps: &[&str] = match kind {
        Kind::Sqlite => &[include_str!("../migrations/sqlite/0001_consent_records.sql")],
        Kind::Postgres => &[include_str!("../migrations/postgres/0001_consent_records.sql")],
    };
    let migration = |(version, sql): (i64, &&'static str)| {
        let description = Cow::Borrowed("consent records");
        Migration::new(version, description, MigrationType::Simple, Cow::Borrowed(*sql), false)
    };
    Migrator { migrations: (1..).zip(steps).map(migration).collect(), ..Migrator::DEFAULT }
}
