//! The response future: when the response is there, the policy is enforced on its headers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::header::SET_COOKIE;
use http::{HeaderMap, Response};
use pin_project_lite::pin_project;

use crate::headers::has_header;
#[cfg(feature = "tracing")]
use crate::middleware::dropped::Dropped;
use crate::policy::{
    Awaiting, Policy, Visit, enforce_reporting_all, enforce_reporting_changes,
    enforce_showing_each, enforce_silently,
};
use crate::report::Report;

pin_project! {
    /// The response of a [`CookieConsent`](crate::CookieConsent) service.
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        // None for a request that the site exempts.
        enforcement: Option<Enforcement>,
    }
}

/// The work that is left once the response is there. It is small, since every future carries it.
pub(crate) struct Enforcement {
    pub(crate) visit: Awaiting,
    pub(crate) report_extension: bool,
    /// The reason, if any is known, why the browser will drop cookies of the response.
    #[cfg(feature = "tracing")]
    pub(crate) dropped: Option<Dropped>,
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
        // The response is judged where it lies, since it is large to move.
        let mut polled = this.inner.poll(cx);
        if let Poll::Ready(Ok(response)) = &mut polled {
            let sets_cookies = has_header(response.headers(), &SET_COOKIE);
            let is_due = this.enforcement.as_ref().is_some_and(|it| sets_cookies || it.is_due());
            if is_due && let Some(enforcement) = this.enforcement.take() {
                enforcement.carry_out(response);
            }
        }
        polled
    }
}

impl Enforcement {
    /// Returns `true` if there is something to do for a response that sets no cookie.
    fn is_due(&self) -> bool {
        let visit = &self.visit;
        visit.may_sweep()
            || visit.was_asked()
            // What was withheld from the application is told with the response, and asks for nothing else there.
            || visit.may_withhold() && somebody_listens(visit.policy(), self.report_extension)
    }

    fn carry_out<B>(self, response: &mut Response<B>) {
        let report_extension = self.report_extension;
        #[cfg(feature = "tracing")]
        if let Some(dropped) = self.dropped {
            crate::middleware::dropped::tell(dropped, self.visit.policy(), response.headers());
        }
        let headers = response.headers_mut();
        let report = self.visit.with(|visit| enforce(visit, report_extension, headers));
        if let Some(report) = report {
            response.extensions_mut().insert(report);
        }
    }
}

/// Enforces the policy on a response, and tells those who listen. Returns the report if it is wanted
/// and some cookie did not pass as it was.
fn enforce(visit: &Visit, is_wanted: bool, headers: &mut HeaderMap) -> Option<Report> {
    let report = if visit.policy().observer().is_some() {
        let report = enforce_reporting_all(visit, headers);
        visit.policy().show(&report);
        report
    } else if is_wanted || events_are_wanted() {
        enforce_reporting_changes(visit, headers)?
    } else {
        match visit.policy().each_observer() {
            Some(observer) => enforce_showing_each(visit, observer, headers),
            None => enforce_silently(visit, headers),
        }
        return None;
    };
    #[cfg(feature = "tracing")]
    crate::middleware::tracing::emit(&report);
    (is_wanted && !report.is_unchanged()).then_some(report)
}

/// Returns `true` if a report is wanted by anybody, be it as the response's extension or not.
pub(crate) fn somebody_listens(policy: &Policy, report_extension: bool) -> bool {
    report_extension
        || policy.observer().is_some()
        || policy.each_observer().is_some()
        || events_are_wanted()
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
