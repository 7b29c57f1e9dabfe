//! The response future: when the response is there, the policy is enforced on its headers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Response;
use http::header::SET_COOKIE;
use pin_project_lite::pin_project;

use crate::policy::Unread;

pin_project! {
    /// The response of a [`CookieConsent`](crate::CookieConsent) service.
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        // None for a request that the site exempts.
        enforcement: Option<Enforcement>,
    }
}

/// What is left to do once the response is there. Small, since every future carries it.
pub(crate) struct Enforcement {
    pub(crate) consent: Unread,
    pub(crate) report_extension: bool,
    /// Whether the request is known to have come over plain HTTP.
    #[cfg(feature = "tracing")]
    pub(crate) plain_http: bool,
}

impl<F> ResponseFuture<F> {
    pub(crate) fn new(inner: F, enforcement: Option<Enforcement>) -> Self {
        ResponseFuture { inner, enforcement }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(cx))?;
        let sets_cookies = response.headers().contains_key(SET_COOKIE);
        let is_due = this.enforcement.as_ref().is_some_and(|it| sets_cookies || it.is_due());
        if is_due && let Some(enforcement) = this.enforcement.take() {
            enforcement.carry_out(&mut response);
        }
        Poll::Ready(Ok(response))
    }
}

impl Enforcement {
    /// Whether there is something to do for a response that sets no cookie.
    fn is_due(&self) -> bool {
        let consent = &self.consent;
        consent.may_sweep() || consent.was_asked() || consent.policy().judges_requests()
    }

    fn carry_out<B>(self, response: &mut Response<B>) {
        let consent = self.consent.into_consent();
        let policy = consent.policy();
        let observer = policy.observer();
        let headers = response.headers_mut();
        #[cfg(feature = "tracing")]
        if self.plain_http {
            crate::middleware::plain_http::tell(policy.registry(), headers);
        }
        let report = if let Some(observer) = observer {
            let report = policy.enforce(&consent, headers);
            if !report.is_empty() {
                observer(&report);
            }
            Some(report)
        } else if self.report_extension || events_are_wanted() {
            policy.enforce_reporting_changes(&consent, headers)
        } else {
            policy.enforce_silently(&consent, headers);
            None
        };
        let Some(report) = report else { return };
        #[cfg(feature = "tracing")]
        crate::middleware::tracing::emit(&report);
        if self.report_extension && !report.is_unchanged() {
            response.extensions_mut().insert(report);
        }
    }
}

fn events_are_wanted() -> bool {
    #[cfg(feature = "tracing")]
    return crate::middleware::tracing::are_wanted();
    #[cfg(not(feature = "tracing"))]
    false
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
