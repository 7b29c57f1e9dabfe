//! The metrics for Prometheus, which hold names of cookies and never values.

use std::time::Duration;

use http::StatusCode;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use serving::{CookieMetrics, ReloadMetrics};

use crate::failure::Failure;
use crate::refusal::Refusal;

/// All counters of the process. A reload does not reset them.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    pub(crate) cookies: CookieMetrics,
    requests: Family<AnswerLabels, Counter>,
    seconds: Family<UpstreamLabels, Histogram, fn() -> Histogram>,
    failures: Family<FailureLabels, Counter>,
    refusals: Family<ReasonLabels, Counter>,
    pub(crate) reloads: ReloadMetrics,
    pub(crate) connections: Gauge,
    pub(crate) lost_lines: Counter,
}

/// The counters of one upstream, which are looked up once.
#[derive(Debug)]
pub(crate) struct UpstreamMetrics {
    /// The counters by the first digit of the status.
    answers: [Counter; 6],
    seconds: Histogram,
    failures: [Counter; 4],
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

const STATUSES: [&str; 6] = ["other", "1xx", "2xx", "3xx", "4xx", "5xx"];

fn histogram() -> Histogram {
    // The buckets are from half a millisecond to eight seconds.
    Histogram::new((0..15).map(|power| 0.0005 * f64::from(1 << power)))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut root = Registry::default();
        let registry = root.sub_registry_with_prefix("gateway");
        let cookies = CookieMetrics::register(registry);
        let requests = Family::default();
        registry.register("requests", "Answers of upstreams by status", requests.clone());
        let seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register(
            "answer_seconds",
            "From a request's head to the head of its upstream's answer",
            seconds.clone(),
        );
        let failures = Family::default();
        registry.register(
            "upstream_failures",
            "Requests that an upstream did not answer",
            failures.clone(),
        );
        let refusals = Family::<ReasonLabels, Counter>::default();
        registry.register("refused_requests", "Requests that were not passed on", refusals.clone());
        // A counter is shown only once it exists, and one at zero tells that nothing was refused.
        for refusal in Refusal::ALL {
            drop(refusals.get_or_create(&ReasonLabels { reason: refusal.as_str() }));
        }
        let reloads = ReloadMetrics::register(registry);
        let connections = Gauge::default();
        registry.register("connections", "Open connections", connections.clone());
        let lost_lines = Counter::default();
        registry.register(
            "access_log_lost_lines",
            "Lines of the access log that came faster than they could be written",
            lost_lines.clone(),
        );
        Metrics {
            registry: root,
            cookies,
            requests,
            seconds,
            failures,
            refusals,
            reloads,
            connections,
            lost_lines,
        }
    }

    pub(crate) fn refused(&self, refusal: Refusal) {
        self.refusals.get_or_create(&ReasonLabels { reason: refusal.as_str() }).inc();
    }

    pub(crate) fn of_upstream(&self, name: &str) -> UpstreamMetrics {
        let upstream = || name.to_owned();
        UpstreamMetrics {
            answers: STATUSES.map(|status| {
                self.requests.get_or_create(&AnswerLabels { upstream: upstream(), status }).clone()
            }),
            seconds: self.seconds.get_or_create(&UpstreamLabels { upstream: upstream() }).clone(),
            failures: Failure::ALL.map(|failure| {
                let labels = FailureLabels { upstream: upstream(), kind: failure.as_str() };
                self.failures.get_or_create(&labels).clone()
            }),
        }
    }

    /// Returns all metrics in the text format of Prometheus.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // This does not fail, since a `String` takes any text.
        let _ = text::encode(&mut text, &self.registry);
        text
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
