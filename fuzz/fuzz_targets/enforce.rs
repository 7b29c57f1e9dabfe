//! Enforcing a policy on a response against the rules read literally (R4, R6, R9 to R13).
//!
//! Input: see `model::visit::Visit`.

#![no_main]

use std::sync::LazyLock;

use http::header::{CACHE_CONTROL, HeaderValue, SET_COOKIE};
use libfuzzer_sys::fuzz_target;
use model::visit::{Line, Sites, Visit, lines};
use tower_cookie_consent::{CapReason, Report, Verdict};

static SITES: LazyLock<Sites> = LazyLock::new(Sites::default);

fuzz_target!(|data: &[u8]| {
    let visit = Visit::parse(&SITES, data);
    let policy = &visit.policy;
    let consent = policy.consent(&visit.request);
    let mut response = visit.response.clone();
    let before = lines(&response);
    let expected = visit.expected();

    let report = policy.enforce(&consent, &mut response);

    let after = lines(&response);
    tells_the_truth(&report, &before, &expected);
    if policy.is_report_only() {
        assert_eq!(after, before);
        return;
    }
    assert_eq!(by_name(&after), by_name(&expected));
    keeps_caches_out(&report, &before, &after);
    let set = after.iter().filter(|(name, ..)| name == SET_COOKIE);
    assert!(set.clone().all(|(_, line, _)| visit.may_leave(line)));
    // The map is sound: a look-up finds what going through it does.
    let found = response.get_all(SET_COOKIE).iter().map(HeaderValue::as_bytes);
    assert!(found.eq(set.map(|(_, line, _)| &line[..])));

    policy.enforce(&consent, &mut response);
    assert_eq!(lines(&response), after, "enforcing again changes nothing");
});

/// R23: what is one visitor's is private in every line, and what is not is told as it was.
fn keeps_caches_out(report: &Report, before: &[Line], after: &[Line]) {
    let told = |lines: &[Line]| {
        let lines = lines.iter().filter(|(name, ..)| name == CACHE_CONTROL);
        lines.map(|(_, line, _)| line.clone()).collect::<Vec<_>>()
    };
    let (before, after) = (told(before), told(after));
    if !report.is_for_one_visitor() {
        assert_eq!(after, before);
        return;
    }
    assert_eq!(after.len(), before.len().max(1));
    assert!(
        after.iter().all(|line| line.to_ascii_lowercase().windows(7).any(|it| it == b"private"))
    );
}

fn tells_caches(name: &str) -> bool {
    let others = ["cache-control", "surrogate-control", "edge-control", "x-accel-expires"];
    others.contains(&name) || name.ends_with("-cache-control")
}

/// The values of each name in their order. R12 promises no order of the names.
/// What caches are told is looked at by itself.
fn by_name(lines: &[Line]) -> Vec<&Line> {
    let mut lines: Vec<_> =
        lines.iter().filter(|(name, ..)| !tells_caches(name.as_str())).collect();
    lines.sort_by(|(a, ..), (b, ..)| a.as_str().cmp(b.as_str()));
    lines
}

/// The report has a verdict for each line, and what is left of the lines is what these say.
fn tells_the_truth(report: &Report, before: &[Line], after: &[Line]) {
    let set = |lines: &[Line]| {
        let lines = lines.iter().filter(|(name, ..)| name == SET_COOKIE);
        lines.map(|(_, line, _)| line.clone()).collect::<Vec<_>>()
    };
    let (before, after) = (set(before), set(after));
    assert_eq!(report.entries().len(), before.len());
    let mut after = after.iter();
    for (entry, line) in report.entries().iter().zip(&before) {
        match entry.verdict() {
            Verdict::Keep { .. } => assert_eq!(after.next(), Some(line)),
            // A deletion whose name one engine may not read to its end stays unproven, and may be
            // written already as the edit would write it.
            Verdict::Cap { reason: CapReason::UnprovenDeletion, .. } => {
                after.next().expect("what is left");
            }
            Verdict::Cap { .. } => assert_ne!(after.next().expect("what is left"), line),
            _ => {}
        }
    }
    assert!(after.next().is_none());
}
