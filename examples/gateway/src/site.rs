//! The site as its files describe it. It is replaced as a whole when they are read anew.

use std::sync::Arc;

use http::{Request, Response};
use serving::{CookieCounts, LoadError, read};
use tokio_rustls::TlsAcceptor;
use tower::util::{Either, option_layer};
use tower::{Layer, Service};
use tower_cookie_consent::draft::{Draft, DraftService};
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::{CookieConsent, CookieConsentLayer, Policy};

use crate::access_log::{AccessLog, AccessLogs};
use crate::arguments::Arguments;
use crate::body::{ResponseBody, VisitorBody};
use crate::config::AccessLogTarget;
use crate::forward::Forward;
use crate::metrics::Metrics;
use crate::policy_pages::BesidePages;
use crate::route::PathPrefix;
use crate::settings::Settings;
use crate::tls;
use crate::upstream::Upstreams;
use crate::via::Via;

/// Is `true` in the build that is measured, in which a request can ask to be answered without the policy. No
/// other build can, since the variable has to be set while it is compiled.
const MEASURED: bool = option_env!("GATEWAY_MEASURED").is_some();

/// A site that holds until the files are read anew. Requests end with the site with which they began.
pub(crate) struct Site {
    pub(crate) settings: Settings,
    /// The registry file as it was read.
    pub(crate) registry_text: String,
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) access_log: AccessLog,
    service: CookieConsent<BesidePages<Either<DraftService<Forward>, Forward>>>,
}

/// The parts that a site shares with those that came before it.
#[derive(Clone, Debug)]
pub(crate) struct Lasting {
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) draft: Draft,
    pub(crate) via: Via,
    pub(crate) access_logs: AccessLogs,
}

impl Site {
    /// Reads all files.
    ///
    /// # Errors
    ///
    /// Some file is wrong; the error tells its first fault.
    pub(crate) fn load(arguments: &Arguments, lasting: &Lasting) -> Result<Self, LoadError> {
        let settings = Settings::load(arguments)?;
        let registry_text = read(&settings.registry)?;
        let registry = LoadError::registry(&settings.registry, &registry_text)?;
        let Lasting { metrics, draft, via, access_logs } = lasting.clone();
        let upstreams = Upstreams::new(&settings.upstreams, &settings.limits, &metrics)?;
        let forward = Forward::new(
            upstreams,
            settings.trusted_proxies.clone(),
            settings.limits.answer(),
            via,
        );
        let counts = CookieCounts::new(&registry, settings.report_only, metrics.cookies.clone());
        let mut policy =
            Policy::builder(registry).observe_each(move |cookie| counts.observed(cookie));
        if settings.report_only {
            policy = policy.report_only();
        }
        let policy = policy.build();
        let pages = settings.pages.as_ref().map(|path| pages(path, &policy)).transpose()?;
        // Only the pages take the consent from the request, and only the access log reads the report.
        let keeping = CookieConsentLayer::new(policy)
            .consent_extension(pages.is_some())
            .report_extension(settings.access_log != AccessLogTarget::Off);
        let recording = option_layer(settings.draft.as_ref().map(|_| draft.layer()));
        let service = keeping.layer(BesidePages { pages, inner: recording.layer(forward) });
        let tls = settings.tls.as_ref().map(tls::towards_visitors).transpose()?;
        // This comes last, since the log changes at once, and nothing may fail after it.
        let access_log = access_logs.to(&settings.access_log)?;
        Ok(Site { settings, registry_text, tls, access_log, service })
    }

    /// Answers a request, which has one host and one way to read it, as the policy allows.
    pub(crate) async fn answer(&self, request: Request<VisitorBody>) -> Response<ResponseBody> {
        let leaves_policy_out = MEASURED && request.uri().query() == Some("policy=0");
        // It needs no `poll_ready`, since it and all services inside are always ready.
        let Ok(response) = if leaves_policy_out {
            self.service.get_ref().clone().call(request).await
        } else {
            self.service.clone().call(request).await
        };
        response
    }
}

fn pages(path: &PathPrefix, policy: &Policy) -> Result<(PathPrefix, Pages), LoadError> {
    let pages = Pages::new(policy.clone()).at(path.as_str());
    let pages = pages.map_err(|error| LoadError::Settings(error.to_string()))?;
    Ok((path.clone(), pages))
}
