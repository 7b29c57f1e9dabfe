//! The verdicts as `tracing` events.

use crate::report::Report;

/// Whether anybody listens; if not, there is nothing to write down either.
pub(crate) fn are_wanted() -> bool {
    tracing::event_enabled!(tracing::Level::INFO)
}

/// One event for each cookie that did not pass as it was: names and reasons, never values (R15).
pub(crate) fn emit(report: &Report) {
    for entry in report.changes() {
        tracing::info!(
            cookie = entry.name(),
            category = entry.category(),
            service = entry.service(),
            verdict = entry.verdict().as_str(),
            report_only = report.is_report_only(),
            "{}",
            entry.verdict(),
        );
    }
}
