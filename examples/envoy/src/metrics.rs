//! What is counted, for Prometheus: names of cookies and never values.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use tower_cookie_consent::{KeepReason, Report, StripReason, Verdict};

/// So many names of undeclared cookies are counted by themselves, since servers may make them up.
const NAMES: usize = 100;
/// What the others are counted as.
const OTHERS: &str = "(others)";
/// The longest name that is told.
const LONGEST_NAME: usize = 128;

/// All counters of the process; they outlive a reload.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    cookies: Family<CookieLabels, Counter>,
    undeclared: Family<NameLabels, Counter>,
    undeclared_names: Mutex<BTreeSet<String>>,
    withheld: Family<ReasonLabels, Counter>,
    swept: Family<ReasonLabels, Counter>,
    reloads: Family<ResultLabels, Counter>,
    pub(crate) requests: Counter,
    responses: Counter,
    exchanges: Gauge,
}

/// Counts an exchange as open until it is dropped.
#[derive(Debug)]
pub(crate) struct Open(Gauge);

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct CookieLabels {
    category: String,
    verdict: &'static str,
    reason: &'static str,
    report_only: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct NameLabels {
    name: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ReasonLabels {
    category: String,
    reason: &'static str,
    report_only: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ResultLabels {
    result: &'static str,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut metrics = Metrics {
            registry: Registry::default(),
            cookies: Family::default(),
            undeclared: Family::default(),
            undeclared_names: Mutex::default(),
            withheld: Family::default(),
            swept: Family::default(),
            reloads: Family::default(),
            requests: Counter::default(),
            responses: Counter::default(),
            exchanges: Gauge::default(),
        };
        let registry = metrics.registry.sub_registry_with_prefix("processor");
        registry.register(
            "cookies",
            "Set-Cookie lines by category, verdict and reason; without a category if undeclared",
            metrics.cookies.clone(),
        );
        registry.register(
            "undeclared_cookies",
            "Set-Cookie lines that the registry declares nowhere, by name",
            metrics.undeclared.clone(),
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
        registry.register(
            "reloads",
            "Times that the files were read anew",
            metrics.reloads.clone(),
        );
        registry.register("requests", "Heads of requests", metrics.requests.clone());
        registry.register("responses", "Heads of responses", metrics.responses.clone());
        registry.register("exchanges", "Open streams of Envoy's", metrics.exchanges.clone());
        // A counter that stands at zero says that it is one.
        for result in ["accepted", "refused"] {
            drop(metrics.reloads.get_or_create(&ResultLabels { result }));
        }
        metrics
    }

    /// Counts an exchange that begins.
    pub(crate) fn open(&self) -> Open {
        self.exchanges.inc();
        Open(self.exchanges.clone())
    }

    /// Counts the verdicts on one response.
    pub(crate) fn judged(&self, report: &Report) {
        self.responses.inc();
        let report_only = if report.is_report_only() { "true" } else { "false" };
        for entry in report.entries() {
            let verdict = entry.verdict();
            let labels = CookieLabels {
                category: entry.category().unwrap_or_default().to_owned(),
                verdict: verdict.as_str(),
                reason: verdict.reason(),
                report_only,
            };
            self.cookies.get_or_create(&labels).inc();
            if is_undeclared(verdict) {
                let name = self.bounded(entry.name());
                self.undeclared.get_or_create(&NameLabels { name }).inc();
            }
        }
        let of = |category: Option<&str>, reason: StripReason| ReasonLabels {
            category: category.unwrap_or_default().to_owned(),
            reason: reason.as_str(),
            report_only,
        };
        for cookie in report.withheld() {
            self.withheld.get_or_create(&of(cookie.category(), cookie.reason())).inc();
        }
        for cookie in report.swept() {
            self.swept.get_or_create(&of(Some(cookie.category()), cookie.reason())).inc();
        }
    }

    pub(crate) fn reloaded(&self, accepted: bool) {
        let result = if accepted { "accepted" } else { "refused" };
        self.reloads.get_or_create(&ResultLabels { result }).inc();
    }

    /// All of it, as Prometheus reads it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a text does not fail.
        let _ = text::encode(&mut text, &self.registry);
        text
    }

    fn bounded(&self, name: &str) -> String {
        let mut names = self.undeclared_names.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !names.contains(name);
        if is_new && (names.len() >= NAMES || name.len() > LONGEST_NAME) {
            return OTHERS.to_owned();
        }
        if is_new {
            names.insert(name.to_owned());
        }
        name.to_owned()
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
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
    fn made_up_names_do_not_fill_memory() {
        let metrics = Metrics::new();
        for number in 0..3 * NAMES {
            let name = metrics.bounded(&format!("made-up-{number}"));
            assert_eq!(name == OTHERS, number >= NAMES, "{number}: {name}");
        }
        assert_eq!(metrics.bounded("made-up-0"), "made-up-0");
        assert_eq!(metrics.bounded(&"x".repeat(LONGEST_NAME + 1)), OTHERS);
    }
}
