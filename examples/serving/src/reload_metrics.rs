//! Counts reloads by their result.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

/// Counts the times that the files were read anew.
#[derive(Debug)]
pub struct ReloadMetrics {
    accepted: Counter,
    refused: Counter,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Labels {
    result: &'static str,
}

impl ReloadMetrics {
    /// Registers the counters of a program, which start at zero.
    pub fn register(registry: &mut Registry) -> Self {
        let reloads = Family::<Labels, Counter>::default();
        let help = "Times that registry and configuration were read anew";
        registry.register("reloads", help, reloads.clone());
        let of = |result| reloads.get_or_create_owned(&Labels { result });
        ReloadMetrics { accepted: of("accepted"), refused: of("refused") }
    }

    /// Counts one reload.
    pub fn reloaded(&self, accepted: bool) {
        if accepted { &self.accepted } else { &self.refused }.inc();
    }
}
