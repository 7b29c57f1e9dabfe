//! Verdicts counted by category and reason: each counter is looked up once.

use std::sync::{Arc, OnceLock};

use prometheus_client::metrics::counter::Counter;
use tower_cookie_consent::{
    CapReason, KeepReason, Registry, Report, ReportEntry, StripReason, Verdict,
};

use crate::metrics::Metrics;

/// All reasons that a verdict may have.
const REASONS: usize = KeepReason::ALL.len() + CapReason::ALL.len() + StripReason::ALL.len();

/// The counters of one site; the same numbers go on in the next one.
#[derive(Debug)]
pub(crate) struct CookieCounts {
    metrics: Arc<Metrics>,
    /// Those of the registry, and at the end that of no category.
    categories: Vec<(Box<str>, [OnceLock<Counter>; REASONS])>,
}

impl CookieCounts {
    pub(crate) fn new(registry: &Registry, metrics: Arc<Metrics>) -> Self {
        let ids = registry.categories().map(|category| category.id());
        let counters = |id: &str| (id.into(), [const { OnceLock::new() }; REASONS]);
        CookieCounts { metrics, categories: ids.chain([""]).map(counters).collect() }
    }

    /// Counts the verdicts on one response.
    pub(crate) fn judged(&self, report: &Report) {
        for entry in report.entries() {
            self.count(entry, report.is_report_only());
            if is_undeclared(entry.verdict()) {
                self.metrics.undeclared(entry.name());
            }
        }
    }

    fn count(&self, entry: &ReportEntry, report_only: bool) {
        let verdict = entry.verdict();
        let id = entry.category().unwrap_or_default();
        let create = || self.metrics.cookies(id, verdict, report_only);
        let category = self.categories.iter().find(|(other, _)| **other == *id);
        let counter = category.and_then(|(_, counters)| counters.get(index(verdict)?));
        match counter {
            Some(counter) => counter.get_or_init(create).inc(),
            None => create().inc(),
        };
    }
}

/// The place of a verdict's reason among all.
fn index(verdict: Verdict) -> Option<usize> {
    let (keep, cap) = (KeepReason::ALL.len(), CapReason::ALL.len());
    match verdict {
        Verdict::Keep { reason } => KeepReason::ALL.iter().position(|other| *other == reason),
        Verdict::Cap { reason, .. } => {
            CapReason::ALL.iter().position(|other| *other == reason).map(|at| keep + at)
        }
        Verdict::Strip { reason } => {
            StripReason::ALL.iter().position(|other| *other == reason).map(|at| keep + cap + at)
        }
        _ => None,
    }
}

fn is_undeclared(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Strip { reason: StripReason::Undeclared }
            | Verdict::Keep { reason: KeepReason::Undeclared }
    )
}
