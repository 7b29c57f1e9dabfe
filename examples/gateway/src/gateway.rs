//! The running gateway, which all connections share.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use http::{Method, Request, Response};
use hyper::body::Incoming;
use serving::admin::{Watched, health};
use serving::reload::Reload;
use serving::{Current, LoadError};
use tokio::sync::watch;

use crate::access_log::Logged;
use crate::answer;
use crate::arguments::Arguments;
use crate::body::{ResponseBody, VisitorBody};
use crate::forwarded;
use crate::metrics::Metrics;
use crate::places::Places;
use crate::refusal;
use crate::site::{Lasting, Site};
use crate::visitors::Visit;

pub(crate) struct Gateway {
    arguments: Arguments,
    lasting: Lasting,
    site: Current<Site>,
    places: Places,
    draining: watch::Sender<bool>,
}

impl Gateway {
    pub(crate) fn new(arguments: Arguments, lasting: Lasting, site: Site) -> Self {
        let places = Places::new(site.settings.limits.connections());
        let site = Current::new(site);
        let draining = watch::Sender::new(false);
        Gateway { arguments, lasting, site, places, draining }
    }

    /// The site as it was read last.
    pub(crate) fn site(&self) -> Arc<Site> {
        self.site.get()
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.lasting.metrics
    }

    /// Places for visitors' connections.
    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// Tells all connections to come to an end.
    pub(crate) fn drain(&self) {
        self.draining.send_replace(true);
    }

    pub(crate) fn draining(&self) -> watch::Receiver<bool> {
        self.draining.subscribe()
    }

    /// Answers a visitor.
    pub(crate) async fn answer(
        &self,
        request: Request<Incoming>,
        visit: Visit,
    ) -> Response<Logged<ResponseBody>> {
        let site = self.site();
        let settings = &site.settings;
        let peer = visit.peer();
        let is_look = matches!(*request.method(), Method::GET | Method::HEAD);
        if request.uri().path() == settings.health.as_str() && is_look {
            let (status, text) = health(self.is_draining());
            let under_way = visit.begin();
            return answer::text(status, text).map(|body| Logged::new(body, None, under_way));
        }
        let client = || forwarded::client(request.headers(), peer, &settings.trusted_proxies);
        let mut entry = site.access_log.begin(&request, client, peer.scheme());
        let under_way = visit.clone().begin();
        let mut response = match refusal::check(&request) {
            Ok(()) => site.answer(request.map(|incoming| VisitorBody { incoming, visit })).await,
            Err(refusal) => {
                self.metrics().refused(refusal);
                answer::refused(refusal)
            }
        };
        if let Some(entry) = &mut entry {
            entry.answered(&mut response);
        }
        response.map(|body| Logged::new(body, entry, under_way))
    }
}

impl Reload for Gateway {
    fn files(&self) -> Vec<PathBuf> {
        self.site().settings.files().map(Path::to_owned).collect()
    }

    fn reload(&self) -> Result<(), LoadError> {
        let loaded = Site::load(&self.arguments, &self.lasting);
        self.metrics().reloads.reloaded(loaded.is_ok());
        let site = Arc::new(loaded?);
        let old = self.site.replace(site.clone());
        let (old, new) = (&old.settings, &site.settings);
        self.places.change(new.limits.connections());
        if (old.listen, old.admin) != (new.listen, new.admin) {
            tracing::warn!("listen and admin hold from the next start");
        }
        Ok(())
    }

    /// Opens the access log anew, since its file may have been moved away.
    fn hung_up(&self) {
        self.site().access_log.reopen();
    }
}

impl Watched for Gateway {
    fn metrics(&self) -> String {
        self.lasting.metrics.text()
    }

    fn is_draining(&self) -> bool {
        *self.draining.borrow()
    }
}
