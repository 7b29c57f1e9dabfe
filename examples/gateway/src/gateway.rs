//! The running gateway: what all connections share.

use std::sync::{Arc, PoisonError, RwLock};

use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use tokio::sync::watch;

use crate::access_log::{AccessLog, Logged};
use crate::answer;
use crate::arguments::Arguments;
use crate::body::ResponseBody;
use crate::forwarded;
use crate::load_error::LoadError;
use crate::metrics::Metrics;
use crate::refusal;
use crate::site::{Lasting, Site};
use crate::visitors::Visit;

pub(crate) struct Gateway {
    arguments: Arguments,
    lasting: Lasting,
    site: RwLock<Arc<Site>>,
    access_log: AccessLog,
    draining: watch::Sender<bool>,
}

impl Gateway {
    pub(crate) fn new(
        arguments: Arguments,
        lasting: Lasting,
        site: Site,
        access_log: AccessLog,
    ) -> Self {
        let site = RwLock::new(Arc::new(site));
        let draining = watch::Sender::new(false);
        Gateway { arguments, lasting, site, access_log, draining }
    }

    /// The site as it was read last.
    pub(crate) fn site(&self) -> Arc<Site> {
        self.site.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.lasting.metrics
    }

    pub(crate) fn access_log(&self) -> &AccessLog {
        &self.access_log
    }

    /// Reads all files anew; if something is wrong with them, all stays as it was.
    pub(crate) fn reload(&self) -> Result<(), LoadError> {
        let loaded = Site::load(&self.arguments, &self.lasting);
        self.metrics().reloaded(loaded.is_ok());
        let site = Arc::new(loaded?);
        let old = {
            let mut current = self.site.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, site.clone())
        };
        if (old.settings.listen, old.settings.admin) != (site.settings.listen, site.settings.admin)
            || old.settings.access_log != site.settings.access_log
        {
            tracing::warn!("listen, admin and access-log hold from the next start");
        }
        Ok(())
    }

    /// Tells all connections to come to an end.
    pub(crate) fn drain(&self) {
        self.draining.send_replace(true);
    }

    pub(crate) fn draining(&self) -> watch::Receiver<bool> {
        self.draining.subscribe()
    }

    /// Says whether visitors may be sent here.
    pub(crate) fn health(&self) -> Response<ResponseBody> {
        if *self.draining.borrow() {
            answer::text(StatusCode::SERVICE_UNAVAILABLE, "draining\n")
        } else {
            answer::text(StatusCode::OK, "ok\n")
        }
    }

    /// Answers a visitor.
    pub(crate) async fn answer(
        &self,
        mut request: Request<Incoming>,
        visit: &Visit,
    ) -> Response<Logged<ResponseBody>> {
        let site = self.site();
        let settings = &site.settings;
        let peer = visit.peer();
        let is_look = matches!(*request.method(), Method::GET | Method::HEAD);
        if request.uri().path() == settings.health.as_str() && is_look {
            return self.health().map(|body| Logged::new(body, None));
        }
        let client = || forwarded::client(request.headers(), peer, &settings.trusted_proxies);
        let mut entry = self.access_log.begin(&request, client, peer.scheme());
        let mut response = match refusal::check(&request) {
            Ok(()) => {
                request.extensions_mut().insert(visit.clone());
                site.answer(request).await
            }
            Err(refusal) => {
                self.metrics().refused(refusal);
                answer::refused(refusal)
            }
        };
        if let Some(entry) = &mut entry {
            entry.answered(&mut response);
        }
        response.map(|body| Logged::new(body, entry))
    }
}
