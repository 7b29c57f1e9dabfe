//! Counts the verdicts on cookies under one registry.

use tower_cookie_consent::{CapReason, KeepReason, Registry, Report, StripReason, Verdict};

use crate::by_category::ByCategory;
use crate::cookie_metrics::CookieMetrics;

const KEEP: usize = KeepReason::ALL.len();
const CAP: usize = CapReason::ALL.len();
const STRIP: usize = StripReason::ALL.len();

/// Counts for one registry; the same numbers go on with the next one.
#[derive(Debug)]
pub struct CookieCounts {
    metrics: CookieMetrics,
    verdicts: ByCategory<{ KEEP + CAP + STRIP }>,
    withheld: ByCategory<STRIP>,
    swept: ByCategory<STRIP>,
}

impl CookieCounts {
    /// Makes the counts for the categories of a registry.
    pub fn new(registry: &Registry, metrics: CookieMetrics) -> Self {
        CookieCounts {
            metrics,
            verdicts: ByCategory::new(registry),
            withheld: ByCategory::new(registry),
            swept: ByCategory::new(registry),
        }
    }

    /// Counts the verdicts on the cookies of one response, and of its request.
    pub fn judged(&self, report: &Report) {
        let report_only = report.is_report_only();
        let mut some_undeclared = false;
        for (category, verdict) in report.verdicts() {
            let id = category.unwrap_or_default();
            let find = || self.metrics.verdicts(id, verdict, report_only);
            self.verdicts.count(id, reason(verdict), find);
            some_undeclared |= is_undeclared(verdict);
        }
        // Names are looked at only if a cookie was undeclared, since the report makes its entries
        // as soon as somebody looks at one.
        if some_undeclared {
            let undeclared = report.entries().iter().filter(|it| is_undeclared(it.verdict()));
            for entry in undeclared {
                let is_new = self.metrics.undeclared.count(entry.name());
                if is_new && matches!(entry.verdict(), Verdict::Strip { .. }) {
                    tell(entry.name(), report_only);
                }
            }
        }
        for cookie in report.withheld() {
            let (id, reason) = (cookie.category().unwrap_or_default(), cookie.reason());
            let find = || self.metrics.withheld(id, reason, report_only);
            self.withheld.count(id, place(StripReason::ALL, reason), find);
        }
        for cookie in report.swept() {
            let (id, reason) = (cookie.category(), cookie.reason());
            let find = || self.metrics.swept(id, reason, report_only);
            self.swept.count(id, place(StripReason::ALL, reason), find);
        }
    }
}

/// Warns of an undeclared cookie, since a login may be lost with it. The crate itself warns behind its
/// layer alone, which not every program has.
fn tell(name: &str, report_only: bool) {
    let happens = if report_only { "would be" } else { "is" };
    tracing::warn!(
        "the cookie {name:?} {happens} stripped, since the registry declares it nowhere; if the site \
         needs it, declare it"
    );
}

/// The place of a verdict's reason among those of all verdicts.
fn reason(verdict: Verdict) -> Option<usize> {
    match verdict {
        Verdict::Keep { reason } => place(KeepReason::ALL, reason),
        Verdict::Cap { reason, .. } => place(CapReason::ALL, reason).map(|at| KEEP + at),
        Verdict::Strip { reason } => place(StripReason::ALL, reason).map(|at| KEEP + CAP + at),
        _ => None,
    }
}

fn place<T: PartialEq + Copy>(all: &[T], one: T) -> Option<usize> {
    all.iter().position(|other| *other == one)
}

fn is_undeclared(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Strip { reason: StripReason::Undeclared }
            | Verdict::Keep { reason: KeepReason::Undeclared }
    )
}
