//! A processor in a process of its own.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use test_support::folder::Folder;
use test_support::waiting::{self, PATIENCE, collect, until};

use super::REGISTRY;

/// A running processor with its folder, killed when dropped.
pub(crate) struct Processor {
    child: Child,
    pub(crate) folder: Folder,
    /// Where it listens over TCP, without a scheme.
    pub(crate) address: String,
    pub(crate) admin: String,
    log: Arc<Mutex<String>>,
}

impl Processor {
    /// With the registry that the tests share.
    pub(crate) fn new() -> Self {
        Processor::with(REGISTRY, "")
    }

    /// With a registry, and a configuration to which addresses are added.
    pub(crate) fn with(registry: &str, config: &str) -> Self {
        Processor::in_folder(Folder::new(), registry, config)
    }

    pub(crate) fn in_folder(folder: Folder, registry: &str, config: &str) -> Self {
        folder.write("cookies.toml", registry);
        let config = folder.write("processor.toml", &configuration(config));
        Processor::start(folder, &["--config", &config])
    }

    pub(crate) fn start(folder: Folder, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_envoy"))
            .args(arguments)
            .current_dir(folder.root())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = collect(child.stderr.take().unwrap());
        let (address, admin) = (String::new(), String::new());
        let mut processor = Processor { child, folder, address, admin, log };
        processor.address = processor.told("listening on 127");
        processor.address.insert_str(0, "127");
        processor.admin = processor.told("metrics and health on ");
        processor
    }

    /// The rest of the line of the log that has this text.
    fn told(&self, what: &str) -> String {
        self.logs(what);
        let log = self.log();
        log.lines().find_map(|line| line.split_once(what)).unwrap().1.trim_end().to_owned()
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits for a text in the log.
    pub(crate) fn logs(&self, what: &str) {
        until(|| self.log().contains(what), || format!("{what:?} in {}", self.log()));
    }

    pub(crate) fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success());
    }

    /// The number of the metric with this beginning, or 0.
    pub(crate) async fn metric(&self, start: &str) -> u64 {
        let text = self.asked("/metrics").await.1;
        let line = text.lines().find_map(|line| line.strip_prefix(start));
        line.map_or(0, |rest| rest.trim().parse().unwrap_or_else(|_| panic!("{start}: {rest}")))
    }

    /// What it says at a path of its own.
    pub(crate) async fn asked(&self, path: &str) -> (u16, String) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.get(format!("{}{path}", self.admin)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Its resident memory in KiB.
    pub(crate) fn memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Ends it at once, as a crash does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
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

impl Drop for Processor {
    fn drop(&mut self) {
        // It may have ended by itself, which the test will have noticed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A configuration with what every test needs.
pub(crate) fn configuration(config: &str) -> String {
    let start = "registry = 'cookies.toml'\nadmin = '127.0.0.1:0'\n";
    let listen = if config.contains("listen =") { "" } else { "listen = ['127.0.0.1:0']\n" };
    format!("{start}{listen}{config}\n")
}

/// What a processor says that does not start.
pub(crate) fn refusal(folder: &Folder, arguments: &[&str]) -> String {
    waiting::refusal(env!("CARGO_BIN_EXE_envoy"), folder.root(), arguments)
}
