//! The metrics for Prometheus, which hold names of cookies and never values.

use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use serving::{CookieMetrics, ReloadMetrics};

/// All counters of the process. A reload does not reset them.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    pub(crate) cookies: CookieMetrics,
    pub(crate) reloads: ReloadMetrics,
    pub(crate) requests: Answers,
    pub(crate) responses: Answers,
    /// The exchanges that have begun and not ended.
    pub(crate) exchanges: Gauge,
}

/// The answers to heads of one kind.
#[derive(Debug)]
pub(crate) struct Answers {
    number: Counter,
    seconds: Histogram,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct HeadLabels {
    head: &'static str,
}

/// Makes a histogram whose buckets are from two microseconds to 32 milliseconds.
fn histogram() -> Histogram {
    Histogram::new((0..15).map(|power| 0.000_002 * f64::from(1 << power)))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut root = Registry::default();
        let registry = root.sub_registry_with_prefix("processor");
        let cookies = CookieMetrics::register(registry);
        let reloads = ReloadMetrics::register(registry);
        let seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register(
            "answer_seconds",
            "From the head that Envoy sent to the answer, without the time of gRPC",
            seconds.clone(),
        );
        let mut answers = |head, name: &str, help: &str| {
            let number = Counter::default();
            registry.register(name, help, number.clone());
            Answers { number, seconds: seconds.get_or_create_owned(&HeadLabels { head }) }
        };
        let requests = answers("request", "requests", "Heads of requests");
        let responses = answers("response", "responses", "Heads of responses");
        let exchanges = Gauge::default();
        registry.register("exchanges", "Open streams of Envoy's", exchanges.clone());
        Metrics { registry: root, cookies, reloads, requests, responses, exchanges }
    }

    /// Returns all metrics in the text format of Prometheus.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // This does not fail, since a `String` takes any text.
        let _ = text::encode(&mut text, &self.registry);
        text
    }
}

impl Answers {
    /// Counts an answer that took so long.
    pub(crate) fn answered(&self, after: Duration) {
        self.number.inc();
        self.seconds.observe(after.as_secs_f64());
    }
}
