//! What is counted, for Prometheus: names of cookies and never values.

use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use serving::{CookieMetrics, ReloadMetrics};

/// All counters of the process; they outlive a reload.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    pub(crate) cookies: CookieMetrics,
    pub(crate) reloads: ReloadMetrics,
    pub(crate) requests: Counter,
    pub(crate) responses: Counter,
    exchanges: Gauge,
}

/// Counts an exchange as open until it is dropped.
#[derive(Debug)]
pub(crate) struct Open(Gauge);

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut root = Registry::default();
        let registry = root.sub_registry_with_prefix("processor");
        let cookies = CookieMetrics::register(registry);
        let reloads = ReloadMetrics::register(registry);
        let requests = Counter::default();
        registry.register("requests", "Heads of requests", requests.clone());
        let responses = Counter::default();
        registry.register("responses", "Heads of responses", responses.clone());
        let exchanges = Gauge::default();
        registry.register("exchanges", "Open streams of Envoy's", exchanges.clone());
        Metrics { registry: root, cookies, reloads, requests, responses, exchanges }
    }

    /// Counts an exchange that begins.
    pub(crate) fn open(&self) -> Open {
        self.exchanges.inc();
        Open(self.exchanges.clone())
    }

    /// All of it, as Prometheus reads it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a text does not fail.
        let _ = text::encode(&mut text, &self.registry);
        text
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}
