//! The verdicts as `tracing` events.

use crate::report::{Report, ReportEntry};
use crate::set_cookie::Floor;

/// Returns `true` if somebody listens to the event of each cookie; if not, no report has to be made for them.
pub(crate) fn are_wanted() -> bool {
    tracing::event_enabled!(tracing::Level::DEBUG)
}

/// Emits an event for each cookie that did not pass as it was, in either direction: names and reasons, never values (R15).
pub(crate) fn emit(report: &Report) {
    if !are_wanted() {
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

/// Returns the attributes that a line got, if any.
fn raised(entry: &ReportEntry) -> Option<tracing::field::DisplayValue<Floor>> {
    let raised = entry.raised();
    (!raised.is_empty()).then(|| tracing::field::display(raised))
}
