//! The browsers of this machine.

use test_support::browser::Browser;
use test_support::left_out::left_out;

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
        let package = program.package;
        let command =
            format!("apt-get install {package}, then cargo test --all-features --test browsers");
        left_out(package, "nothing was tested in it", &command);
    }
    browser
}
