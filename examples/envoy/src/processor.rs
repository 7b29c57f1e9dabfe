//! The running processor.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serving::admin::Watched;
use serving::reload::Reload;
use serving::{Current, LoadError};
use tokio::sync::watch;

use crate::arguments::Arguments;
use crate::exchange::Exchange;
use crate::metrics::Metrics;
use crate::sites::Sites;

/// The processor, which all streams share.
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
    /// Some file is wrong; the error tells its first fault.
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

    /// Begins an exchange, under the policies that hold now.
    pub(crate) fn exchange(&self) -> Exchange {
        Exchange::new(self.sites(), self.0.metrics.clone())
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
