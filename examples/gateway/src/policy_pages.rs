//! Serves the pages on which a visitor chooses, at a path that does not go to an upstream.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{Request, Response};
use pin_project_lite::pin_project;
use tower::Service;
use tower_cookie_consent::pages::{Pages, PagesFuture};

use crate::body::{ResponseBody, VisitorBody};
use crate::route::PathPrefix;

/// A service, with the pages beside it if the site has them.
#[derive(Clone, Debug)]
pub(crate) struct BesidePages<S> {
    pub(crate) pages: Option<(PathPrefix, Pages)>,
    pub(crate) inner: S,
}

impl<S> Service<Request<VisitorBody>> for BesidePages<S>
where
    S: Service<Request<VisitorBody>, Response = Response<ResponseBody>, Error = Infallible>,
{
    type Response = Response<ResponseBody>;
    type Error = Infallible;
    type Future = BesideFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // The pages are always ready, so only the service is asked.
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<VisitorBody>) -> Self::Future {
        match &mut self.pages {
            Some((path, pages)) if path.covers(request.uri().path()) => {
                BesideFuture::Pages { answer: pages.call(request) }
            }
            _ => BesideFuture::Inner { answer: self.inner.call(request) },
        }
    }
}

pin_project! {
    /// The response of the pages or of the service.
    #[project = Projection]
    pub(crate) enum BesideFuture<F> {
        Pages {
            #[pin]
            answer: PagesFuture<VisitorBody>,
        },
        Inner {
            #[pin]
            answer: F,
        },
    }
}

impl<F> Future for BesideFuture<F>
where
    F: Future<Output = Result<Response<ResponseBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project() {
            Projection::Inner { answer } => answer.poll(cx),
            Projection::Pages { answer } => {
                let response = ready!(answer.poll(cx))?;
                Poll::Ready(Ok(response.map(ResponseBody::from)))
            }
        }
    }
}
