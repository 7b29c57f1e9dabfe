//! The response future: reads the body of a request that has one, within bounds.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Response;
use pin_project_lite::pin_project;

use crate::pages::answer;
use crate::pages::body::{self, Body};
use crate::pages::pending::Pending;

pin_project! {
    /// The response of [`Pages`](crate::pages::Pages).
    pub struct PagesFuture<B> {
        #[pin]
        state: State<B>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<B> {
        Ready { response: Option<Response<Body>> },
        Reading {
            #[pin]
            body: B,
            read: Vec<u8>,
            pending: Box<Pending>,
        },
    }
}

impl<B> PagesFuture<B> {
    pub(super) fn ready(response: Response<Body>) -> Self {
        PagesFuture { state: State::Ready { response: Some(response) } }
    }

    pub(super) fn reading(body: B, pending: Box<Pending>) -> Self {
        PagesFuture { state: State::Reading { body, read: Vec::new(), pending } }
    }
}

impl<B: http_body::Body> Future for PagesFuture<B> {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (mut body, read, pending) = match self.project().state.project() {
            // Nobody polls a future that is done.
            StateProjection::Ready { response } => {
                return Poll::Ready(Ok(response.take().unwrap_or_default()));
            }
            StateProjection::Reading { body, read, pending } => (body, read, pending),
        };
        let response = loop {
            match ready!(body.as_mut().poll_frame(cx)) {
                None => break pending.finish(read),
                Some(Err(_)) => break answer::refused(body::broken_off()),
                Some(Ok(frame)) => {
                    // Trailers say nothing here.
                    let Ok(data) = frame.into_data() else { continue };
                    if let Err(refusal) = body::add(read, data) {
                        break answer::refused(refusal);
                    }
                }
            }
        };
        Poll::Ready(Ok(response))
    }
}

impl<B> fmt::Debug for PagesFuture<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagesFuture").finish_non_exhaustive()
    }
}
