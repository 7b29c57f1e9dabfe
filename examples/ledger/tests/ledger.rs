//! Checks the promises of the ledger in both databases.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use ledger::{Ledger, LedgerError, Settings, export};
use sqlx::{AnyConnection, Connection, Executor};
use test_support::folder::Folder;
use test_support::postgres::Postgres;
use tower_cookie_consent::registry::{Category, Registry};
use tower_cookie_consent::{Choice, ConsentRecord, How, Policy, Shown};

/// A busy machine takes its time, and nothing waits longer than it has to.
const SOON: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(86_400);

/// A database of each kind that is installed, by its address. What has to outlive it comes along.
fn databases(folder: &Folder) -> Vec<(String, Option<Postgres>)> {
    let sqlite = format!("sqlite:{}", folder.path("records.db").display());
    let postgres = Postgres::start();
    let postgres = postgres.map(|postgres| (postgres.url(), Some(postgres)));
    [(sqlite, None)].into_iter().chain(postgres).collect()
}

/// Records of a visitor who chose `ago`, and whose choice counted for a day.
fn records(count: usize, ago: Duration) -> Vec<ConsentRecord> {
    let category = Category::consent("analytics");
    let registry = Registry::builder().version("né \" 1\u{0}").category(category);
    let registry = registry.consent_lifetime(DAY).build().unwrap();
    let policy = Policy::builder(registry).clock(move || SystemTime::now() - ago).build();
    let consent = policy.consent(&HeaderMap::new());
    let choice = Choice::decided(policy.registry()).grant_all();
    let surfaces = (0..count).map(|number| format!("form {number}"));
    surfaces.map(|surface| consent.record(&choice, How::Saved, Shown::on(surface))).collect()
}

fn json(records: &[ConsentRecord]) -> String {
    records.iter().map(|record| serde_json::to_string(record).unwrap() + "\n").collect()
}

async fn exported(database: &str) -> String {
    let mut output = Vec::new();
    export(database, &mut output).await.unwrap();
    String::from_utf8(output).unwrap()
}

/// Opens a ledger, lets it keep these records, and closes it.
async fn keep(settings: &Settings, records: &[ConsentRecord]) {
    let ledger = Ledger::open(settings).unwrap();
    for record in records {
        ledger.keep(record);
    }
    ledger.close(SOON).await;
}

#[tokio::test]
async fn records_are_exported_to_the_byte_and_in_order() {
    let folder = Folder::new();
    for (number, (database, _running)) in databases(&folder).into_iter().enumerate() {
        let settings = Settings::new(&database, folder.path(&format!("spool-{number}")));
        assert_eq!(exported(&database).await, "", "{database}: made by the export");
        // More than are read at once.
        let records = records(1_100, Duration::ZERO);
        keep(&settings, &records[..600]).await;
        keep(&settings, &records[600..]).await;
        assert_eq!(exported(&database).await, json(&records), "{database}");
    }
}

#[tokio::test]
async fn a_record_is_neither_changed_nor_deleted_before_its_time() {
    let folder = Folder::new();
    for (number, (database, running)) in databases(&folder).into_iter().enumerate() {
        let settings = Settings::new(&database, folder.path(&format!("spool-{number}")));
        let records = records(2, Duration::ZERO);
        keep(&settings, &records).await;
        let again = "SELECT position, entry, 0, 0, 'x' FROM consent_records";
        let into = "consent_records (position, entry, decided_at, keep_until, record)";
        let mut statements = vec![
            "UPDATE consent_records SET record = 'x'".to_owned(),
            "UPDATE consent_records SET keep_until = 0 WHERE position = 1".to_owned(),
            "DELETE FROM consent_records".to_owned(),
            "DELETE FROM consent_records WHERE position = 2".to_owned(),
        ];
        // Values that conflict with what is there.
        if running.is_some() {
            let upsert = "ON CONFLICT (entry) DO UPDATE SET record = 'x'";
            statements.push(format!("INSERT INTO {into} OVERRIDING SYSTEM VALUE {again} {upsert}"));
            statements.push("TRUNCATE consent_records".to_owned());
        } else {
            statements.push(format!("INSERT OR REPLACE INTO {into} {again}"));
            statements.push(format!(
                "INSERT OR REPLACE INTO {into} SELECT position, 'new', 0, 0, 'x' FROM consent_records"
            ));
        }
        for statement in statements {
            let mut connection = AnyConnection::connect(&database).await.unwrap();
            let done = connection.execute(&*statement).await;
            let refused = done.is_err_and(|error| error.to_string().contains("record of consent"));
            assert_eq!(refused, !statement.contains("REPLACE"), "{statement}");
            assert_eq!(exported(&database).await, json(&records), "{statement}");
        }
    }
}

