//! The service that Envoy calls: a stream for each exchange.

use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_server::ExternalProcessor;
use envoy_types::pb::envoy::service::ext_proc::v3::{ProcessingRequest, ProcessingResponse};
use tokio_stream::{Stream, StreamExt};
use tonic::{Request, Response, Status, Streaming};

use crate::arguments::Arguments;
use crate::exchange::Exchange;
use crate::load_error::LoadError;
use crate::metrics::Metrics;
use crate::sites::Sites;

/// The running processor: what all streams share.
#[derive(Clone, Debug)]
pub(crate) struct Processor(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    arguments: Arguments,
    sites: RwLock<Arc<Sites>>,
    metrics: Arc<Metrics>,
}

impl Processor {
    pub(crate) fn new(arguments: Arguments, sites: Sites) -> Self {
        let sites = RwLock::new(Arc::new(sites));
        Processor(Arc::new(Inner { arguments, sites, metrics: Arc::new(Metrics::new()) }))
    }

    /// The policies as they were read last.
    pub(crate) fn sites(&self) -> Arc<Sites> {
        self.0.sites.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Reads all files anew; if something is wrong with them, all stays as it was.
    pub(crate) fn reload(&self) -> Result<(), LoadError> {
        let loaded = Sites::load(&self.0.arguments);
        self.metrics().reloaded(loaded.is_ok());
        let sites = Arc::new(loaded?);
        let old = {
            let mut current = self.0.sites.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, sites.clone())
        };
        let (old, new) = (&old.settings, &sites.settings);
        if (&old.listen, old.admin, old.drain) != (&new.listen, new.admin, new.drain) {
            tracing::warn!("listen, admin and drain-seconds hold from the next start");
        }
        Ok(())
    }
}

#[tonic::async_trait]
impl ExternalProcessor for Processor {
    type ProcessStream =
        Pin<Box<dyn Stream<Item = Result<ProcessingResponse, Status>> + Send + 'static>>;

    async fn process(
        &self,
        request: Request<Streaming<ProcessingRequest>>,
    ) -> Result<Response<Self::ProcessStream>, Status> {
        let mut exchange = Exchange::new(self.sites(), self.0.metrics.clone());
        // A message is read when the answer to the one before is taken, and nothing is left to do for
        // a stream that Envoy gives up.
        let answers = request.into_inner().filter_map(move |message| match message {
            Ok(message) => exchange.answer(message).map(Ok),
            Err(status) => Some(Err(status)),
        });
        Ok(Response::new(Box::pin(answers)))
    }
}
