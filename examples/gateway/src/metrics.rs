//! What is counted, for Prometheus: names of cookies and never values.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tower_cookie_consent::Verdict;

use crate::refusal::Refusal;

/// So many names of undeclared cookies are counted by themselves, since upstreams may make them up.
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
    requests: Family<AnswerLabels, Counter>,
    seconds: Family<UpstreamLabels, Histogram, fn() -> Histogram>,
    failures: Family<FailureLabels, Counter>,
    refusals: Family<ReasonLabels, Counter>,
    reloads: Family<ResultLabels, Counter>,
    pub(crate) connections: Gauge,
    pub(crate) lost_lines: Counter,
}

/// Those of one upstream, looked up once.
#[derive(Debug)]
pub(crate) struct UpstreamMetrics {
    /// By the first digit of the status.
    answers: [Counter; 6],
    seconds: Histogram,
    failures: [Counter; 3],
}

/// Why an upstream did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No connection was to be had.
    Connect,
    /// The connection broke, or what came was no HTTP.
    Broken,
    /// It took too long.
    TimedOut,
}

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
struct UpstreamLabels {
    upstream: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct AnswerLabels {
    upstream: String,
    status: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct FailureLabels {
    upstream: String,
    kind: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ReasonLabels {
    reason: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ResultLabels {
    result: &'static str,
}

const STATUSES: [&str; 6] = ["other", "1xx", "2xx", "3xx", "4xx", "5xx"];

fn histogram() -> Histogram {
    // From half a millisecond to eight seconds.
    Histogram::new((0..15).map(|power| 0.0005 * f64::from(1 << power)))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut metrics = Metrics {
            registry: Registry::default(),
            cookies: Family::default(),
            undeclared: Family::default(),
            undeclared_names: Mutex::default(),
            requests: Family::default(),
            seconds: Family::new_with_constructor(histogram),
            failures: Family::default(),
            refusals: Family::default(),
            reloads: Family::default(),
            connections: Gauge::default(),
            lost_lines: Counter::default(),
        };
        let registry = metrics.registry.sub_registry_with_prefix("gateway");
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
        registry.register("requests", "Answers of upstreams by status", metrics.requests.clone());
        registry.register(
            "answer_seconds",
            "From a request's head to the head of its upstream's answer",
            metrics.seconds.clone(),
        );
        registry.register(
            "upstream_failures",
            "Requests that an upstream did not answer",
            metrics.failures.clone(),
        );
        registry.register(
            "refused_requests",
            "Requests that were not passed on",
            metrics.refusals.clone(),
        );
        registry.register(
            "reloads",
            "Times that registry and configuration were read anew",
            metrics.reloads.clone(),
        );
        registry.register("connections", "Open connections", metrics.connections.clone());
        registry.register(
            "access_log_lost_lines",
            "Lines of the access log that came faster than they could be written",
            metrics.lost_lines.clone(),
        );
        // A counter that stands at zero says that it is one.
        for refusal in Refusal::ALL {
            drop(metrics.refusals.get_or_create(&ReasonLabels { reason: refusal.as_str() }));
        }
        for result in ["accepted", "refused"] {
            drop(metrics.reloads.get_or_create(&ResultLabels { result }));
        }
        metrics
    }

    /// The counter of such verdicts on cookies of a category; undeclared ones have the category `""`.
    pub(crate) fn cookies(&self, category: &str, verdict: Verdict, report_only: bool) -> Counter {
        let labels = CookieLabels {
            category: category.to_owned(),
            verdict: verdict.as_str(),
            reason: verdict.reason(),
            report_only: if report_only { "true" } else { "false" },
        };
        self.cookies.get_or_create_owned(&labels)
    }

    /// Counts a cookie that is declared nowhere.
    pub(crate) fn undeclared(&self, name: &str) {
        self.undeclared.get_or_create(&NameLabels { name: self.bounded(name) }).inc();
    }

    pub(crate) fn refused(&self, refusal: Refusal) {
        self.refusals.get_or_create(&ReasonLabels { reason: refusal.as_str() }).inc();
    }

    pub(crate) fn reloaded(&self, accepted: bool) {
        let result = if accepted { "accepted" } else { "refused" };
        self.reloads.get_or_create(&ResultLabels { result }).inc();
    }

    pub(crate) fn of_upstream(&self, name: &str) -> UpstreamMetrics {
        let upstream = || name.to_owned();
        UpstreamMetrics {
            answers: STATUSES.map(|status| {
                self.requests.get_or_create(&AnswerLabels { upstream: upstream(), status }).clone()
            }),
            seconds: self.seconds.get_or_create(&UpstreamLabels { upstream: upstream() }).clone(),
            failures: [Failure::Connect, Failure::Broken, Failure::TimedOut].map(|failure| {
                let labels = FailureLabels { upstream: upstream(), kind: failure.as_str() };
                self.failures.get_or_create(&labels).clone()
            }),
        }
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

impl UpstreamMetrics {
    pub(crate) fn answered(&self, status: StatusCode, after: Duration) {
        let class = usize::from(status.as_u16() / 100);
        self.answers.get(class).unwrap_or(&self.answers[0]).inc();
        self.seconds.observe(after.as_secs_f64());
    }

    pub(crate) fn failed(&self, failure: Failure) {
        self.failures[failure as usize].inc();
    }
}

impl Failure {
    fn as_str(self) -> &'static str {
        match self {
            Failure::Connect => "connect",
            Failure::Broken => "broken",
            Failure::TimedOut => "timed-out",
        }
    }
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
