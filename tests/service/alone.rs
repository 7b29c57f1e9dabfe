//! Tests that need a process of their own.

use std::env;
use std::process::Command;

const ALONE: &str = "TOWER_COOKIE_CONSENT_TEST_ALONE";

/// Runs a test in a process of its own, by starting this binary once more for this test only.
///
/// A process remembers that it has given the hint on the order of layers, and whether anybody
/// listens to an event. Other tests in the same process would come first.
pub(crate) fn alone(name: &str, test: impl FnOnce()) {
    if env::var_os(ALONE).is_some() {
        return test();
    }
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(ALONE, "yes")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && printed.contains("1 passed"),
        "{name}\n{printed}\n{}",
        String::from_utf8_lossy(&output.stderr),
    );
}
