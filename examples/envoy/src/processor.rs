//! The service that Envoy calls: a stream for each exchange.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_server::ExternalProcessor;
use envoy_types::pb::envoy::service::ext_proc::v3::{ProcessingRequest, ProcessingResponse};
use serving::admin::Watched;
use serving::reload::Reload;
use serving::{Current, LoadError};
use tokio::sync::watch;
use tokio_stream::{Stream, StreamExt};
use tonic::{Request, Response, Status, Streaming};

use crate::arguments::Arguments;
use crate::exchange::Exchange;
use crate::metrics::Metrics;
use crate::sites::Sites;

/// The running processor: what all streams share.
#[derive(Clone, Debug)]
pub(crate) struct Processor(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    arguments: Arguments,
    sites: Current<Sites>,
    metrics: Arc<Metrics>,
    draining: watch::Sender<bool>,
}

impl Processor {
    /// Reads all files.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with them.
    pub(crate) fn load(arguments: Arguments) -> Result<Self, LoadError> {
        let metrics = Arc::new(Metrics::new());
        let sites = Current::new(Sites::load(&arguments, &metrics.cookies)?);
        let draining = watch::Sender::new(false);
        Ok(Processor(Arc::new(Inner { arguments, sites, metrics, draining })))
    }

    /// The policies as they were read last.
    pub(crate) fn sites(&self) -> Arc<Sites> {
        self.0.sites.get()
    }

    /// Tells all connections to come to an end.
    pub(crate) fn drain(&self) {
        self.0.draining.send_replace(true);
    }

    pub(crate) fn draining(&self) -> watch::Receiver<bool> {
        self.0.draining.subscribe()
    }
}

impl Reload for Processor {
    fn files(&self) -> Vec<PathBuf> {
        self.sites().settings.files().map(Path::to_owned).collect()
    }

    fn reload(&self) -> Result<(), LoadError> {
        let loaded = Sites::load(&self.0.arguments, &self.0.metrics.cookies);
        self.0.metrics.reloads.reloaded(loaded.is_ok());
        let sites = Arc::new(loaded?);
        let old = self.0.sites.replace(sites.clone());
        let (old, new) = (&old.settings, &sites.settings);
        if (&old.listen, old.admin, old.drain) != (&new.listen, new.admin, new.drain) {
            tracing::warn!("listen, admin and drain-seconds hold from the next start");
        }
        Ok(())
    }
}

impl Watched for Processor {
    fn metrics(&self) -> String {
        self.0.metrics.text()
    }

    fn is_draining(&self) -> bool {
        *self.0.draining.borrow()
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
