//! Tells what is not tested on a machine that lacks something.

use std::collections::BTreeSet;
use std::env;
use std::io::{Write, stderr};
use std::sync::Mutex;

/// Says once that `what` is not installed, what comes of it, and the command to test it; a failure
/// if `REQUIRE_BROWSERS` is set.
pub fn left_out(what: &'static str, consequence: &str, command: &str) {
    left_out_unless("REQUIRE_BROWSERS", what, consequence, command);
}

/// The same, and a failure if the environment has the variable `required`.
pub fn left_out_unless(required: &str, what: &'static str, consequence: &str, command: &str) {
    static SAID: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    assert!(env::var_os(required).is_none(), "{what} is not installed");
    if SAID.lock().unwrap().insert(what) {
        // Cargo hides what a passing test prints, but not what it writes here.
        let _ = writeln!(
            stderr(),
            "\nLEFT OUT: {what} is not installed, so {consequence}. To do so: {command}"
        );
    }
}
