//! The browsers of this machine.

use std::collections::BTreeSet;
use std::env;
use std::io::{Write, stderr};
use std::sync::Mutex;

use crate::support::browser::Browser;

/// A browser, and how it is installed and started.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    package: &'static str,
    start: fn() -> Option<Browser>,
}

pub(crate) const CHROMIUM: Program = Program { package: "chromium", start: Browser::chromium };
pub(crate) const FIREFOX: Program = Program { package: "firefox-esr", start: Browser::firefox };

/// Starts a browser. `None`, and a word about it, if it is not installed; a failure if
/// `REQUIRE_BROWSERS` is set.
pub(crate) fn start(program: Program) -> Option<Browser> {
    let browser = (program.start)();
    if browser.is_none() {
        left_out(program.package);
    }
    browser
}

fn left_out(package: &'static str) {
    static SAID: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    assert!(env::var_os("REQUIRE_BROWSERS").is_none(), "{package} is not installed");
    if SAID.lock().unwrap().insert(package) {
        // Cargo hides what a passing test prints, but not what it writes here.
        let _ = writeln!(
            stderr(),
            "\nLEFT OUT: {package} is not installed, so nothing was tested in it. To do so: \
             apt-get install {package}, then cargo test --all-features --test browsers"
        );
    }
}
