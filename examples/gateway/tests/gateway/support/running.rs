//! A gateway in a process of its own.

use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use test_support::folder::Folder;
use test_support::waiting::{self, PATIENCE, collect, until};

use super::{REGISTRY, client};

/// A running gateway with its folder, killed when dropped.
pub(crate) struct Gateway {
    child: Child,
    pub(crate) folder: Folder,
    pub(crate) url: String,
    pub(crate) admin: String,
    log: Arc<Mutex<String>>,
    access: Arc<Mutex<String>>,
}

impl Gateway {
    /// In front of one upstream, with the registry that the tests share.
    pub(crate) fn to(upstream: &str) -> Self {
        Gateway::configured(&format!("[[upstream]]\nto = '{upstream}'"))
    }

    /// With a configuration whose registry and addresses are added.
    pub(crate) fn configured(config: &str) -> Self {
        Gateway::in_folder(Folder::new(), config, &[])
    }

    pub(crate) fn in_folder(folder: Folder, config: &str, arguments: &[&str]) -> Self {
        if folder.read("cookies.toml").is_none() {
            folder.write("cookies.toml", REGISTRY);
        }
        let config = folder.write("gateway.toml", &configuration(config));
        Gateway::start(folder, &[&["--config", &config], arguments].concat())
    }

    pub(crate) fn start(folder: Folder, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gateway"))
            .args(arguments)
            .current_dir(folder.root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = collect(child.stderr.take().unwrap());
        let access = collect(child.stdout.take().unwrap());
        let mut gateway =
            Gateway { child, folder, url: String::new(), admin: String::new(), log, access };
        gateway.url = gateway.told("listening on ");
        gateway.admin = gateway.told("metrics and health on ");
        gateway
    }

    /// The rest of the line of the log that has this text.
    fn told(&mut self, what: &str) -> String {
        self.logs(what);
        let log = self.log();
        let line = log.lines().find_map(|line| line.split_once(what)).unwrap().1;
        line.trim_end().to_owned()
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The lines of the access log so far.
    pub(crate) fn access(&self) -> Vec<serde_json::Value> {
        let text = self.access.lock().unwrap().clone();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits for a text in the log.
    pub(crate) fn logs(&self, what: &str) {
        until(|| self.log().contains(what), || format!("{what:?} in {}", self.log()));
    }

    /// Waits for so many lines of the access log.
    pub(crate) fn accesses(&self, count: usize) -> Vec<serde_json::Value> {
        until(|| self.access().len() >= count, || format!("{count} lines: {:?}", self.access()));
        self.access()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.url.rsplit('/').next().unwrap().parse().unwrap()
    }

    pub(crate) fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success());
    }

    /// The metrics, and of those with this beginning the number.
    pub(crate) async fn metric(&self, start: &str) -> u64 {
        let text = self.metrics().await;
        let line = text.lines().find_map(|line| line.strip_prefix(start));
        line.map_or(0, |rest| rest.trim().parse().unwrap_or_else(|_| panic!("{start}: {rest}")))
    }

    pub(crate) async fn metrics(&self) -> String {
        client::get(&format!("{}/metrics", self.admin)).await.text
    }

    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Waits until it has stopped by itself.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "it goes on: {}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It may have ended by itself, which the test will have noticed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A configuration with what every test needs.
pub(crate) fn configuration(config: &str) -> String {
    let start = "registry = 'cookies.toml'\nlisten = '127.0.0.1:0'\nadmin = '127.0.0.1:0'\n";
    format!("{start}{config}\n")
}

/// What a gateway says that does not start.
pub(crate) fn refusal(folder: &Folder, arguments: &[&str]) -> String {
    waiting::refusal(env!("CARGO_BIN_EXE_gateway"), folder.root(), arguments)
}
