//! The metrics of cookies for Prometheus, which hold names and never values.

use std::sync::Arc;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;
use tower_cookie_consent::{StripReason, Verdict};

use crate::told_names::ToldNames;

/// The counters of a program. A reload does not reset them.
#[derive(Clone, Debug, Default)]
pub struct CookieMetrics {
    verdicts: Family<VerdictLabels, Counter>,
    pub(crate) undeclared: Arc<ToldNames>,
    withheld: Family<ReasonLabels, Counter>,
    swept: Family<ReasonLabels, Counter>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct VerdictLabels {
    category: String,
    verdict: &'static str,
    reason: &'static str,
    report_only: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ReasonLabels {
    category: String,
    reason: &'static str,
    report_only: &'static str,
}

impl CookieMetrics {
    /// Registers the counters of a program, whose names begin with the registry's prefix.
    pub fn register(registry: &mut Registry) -> Self {
        let metrics = CookieMetrics::default();
        registry.register(
            "cookies",
            "Set-Cookie lines by category, verdict and reason; without a category if undeclared",
            metrics.verdicts.clone(),
        );
        registry.register(
            "undeclared_cookies",
            "Set-Cookie lines that the registry declares nowhere, by name",
            metrics.undeclared.family.clone(),
        );
        registry.register(
            "withheld_cookies",
            "Cookies of answered requests that the application did not get to read",
            metrics.withheld.clone(),
        );
        registry.register(
            "swept_cookies",
            "Cookies of requests that the response deleted",
            metrics.swept.clone(),
        );
        metrics
    }

    pub(crate) fn verdicts(&self, category: &str, verdict: Verdict, report_only: bool) -> Counter {
        self.verdicts.get_or_create_owned(&VerdictLabels {
            category: category.to_owned(),
            verdict: verdict.as_str(),
            reason: verdict.reason(),
            report_only: text(report_only),
        })
    }

    pub(crate) fn withheld(&self, category: &str, why: StripReason, report_only: bool) -> Counter {
        self.withheld.get_or_create_owned(&ReasonLabels::new(category, why, report_only))
    }

    pub(crate) fn swept(&self, category: &str, why: StripReason, report_only: bool) -> Counter {
        self.swept.get_or_create_owned(&ReasonLabels::new(category, why, report_only))
    }
}

impl ReasonLabels {
    fn new(category: &str, reason: StripReason, report_only: bool) -> Self {
        let category = category.to_owned();
        ReasonLabels { category, reason: reason.as_str(), report_only: text(report_only) }
    }
}

const fn text(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}
