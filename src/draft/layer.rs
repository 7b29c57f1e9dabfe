//! The tower layer that records the cookies which a running site sets.

use std::task::{Context, Poll};

use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use crate::draft::Draft;
use crate::draft::future::DraftFuture;

/// A layer that records every `Set-Cookie` of the service inside it. [`Draft::layer`] makes it.
#[derive(Clone, Debug)]
#[must_use]
pub struct DraftLayer {
    draft: Draft,
}

impl DraftLayer {
    pub(crate) fn new(draft: Draft) -> Self {
        DraftLayer { draft }
    }
}

impl<S> Layer<S> for DraftLayer {
    type Service = DraftService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        DraftService { inner, draft: self.draft.clone() }
    }
}

/// A service whose `Set-Cookie` lines are recorded. [`DraftLayer`] makes it.
#[derive(Clone, Debug)]
pub struct DraftService<S> {
    inner: S,
    draft: Draft,
}

impl<S, ReqBody, ResBody> Service<Request<ReqBody>> for DraftService<S>
where
    S: Service<Request<ReqBody>, Response = Response<ResBody>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = DraftFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<ReqBody>) -> Self::Future {
        let uri = request.uri().clone();
        DraftFuture::new(self.inner.call(request), self.draft.clone(), uri)
    }
}
