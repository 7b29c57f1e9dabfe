//! A PostgreSQL of one test's own.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::folder::Folder;
use crate::left_out::left_out_unless;
use crate::port::free_port;

/// The user `nobody`, as whom it runs where the tests are root's: it refuses to be root.
const NOBODY: u32 = 65_534;

/// A new cluster, which is stopped and removed when dropped.
pub struct Postgres {
    programs: PathBuf,
    folder: Folder,
    port: u16,
}

impl Postgres {
    /// Makes and starts one, or says that it is not installed.
    pub fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            let consequence = "no record was kept in it";
            let command = "apt-get install postgresql";
            left_out_unless("REQUIRE_POSTGRES", "postgresql", consequence, command);
            return None;
        };
        let folder = Folder::new();
        if is_root(folder.root()) {
            chown(folder.root(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let postgres = Postgres { programs, folder, port: free_port() };
        let options = ["--auth=trust", "--username=site", "--encoding=UTF8", "--locale=C"];
        postgres.run("initdb", &[&options[..], &["--no-sync", "--pgdata"]].concat());
        postgres.go_up();
        Some(postgres)
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        format!("postgres://site@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it once more.
    pub fn go_up(&self) {
        let sockets = self.folder.root().display();
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -k {sockets}", self.port);
        let log = self.folder.path("log");
        let log = log.to_str().unwrap();
        self.run("pg_ctl", &["start", "-w", "-l", log, "-o", &options, "-D"]);
    }

    /// Stops it as a crash would: connections break off, and nothing is finished.
    pub fn go_down(&self) {
        self.run("pg_ctl", &["stop", "-w", "-m", "immediate", "-D"]);
    }

    /// Runs one of its programs, whose last argument is the folder of the data.
    fn run(&self, program: &str, arguments: &[&str]) {
        let said = self.folder.path("said");
        let file = OpenOptions::new().create(true).append(true).open(&said).unwrap();
        let mut command = Command::new(self.programs.join(program));
        command.args(arguments).arg(self.folder.path("data")).current_dir(self.folder.root());
        // A pipe would be the server's, too, and never end.
        command.stdout(file.try_clone().unwrap()).stderr(file);
        if fs::metadata(self.folder.root()).unwrap().uid() == NOBODY {
            command.uid(NOBODY).gid(NOBODY);
        }
        let ended = command.status().unwrap();
        assert!(ended.success(), "{program}: {}", fs::read_to_string(said).unwrap());
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.folder.path("data").join("postmaster.pid").exists() {
            self.go_down();
        }
    }
}

/// Where the programs of the newest version lie, which Debian puts in no search path.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let folders = versions.map(|version| version.unwrap().path().join("bin"));
    folders.filter(|folder| folder.join("initdb").exists()).max()
}

fn is_root(own: &Path) -> bool {
    fs::metadata(own).unwrap().uid() == 0
}