/// The owner of the tables could drop the triggers; a site that is not the owner cannot.
#[tokio::test]
async fn a_user_who_may_only_add_records_is_enough() {
    let Some(postgres) = Postgres::start() else { return };
    let folder = Folder::new();
    exported(&postgres.url()).await;
    let mut owner = AnyConnection::connect(&postgres.url()).await.unwrap();
    for statement in [
        "CREATE ROLE writer LOGIN",
        "GRANT SELECT, INSERT, DELETE ON consent_records TO writer",
        "GRANT SELECT ON _sqlx_migrations TO writer",
    ] {
        owner.execute(statement).await.unwrap();
    }
    let writer = postgres.url().replace("site@", "writer@");
    let records = records(2, Duration::ZERO);
    keep(&Settings::new(&writer, folder.path("spool")), &records).await;
    let mut connection = AnyConnection::connect(&writer).await.unwrap();
    for statement in [
        "ALTER TABLE consent_records DISABLE TRIGGER ALL",
        "TRUNCATE consent_records",
        "DROP TABLE consent_records",
    ] {
        assert!(connection.execute(statement).await.is_err(), "{statement}");
    }
    assert_eq!(exported(&writer).await, json(&records));
}

#[tokio::test]
async fn what_need_not_be_proved_any_more_is_deleted() {
    let folder = Folder::new();
    for (number, (database, _running)) in databases(&folder).into_iter().enumerate() {
        let mut settings = Settings::new(&database, folder.path(&format!("spool-{number}")));
        settings.retention = DAY * 9;
        // A choice that counted for a day, and nine days more; and one that is a minute younger.
        let old = records(3, DAY * 10);
        let younger = records(2, DAY * 9 + Duration::from_secs(86_340));
        keep(&settings, &[old, younger.clone()].concat()).await;
        assert_eq!(exported(&database).await, json(&younger), "{database}");
    }
}

#[tokio::test]
async fn what_is_delivered_twice_is_there_once() {
    let folder = Folder::new();
    for (number, (database, _running)) in databases(&folder).into_iter().enumerate() {
        let settings = Settings::new(&database, folder.path(&format!("spool-{number}")));
        let records = records(3, Duration::ZERO);
        let spooled = spooled(&settings, &records).await;
        for segment in ["000000000007.jsonl", "000000000008.jsonl"] {
            fs::write(settings.spool.join(segment), &spooled).unwrap();
        }
        keep(&settings, &[]).await;
        assert_eq!(exported(&database).await, json(&records), "{database}");
        fs::write(settings.spool.join("000000000001.jsonl"), &spooled).unwrap();
        keep(&settings, &[]).await;
        assert_eq!(exported(&database).await, json(&records), "{database}");
    }
}

/// Returns these records as a spool holds them.
async fn spooled(settings: &Settings, records: &[ConsentRecord]) -> String {
    // Nobody listens at this port of the machine.
    let nowhere = Settings { database: "postgres://127.0.0.1:1/x".to_owned(), ..settings.clone() };
    let ledger = Ledger::open(&nowhere).unwrap();
    for record in records {
        ledger.keep(record);
    }
    ledger.close(Duration::from_millis(50)).await;
    let segments = segments(&settings.spool);
    segments.into_iter().map(|(path, text)| (fs::remove_file(path).unwrap(), text).1).collect()
}

fn segments(spool: &Path) -> Vec<(std::path::PathBuf, String)> {
    let paths = fs::read_dir(spool).unwrap().map(|entry| entry.unwrap().path());
    let mut segments: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    segments.sort();
    segments.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[tokio::test]
async fn a_line_that_cannot_be_read_is_put_aside() {
    let folder = Folder::new();
    let database = format!("sqlite:{}", folder.path("records.db").display());
    let settings = Settings::new(&database, folder.path("spool"));
    let records = records(2, Duration::ZERO);
    let spooled = spooled(&settings, &records).await;
    fs::write(settings.spool.join("000000000001.jsonl"), format!("{{\"ent\n{spooled}{{")).unwrap();
    keep(&settings, &[]).await;
    assert_eq!(exported(&database).await, json(&records));
    assert_eq!(fs::read_to_string(settings.spool.join("unreadable")).unwrap(), "{\"ent\n{\n");
}

#[tokio::test]
async fn a_ledger_that_cannot_work_does_not_open() {
    let folder = Folder::new();
    for database in ["", "consent.db", "mysql://x", "postgres"] {
        let error = Ledger::open(&Settings::new(database, folder.path("spool"))).unwrap_err();
        assert!(matches!(error, LedgerError::Address), "{database}: {error}");
    }
    let file = folder.write("file", "");
    let error = Ledger::open(&Settings::new("sqlite:x", file)).unwrap_err();
    assert!(matches!(error, LedgerError::Spool(..)), "{error}");
}

/// Nobody closes it: what it kept is in the spool, and its task ends by itself.
#[tokio::test]
async fn programs_that_start_at_once_make_the_tables_once() {
    for _ in 0..5 {
        let folder = Folder::new();
        for (database, _running) in databases(&folder) {
            let programs = (0..4).map(|_| {
                let database = database.clone();
                tokio::spawn(async move { exported(&database).await })
            });
            for program in programs.collect::<Vec<_>>() {
                assert_eq!(program.await.unwrap(), "");
            }
        }
    }
}

#[tokio::test]
async fn a_ledger_that_is_dropped_delivers_what_it_has() {
    let folder = Folder::new();
    let database = format!("sqlite:{}", folder.path("records.db").display());
    let settings = Settings::new(&database, folder.path("spool"));
    let records = records(2, Duration::ZERO);
    let ledger = Ledger::open(&settings).unwrap();
    for record in &records {
        ledger.keep(record);
    }
    drop(ledger);
    for _ in 0..200 {
        if exported(&database).await == json(&records) {
            // The task let go of the spool, too.
            return keep(&settings, &[]).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not delivered");
}
