//! The verdicts as `tracing` events.

use crate::registry::KeyPath;
use crate::report::{Escaped, Report, ReportEntry, StripReason, Verdict};
use crate::set_cookie::Floor;
use crate::told::Told;

/// Names that no declaration covers, and that were told.
static UNDECLARED: Told = Told::new();

/// Returns `true` if anybody listens; if not, there is nothing to write down either.
pub(crate) fn are_wanted() -> bool {
    warns() || tracing::event_enabled!(tracing::Level::DEBUG)
}

fn warns() -> bool {
    tracing::event_enabled!(tracing::Level::WARN)
}

/// One event for each cookie that did not pass as it was, in either direction: names and reasons, never values (R15).
/// A name that no declaration covers is told as a warning too, once in a process, since a login
/// may be lost with it.
pub(crate) fn emit(report: &Report) {
    let tells_all = tracing::event_enabled!(tracing::Level::DEBUG);
    if !(tells_all || warns() && report.strips_undeclared()) {
        // Most reports are looked at by nobody, and to read one takes longer than to judge.
        return;
    }
    for cookie in report.withheld() {
        tracing::debug!(
            cookie = cookie.name(),
            category = cookie.category(),
            service = cookie.service(),
            verdict = "withhold",
            report_only = report.is_report_only(),
            "withheld: {}",
            cookie.reason().explanation(),
        );
    }
    for entry in report.changes() {
        tracing::debug!(
            cookie = entry.name(),
            category = entry.category(),
            service = entry.service(),
            verdict = entry.verdict().as_str(),
            report_only = report.is_report_only(),
            raised = raised(entry),
            "{}",
            entry.verdict(),
        );
        if is_undeclared(entry) && warns() && UNDECLARED.is_new(entry.name()) {
            let happens = if report.is_report_only() { "would be" } else { "is" };
            tracing::warn!(
                "the cookie {} {happens} stripped, since the registry declares it nowhere; if the \
                 site needs it, add to [cookies]: {} = {{ category = \"…\" }}",
                Escaped(entry.name()),
                KeyPath::root().at(entry.name()),
            );
        }
    }
    for cookie in report.swept() {
        tracing::debug!(
            cookie = cookie.name(),
            category = cookie.category(),
            service = cookie.service(),
            verdict = "sweep",
            report_only = report.is_report_only(),
            "sweep: {}",
            cookie.reason().explanation(),
        );
    }
}

/// The attributes that a line got, if any.
fn raised(entry: &ReportEntry) -> Option<tracing::field::DisplayValue<Floor>> {
    let raised = entry.raised();
    (!raised.is_empty()).then(|| tracing::field::display(raised))
}

fn is_undeclared(entry: &ReportEntry) -> bool {
    let reason = StripReason::Undeclared;
    entry.verdict() == Verdict::Strip { reason } && !entry.name().is_empty()
}
