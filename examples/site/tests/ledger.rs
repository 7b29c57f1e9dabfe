//! The records of consent in a database that comes and goes: every choice is answered, and every
//! record is there afterwards, once.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use test_support::folder::Folder;
use test_support::postgres::Postgres;
use test_support::process::Server;
use test_support::visitor::{Answer, Browser};
use tokio::task::JoinSet;
use tokio::time::sleep;

const SITE: &str = env!("CARGO_BIN_EXE_site");

/// The longest that a visitor waits, whatever becomes of the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was answered: how the visitor chose, by the id of the record that their cookie carries.
type Answered = BTreeMap<String, String>;

/// A site, and what its visitors were told.
struct Site {
    folder: Folder,
    database: String,
    /// `None` while it is down.
    server: Option<Server>,
    answered: Answered,
}

fn start(folder: &Folder, database: &str) -> Server {
    let spool = folder.path("spool");
    let spool = spool.to_str().unwrap();
    Server::start_with(SITE, &["--records", database, "--record-ids", "--spool", spool])
}

impl Site {
    fn start(database: Option<String>) -> Self {
        let folder = Folder::new();
        let file = || format!("sqlite:{}", folder.path("records.db").display());
        let database = database.unwrap_or_else(file);
        let server = Some(start(&folder, &database));
        Site { folder, database, server, answered: Answered::new() }
    }

    /// Visitors choose, one choice after the other, while something happens to the site.
    async fn under_load(&mut self, happens: impl AsyncFnOnce(&Folder)) {
        let ends = Arc::new(AtomicBool::new(false));
        let mut visitors = JoinSet::new();
        let url = self.server.as_ref().unwrap().url();
        for number in 0..3 {
            visitors.spawn(choose_on(url.to_owned(), number, Arc::clone(&ends)));
        }
        happens(&self.folder).await;
        ends.store(true, Ordering::Relaxed);
        let before = self.answered.len();
        while let Some(answered) = visitors.join_next().await {
            self.answered.extend(answered.unwrap());
        }
        assert!(self.answered.len() > before + 20, "{} choices", self.answered.len());
    }

    /// Kills the site as it stands, and starts it anew.
    fn crash(&mut self) {
        self.server = None;
        self.server = Some(start(&self.folder, &self.database));
    }

    /// Stops the site as the system does.
    fn stop(&mut self) {
        assert!(self.server.take().unwrap().stop().success());
    }

    /// Once the site is stopped, all that was answered is in the database, and no more.
    fn finish(mut self) {
        self.stop();
        let waiting = std::fs::read_dir(self.folder.path("spool")).unwrap();
        let waiting: Vec<_> = waiting.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(waiting, ["lock"], "nothing waits any more");
        let exported = export(&self.database);
        let mut recorded = Answered::new();
        for line in exported.lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let text = |field: &str| record[field].as_str().unwrap().to_owned();
            let twice = recorded.insert(text("record_id"), text("how"));
            assert_eq!(twice, None, "recorded twice: {line}");
        }
        assert_eq!(recorded.len(), self.answered.len());
        assert_eq!(recorded, self.answered);
    }
}

/// What `DATABASE_URL=… site --export-records` prints.
fn export(database: &str) -> String {
    let mut command = Command::new(SITE);
    let output = command.env("DATABASE_URL", database).arg("--export-records").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A visitor who accepts and refuses until the end.
async fn choose_on(url: String, number: usize, ends: Arc<AtomicBool>) -> Answered {
    let browser = Browser::new(&url);
    let mut answered = Answered::new();
    let ways = [("accept", "accept-all"), ("refuse", "refuse-all")];
    for (choice, how) in ways.into_iter().cycle().skip(number) {
        if ends.load(Ordering::Relaxed) {
            return answered;
        }
        let asked = Instant::now();
        let answer = browser.post("/cookies", format!("choice={choice}&surface=banner")).await;
        assert!(asked.elapsed() < PATIENCE, "a visitor waited for {:?}", asked.elapsed());
        assert_eq!(answer.status, 303, "{}", answer.body);
        answered.insert(record_id(&answer), how.to_owned());
        sleep(Duration::from_millis(10)).await;
    }
    answered
}

/// The id of the record in the consent cookie that an answer sets.
fn record_id(answer: &Answer) -> String {
    let lines = answer.set_cookies();
    let line = lines.iter().find(|line| line.contains("cookie_consent=")).unwrap();
    let (_, id) = line.split_once("record-id=").unwrap();
    id.split(['&', ';']).next().unwrap().to_owned()
}

/// Somebody else who has locked a file of SQLite's, and lets it go when dropped.
struct Lock(Child);

impl Lock {
    fn on(folder: &Folder) -> Self {
        let script = "import sqlite3, sys; file = sqlite3.connect(sys.argv[1], isolation_level=None); \
                      file.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); input()";
        let mut child = Command::new("python3")
            .args(["-c", script])
            .arg(folder.path("records.db"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "locked\n");
        Lock(child)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.stdin.take().unwrap().write_all(b"\n");
        let _ = self.0.wait();
    }
}

const A_WHILE: Duration = Duration::from_millis(500);

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_locked_under_load_loses_no_record_and_no_choice() {
    let mut site = Site::start(None);
    site.under_load(async |folder| {
        sleep(A_WHILE).await;
        let lock = Lock::on(folder);
        // Longer than SQLite itself waits for a lock.
        sleep(Duration::from_secs(6)).await;
        drop(lock);
        sleep(A_WHILE).await;
    })
    .await;
    site.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_stopped_under_load_loses_no_record_and_no_choice() {
    let Some(postgres) = Postgres::start() else { return };
    let mut site = Site::start(Some(postgres.url()));
    site.under_load(async |_| {
        for _ in 0..3 {
            sleep(A_WHILE).await;
            postgres.go_down();
            sleep(A_WHILE).await;
            postgres.go_up();
        }
        sleep(A_WHILE).await;
    })
    .await;
    site.finish();
}

/// The site starts without its database, is killed while nothing can be delivered, and starts anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_crash_during_an_outage_loses_no_record() {
    let Some(postgres) = Postgres::start() else { return };
    postgres.go_down();
    let mut site = Site::start(Some(postgres.url()));
    site.under_load(async |_| sleep(A_WHILE).await).await;
    site.crash();
    site.under_load(async |_| {
        sleep(A_WHILE).await;
        postgres.go_up();
        sleep(A_WHILE).await;
    })
    .await;
    site.crash();
    site.under_load(async |_| sleep(A_WHILE).await).await;
    site.finish();
}

/// Who stops the site while the database is away gets the records with the next start.
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_during_an_outage_leaves_the_records_to_the_next_start() {
    let mut site = Site::start(None);
    site.under_load(async |_| sleep(A_WHILE).await).await;
    let lock = Lock::on(&site.folder);
    site.under_load(async |_| sleep(A_WHILE).await).await;
    site.stop();
    drop(lock);
    assert!(export(&site.database).lines().count() < site.answered.len());
    site.server = Some(start(&site.folder, &site.database));
    site.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sites_do_not_share_a_spool() {
    let site = Site::start(None);
    let spool = site.folder.path("spool");
    let second = Command::new(SITE).arg("--spool").arg(&spool).output().unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(said.contains("another process has this spool"), "{said}");
}

#[test]
fn lines_of_a_file_are_exported_as_they_are() {
    let folder = Folder::new();
    let file = folder.write("records.jsonl", "{}\n");
    assert_eq!(export(&file), "{}\n");
}
