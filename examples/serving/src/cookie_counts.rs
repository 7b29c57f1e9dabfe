//! Counts cookies under one registry by their verdicts.

use tower_cookie_consent::{
    CapReason, JudgedLine, KeepReason, Observed, Registry, StripReason, Verdict,
};

use crate::by_category::ByCategory;
use crate::cookie_metrics::CookieMetrics;

const KEEP: usize = KeepReason::ALL.len();
const CAP: usize = CapReason::ALL.len();
const STRIP: usize = StripReason::ALL.len();

/// Counts for one registry. The next registry adds to the same numbers.
#[derive(Debug)]
pub struct CookieCounts {
    metrics: CookieMetrics,
    report_only: bool,
    verdicts: ByCategory<{ KEEP + CAP + STRIP }>,
    withheld: ByCategory<STRIP>,
    swept: ByCategory<STRIP>,
}

impl CookieCounts {
    /// Makes the counts for the categories of a registry, whose policy may only report.
    pub fn new(registry: &Registry, report_only: bool, metrics: CookieMetrics) -> Self {
        CookieCounts {
            metrics,
            report_only,
            verdicts: ByCategory::new(registry),
            withheld: ByCategory::new(registry),
            swept: ByCategory::new(registry),
        }
    }

    /// Counts one cookie, as the policy shows it.
    pub fn observed(&self, cookie: Observed<'_>) {
        match cookie {
            Observed::Judged(line) => self.judged(line),
            Observed::Withheld(cookie) => {
                let (id, why) = (cookie.category().unwrap_or_default(), cookie.reason());
                let find = || self.metrics.withheld(id, why, self.report_only);
                self.withheld.count(id, Some(why as usize), find);
            }
            Observed::Swept(cookie) => {
                let (id, why) = (cookie.category(), cookie.reason());
                let find = || self.metrics.swept(id, why, self.report_only);
                self.swept.count(id, Some(why as usize), find);
            }
            _ => {}
        }
    }

    fn judged(&self, line: JudgedLine<'_>) {
        let (id, verdict) = (line.category().unwrap_or_default(), line.verdict());
        let find = || self.metrics.verdicts(id, verdict, self.report_only);
        self.verdicts.count(id, reason(verdict), find);
        if is_undeclared(verdict) {
            self.metrics.undeclared.count(&line.name());
        }
    }
}

/// Returns the place of a verdict's reason among the reasons of all verdicts, of which those of one kind are numbered in
/// the order of their list.
fn reason(verdict: Verdict) -> Option<usize> {
    match verdict {
        Verdict::Keep { reason } => Some(reason as usize),
        Verdict::Cap { reason, .. } => Some(KEEP + reason as usize),
        Verdict::Strip { reason } => Some(KEEP + CAP + reason as usize),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_a_place_of_its_own() {
        let keep = KeepReason::ALL.iter().map(|reason| *reason as usize);
        let cap = CapReason::ALL.iter().map(|reason| KEEP + *reason as usize);
        let strip = StripReason::ALL.iter().map(|reason| KEEP + CAP + *reason as usize);
        assert!(keep.chain(cap).chain(strip).eq(0..KEEP + CAP + STRIP));
    }
}
