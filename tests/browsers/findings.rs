//! Tells what is wrong with lines, all at once, against what is expected to be.

use super::corpus;
use super::expected::EXPECTED;
use super::line::Line;
use super::server::Scheme;
use super::visit::{Visit, visits};

/// The lines that fail one check in one browser.
pub(super) struct Expected {
    pub(super) check: &'static str,
    pub(super) browser: &'static str,
    pub(super) why: &'static str,
    pub(super) lines: &'static [&'static str],
}

impl Expected {
    fn is(&self, check: &str, visit: &Visit, line: &Line) -> bool {
        self.check == check && self.browser == visit.browser && self.lines.contains(&&line.name[..])
    }
}

/// Checks every line in every visit. An unexpected failure fails the test, and so does an expected
/// one that passes.
pub(crate) fn check(name: &str, wrong: impl Fn(&Visit, usize) -> Option<String>) {
    let mut failures = Vec::new();
    for visit in visits() {
        for (number, line) in visit.lines.iter().enumerate() {
            let expected = EXPECTED.iter().find(|expected| expected.is(name, visit, line));
            let failure = match (wrong(visit, number), expected) {
                (None, None) | (Some(_), Some(_)) => continue,
                (Some(failure), None) => failure,
                (None, Some(expected)) => format!("passes, and should not: {}", expected.why),
            };
            let Visit { browser, scheme, .. } = visit;
            failures.push(format!("{browser}, {scheme}, {}\n    {failure}", line.shown()));
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_expected_failure_is_one_of_a_line() {
    let lines: Vec<_> = [Scheme::Http, Scheme::Https].into_iter().flat_map(corpus::lines).collect();
    let has_suites = lines.iter().any(|line| line.scheme.is_some());
    for name in EXPECTED.iter().flat_map(|expected| expected.lines) {
        // The lines of suites go by names, all others have a `=`.
        let is_here = has_suites || name.contains('=');
        assert!(!is_here || lines.iter().any(|line| line.name == *name), "no line is {name}");
    }
}
