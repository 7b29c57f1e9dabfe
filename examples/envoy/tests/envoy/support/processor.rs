//! A processor in a process of its own.

use std::ops::{Deref, DerefMut};
use std::process::Command;
use std::time::{Duration, Instant};

use test_support::folder::Folder;
use test_support::program::{self, Logging};
use test_support::waiting::{self, PATIENCE};

use super::REGISTRY;

/// A running processor with its folder, killed when dropped.
pub(crate) struct Processor {
    program: Logging,
    pub(crate) folder: Folder,
    /// The address on which it listens over TCP, without a scheme.
    pub(crate) address: String,
    pub(crate) admin: String,
}

impl Processor {
    /// Starts one with the registry that the tests share.
    pub(crate) fn new() -> Self {
        Processor::with(REGISTRY, "")
    }

    /// Starts one with a registry, and a configuration to which addresses are added.
    pub(crate) fn with(registry: &str, config: &str) -> Self {
        Processor::in_folder(Folder::new(), registry, config)
    }

    pub(crate) fn in_folder(folder: Folder, registry: &str, config: &str) -> Self {
        folder.write("cookies.toml", registry);
        let config = folder.write("processor.toml", &configuration(config));
        Processor::start(folder, &["--config", &config])
    }

    pub(crate) fn start(folder: Folder, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_envoy"));
        let program = Logging::start(command.args(arguments).current_dir(folder.root()));
        let address = format!("127{}", program.told("listening on 127"));
        let admin = program.told("metrics and health on ");
        Processor { program, folder, address, admin }
    }

    /// Returns the number of the metric with this beginning, or 0.
    pub(crate) async fn metric(&self, start: &str) -> u64 {
        program::metric(&self.asked("/metrics").await.1, start)
    }

    /// Waits until a metric is at this number.
    pub(crate) async fn reaches(&self, start: &str, number: u64) {
        let begin = Instant::now();
        while self.metric(start).await != number {
            let is = self.metric(start).await;
            assert!(begin.elapsed() < PATIENCE, "{start} is {is} and not {number}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Returns the status and the text at a path of its own address.
    pub(crate) async fn asked(&self, path: &str) -> (u16, String) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.get(format!("{}{path}", self.admin)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

impl Deref for Processor {
    type Target = Logging;

    fn deref(&self) -> &Logging {
        &self.program
    }
}

impl DerefMut for Processor {
    fn deref_mut(&mut self) -> &mut Logging {
        &mut self.program
    }
}

/// Adds the keys that every test needs to a configuration.
pub(crate) fn configuration(config: &str) -> String {
    let start = "registry = 'cookies.toml'\nadmin = '127.0.0.1:0'\n";
    let listen = if config.contains("listen =") { "" } else { "listen = ['127.0.0.1:0']\n" };
    format!("{start}{listen}{config}\n")
}

/// Returns the error of a processor that does not start.
pub(crate) fn refusal(folder: &Folder, arguments: &[&str]) -> String {
    waiting::refusal(env!("CARGO_BIN_EXE_envoy"), folder.root(), arguments)
}
