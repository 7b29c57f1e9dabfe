//! Runs wrk and h2load, which request pages as fast as they can.

use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::process::{Command, Output};
use std::time::Duration;

const MIXED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/load/mixed.lua");

/// The report of a generator on its own requests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Generated {
    pub(crate) requests: u64,
    pub(crate) per_second: f64,
    /// The number of requests that failed, or got an error as response.
    pub(crate) failed: u64,
}

/// Returns the generators that are not installed, and says what is left out for want of them.
pub(crate) fn missing() -> Vec<&'static str> {
    let found = |tool: &str| match Command::new(tool).arg("--version").output() {
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        result => result.map(|_| true).unwrap(),
    };
    let missing: Vec<_> = ["wrk", "h2load"].into_iter().filter(|tool| !found(tool)).collect();
    if !missing.is_empty() {
        // This does not use a macro, whose output is shown only for tests that fail.
        let _ = writeln!(
            std::io::stderr(),
            "load: left out for want of {}: apt-get install wrk nghttp2-client",
            missing.join(" and "),
        );
    }
    missing
}

/// Sends requests over HTTP/1, each from another visitor.
pub(crate) async fn wrk(
    address: SocketAddr,
    visitors: &[String],
    connections: u8,
    duration: Duration,
) -> Generated {
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", "1", "--timeout", "20s", "--script", MIXED]);
    wrk.args(["--connections", &connections.to_string()]);
    wrk.args(["--duration", &format!("{}s", duration.as_secs())]);
    wrk.arg(format!("http://{address}/")).arg("--").args(visitors);
    let said = said(wrk).await;
    // "Socket errors: connect 0, read 0, write 0, timeout 0", and "Non-2xx or 3xx responses: 0",
    // where there are some.
    let errors = said.lines().filter_map(|line| {
        let (title, counts) = line.trim().split_once(": ")?;
        ["Socket errors", "Non-2xx or 3xx responses"].contains(&title).then_some(counts)
    });
    let failed = errors
        .flat_map(|counts| counts.split([' ', ',']))
        .filter_map(|word| word.parse::<u64>().ok());
    Generated {
        requests: number_before(" requests in ", &said),
        per_second: said
            .split_once("Requests/sec:")
            .and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok())
            .unwrap_or_else(|| panic!("wrk said: {said}")),
        failed: failed.sum(),
    }
}

/// Sends requests over HTTP/2 without TLS, all from the same visitor.
pub(crate) async fn h2load(
    address: SocketAddr,
    cookies: &str,
    connections: u8,
    duration: Duration,
) -> Generated {
    let mut h2load = Command::new("h2load");
    h2load.args(["--threads", "1", "--max-concurrent-streams", "8"]);
    h2load.args(["--clients", &connections.to_string()]);
    h2load.args(["--duration", &duration.as_secs().to_string()]);
    // A browser sends each pair in a field of its own.
    for pair in cookies.split("; ") {
        h2load.args(["--header", &format!("cookie: {pair}")]);
    }
    h2load.arg(format!("http://{address}/"));
    let said = said(h2load).await;
    Generated {
        requests: number_before(" succeeded", &said),
        per_second: number_before(" req/s", &said),
        failed: number_before::<u64>(" failed", &said) + number_before::<u64>(" 5xx", &said),
    }
}

async fn said(mut command: Command) -> String {
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let Output { status, stdout, stderr } = &output;
    assert!(status.success(), "{}", stderr.escape_ascii());
    String::from_utf8_lossy(stdout).into_owned()
}

/// The number that stands before these words.
fn number_before<T: std::str::FromStr>(words: &str, said: &str) -> T {
    said.split_once(words)
        .and_then(|(before, _)| before.split_whitespace().last()?.parse().ok())
        .unwrap_or_else(|| panic!("no number before {words:?}: {said}"))
}
