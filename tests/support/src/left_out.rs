//! Reports tests that cannot run because something is not installed.

use std::collections::BTreeSet;
use std::env;
use std::io::{Write, stderr};
use std::sync::Mutex;

/// Prints once that `what` is not installed, what is not tested because of it, and the command that
/// installs it. If `REQUIRE_BROWSERS` is set, the test fails.
pub fn left_out(what: &'static str, consequence: &str, command: &str) {
    left_out_unless("REQUIRE_BROWSERS", what, consequence, command);
}

/// Does the same, but fails if the environment variable `required` is set.
pub fn left_out_unless(required: &str, what: &'static str, consequence: &str, command: &str) {
    static SAID: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    assert!(env::var_os(required).is_none(), "{what} is not installed");
    if SAID.lock().unwrap().insert(what) {
        // Cargo hides the output of a passing test, but not what is written here.
        let _ = writeln!(
            stderr(),
            "\nLEFT OUT: {what} is not installed, so {consequence}. To do so: {command}"
        );
    }
}
