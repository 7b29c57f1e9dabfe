//! A gateway in a process of its own.

use std::net::SocketAddr;
use std::ops::{Deref, DerefMut};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use test_support::folder::Folder;
use test_support::program::{self, Logging};
use test_support::waiting::{self, until};

use super::{REGISTRY, client};

const PROGRAM: &str = env!("CARGO_BIN_EXE_gateway");

/// A running gateway with its folder, killed when dropped.
pub(crate) struct Gateway {
    program: Logging,
    pub(crate) folder: Folder,
    pub(crate) url: String,
    pub(crate) admin: String,
    access: Arc<Mutex<String>>,
}

impl Gateway {
    /// Starts a gateway in front of one upstream, with the registry that the tests share.
    pub(crate) fn to(upstream: &str) -> Self {
        Gateway::configured(&format!("[[upstream]]\nto = '{upstream}'"))
    }

    /// Starts a gateway with a configuration, to which registry and addresses are added.
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
        Gateway::run(Command::new(PROGRAM), folder, arguments)
    }

    /// Starts a gateway by a shell, after another command.
    pub(crate) fn after(command: &str, folder: Folder, arguments: &[&str]) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} && exec \"$0\" \"$@\""), PROGRAM]);
        Gateway::run(shell, folder, arguments)
    }

    fn run(mut command: Command, folder: Folder, arguments: &[&str]) -> Self {
        command.args(arguments).current_dir(folder.root()).stdout(Stdio::piped());
        let mut program = Logging::start(&mut command);
        let access = program.output();
        let url = program.told("listening on ");
        let admin = program.told("metrics and health on ");
        Gateway { program, folder, url, admin, access }
    }

    /// Returns the lines of the access log so far.
    pub(crate) fn access(&self) -> Vec<serde_json::Value> {
        let text = self.access.lock().unwrap().clone();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits for so many lines of the access log.
    pub(crate) fn accesses(&self, count: usize) -> Vec<serde_json::Value> {
        until(|| self.access().len() >= count, || format!("{count} lines: {:?}", self.access()));
        self.access()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.url.rsplit('/').next().unwrap().parse().unwrap()
    }

    /// Returns the number of the metric with this beginning.
    pub(crate) async fn metric(&self, start: &str) -> u64 {
        program::metric(&self.metrics().await, start)
    }

    pub(crate) async fn metrics(&self) -> String {
        client::get(&format!("{}/metrics", self.admin)).await.text
    }
}

impl Deref for Gateway {
    type Target = Logging;

    fn deref(&self) -> &Logging {
        &self.program
    }
}

impl DerefMut for Gateway {
    fn deref_mut(&mut self) -> &mut Logging {
        &mut self.program
    }
}

/// Adds the keys that every test needs to a configuration.
pub(crate) fn configuration(config: &str) -> String {
    let start = "registry = 'cookies.toml'\nlisten = '127.0.0.1:0'\nadmin = '127.0.0.1:0'\n";
    format!("{start}{config}\n")
}

/// Returns the error of a gateway that does not start.
pub(crate) fn refusal(folder: &Folder, arguments: &[&str]) -> String {
    waiting::refusal(PROGRAM, folder.root(), arguments)
}
