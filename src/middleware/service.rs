//! The tower service, which takes the consent from the request and leaves the rest to the future.

use std::task::{Context, Poll};

use http::{HeaderMap, Request, Response};
use tower_service::Service;

#[cfg(feature = "tracing")]
use crate::middleware::dropped::Dropped;
use crate::middleware::future::{Enforcement, ResponseFuture, somebody_listens};
use crate::policy::{Awaiting, Consent, Page, Policy};

/// A service whose responses keep a cookie policy.
///
/// [`CookieConsentLayer`](crate::CookieConsentLayer) makes it of any service, and says what it puts
/// into the extensions of requests and responses.
#[derive(Clone, Debug)]
pub struct CookieConsent<S> {
    inner: S,
    policy: Policy,
    inserts: Inserts,
}

/// Says whether requests carry the visitor's consent as an extension, and responses the report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inserts {
    pub(crate) consent: bool,
    pub(crate) report: bool,
}

impl Default for Inserts {
    fn default() -> Self {
        Inserts { consent: true, report: true }
    }
}

impl<S> CookieConsent<S> {
    /// Keeps a policy, or the policy of a registry, around a service.
    ///
    /// ```
    /// use http::{Request, Response};
    /// use tower::{ServiceExt, service_fn};
    /// use tower_cookie_consent::{CookieConsent, Registry};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let registry = Registry::from_toml("version = '1'\ncategories.essential.basis = 'necessary'")?;
    /// let site = service_fn(async |_: Request<()>| {
    ///     Response::builder().header("set-cookie", "tracker=1").body(())
    /// });
    /// let response = CookieConsent::new(site, registry).oneshot(Request::new(())).await?;
    /// assert!(!response.headers().contains_key("set-cookie"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(inner: S, policy: impl Into<Policy>) -> Self {
        CookieConsent::inserting(Inserts::default(), inner, policy.into())
    }

    pub(crate) fn inserting(inserts: Inserts, inner: S, policy: Policy) -> Self {
        CookieConsent { inner, policy, inserts }
    }

    /// Returns the service inside.
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// Returns the service inside, to be changed.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// Takes the service out of the policy's reach.
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S, ReqBody, ResBody> Service<Request<ReqBody>> for CookieConsent<S>
where
    S: Service<Request<ReqBody>, Response = Response<ResBody>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<ReqBody>) -> Self::Future {
        #[cfg(feature = "tracing")]
        crate::middleware::layer_order::check(request.extensions());
        if self.policy.selects() || self.policy.has_exemptions() {
            return self.call_by_parts(request);
        }
        let visit = self.visit(&self.policy, &mut request);
        let enforcement = self.enforcement(visit, &mut request);
        ResponseFuture::new(self.inner.call(request), Some(enforcement))
    }
}

impl<S> CookieConsent<S> {
    /// Answers where the site's closures are to be shown the request. It is taken apart for them, which costs
    /// some copying, and so only here.
    #[inline(never)]
    fn call_by_parts<ReqBody, ResBody>(
        &mut self,
        request: Request<ReqBody>,
    ) -> ResponseFuture<S::Future>
    where
        S: Service<Request<ReqBody>, Response = Response<ResBody>>,
    {
        let (parts, body) = request.into_parts();
        let policy = self.policy.selected(&parts).clone();
        let mut request = Request::from_parts(parts, body);
        let visit = self.visit(&policy, &mut request);
        let (parts, body) = request.into_parts();
        let is_exempt = policy.is_exempt(&parts);
        let mut request = Request::from_parts(parts, body);
        let enforcement = (!is_exempt).then(|| self.enforcement(visit, &mut request));
        ResponseFuture::new(self.inner.call(request), enforcement)
    }

    /// Returns the visit under a policy, and the visitor's consent for the service inside.
    #[inline]
    fn visit<ReqBody>(&self, policy: &Policy, request: &mut Request<ReqBody>) -> Awaiting {
        let target = request.uri();
        let kept = policy.kept_of(request.headers());
        let page = policy.swept_page(request.headers(), Some(target));
        if !self.inserts.consent {
            return Awaiting::of_nobody_else(policy.clone(), kept, page);
        }
        let page = page.unwrap_or_else(|| Page::of(request.headers(), Some(target)));
        let consent = Consent::new(policy.clone(), kept, page);
        request.extensions_mut().insert(consent.clone());
        Awaiting::Shared(consent)
    }

    #[inline(never)]
    fn filter(&self, visit: &Awaiting, request: &mut HeaderMap) {
        visit.filter_request(request, somebody_listens(visit.policy(), self.inserts.report));
    }

    /// Returns the work that is left for the response, once the request shows no more than it may.
    #[inline]
    fn enforcement<ReqBody>(&self, visit: Awaiting, request: &mut Request<ReqBody>) -> Enforcement {
        if visit.policy().filters_requests() {
            self.filter(&visit, request.headers_mut());
        }
        #[cfg(feature = "tracing")]
        let dropped = Dropped::by(request, || visit.policy());
        Enforcement {
            visit,
            report_extension: self.inserts.report,
            #[cfg(feature = "tracing")]
            dropped,
        }
    }
}
