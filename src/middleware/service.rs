//! The tower service: takes the consent from the request, leaves the rest to the future.

use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use crate::middleware::future::{Enforcement, ResponseFuture};
use crate::middleware::layer::Extensions;
use crate::policy::Policy;

/// A service whose responses keep a cookie policy; made by
/// [`CookieConsentLayer`](crate::CookieConsentLayer).
#[derive(Clone, Debug)]
pub struct CookieConsent<S> {
    inner: S,
    policy: Policy,
    extensions: Extensions,
}

impl<S> CookieConsent<S> {
    pub(crate) fn new(inner: S, policy: Policy, extensions: Extensions) -> Self {
        CookieConsent { inner, policy, extensions }
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
        #[cfg(feature = "tower-cookies")]
        crate::middleware::layer_order::check(request.extensions());
        let mut consent = self.policy.unread(request.headers());
        if self.extensions.consent {
            request.extensions_mut().insert(consent.share());
        }
        let mut exempt = false;
        // Taking a request apart costs some copying, so only where there is something to ask.
        if self.policy.has_exemptions() {
            let (parts, body) = request.into_parts();
            exempt = self.policy.is_exempt(&parts);
            request = Request::from_parts(parts, body);
        }
        let enforcement =
            (!exempt).then_some(Enforcement { consent, report_extension: self.extensions.report });
        ResponseFuture::new(self.inner.call(request), enforcement)
    }
}
