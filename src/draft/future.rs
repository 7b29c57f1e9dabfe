//! The response future of the recording layer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::header::{DATE, HeaderValue, SET_COOKIE};
use http::{Response, Uri};
use pin_project_lite::pin_project;

use crate::draft::Draft;

pin_project! {
    /// The response of a [`DraftService`](super::DraftService).
    pub struct DraftFuture<F> {
        #[pin]
        inner: F,
        draft: Draft,
        uri: Uri,
    }
}

impl<F> DraftFuture<F> {
    pub(crate) fn new(inner: F, draft: Draft, uri: Uri) -> Self {
        DraftFuture { inner, draft, uri }
    }
}

impl<F, B, E> Future for DraftFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.inner.poll(cx))?;
        let date = response.headers().get(DATE).map(HeaderValue::as_bytes);
        for line in response.headers().get_all(SET_COOKIE) {
            this.draft.record(this.uri.path(), line.as_bytes(), date);
        }
        Poll::Ready(Ok(response))
    }
}

impl<F> fmt::Debug for DraftFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DraftFuture").finish_non_exhaustive()
    }
}
