//! The bodies that pass through, and those of the gateway's own answers.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::SET_COOKIE;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use pin_project_lite::pin_project;
use tower_cookie_consent::pages;

use crate::expectation::Gate;

/// Whether some of a request's body moved since this was asked last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress(Arc<AtomicBool>);

impl Progress {
    pub(crate) fn was_made(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

pin_project! {
    /// What an upstream gets.
    #[project = RequestProjection]
    pub(crate) enum RequestBody {
        Empty,
        Streamed {
            #[pin]
            body: Incoming,
            progress: Progress,
            // Closed until the upstream wants the body.
            gate: Option<Gate>,
        },
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.project() {
            RequestProjection::Empty => Poll::Ready(None),
            RequestProjection::Streamed { body, progress, gate } => {
                if let Some(closed) = gate {
                    ready!(closed.poll_open(cx));
                    *gate = None;
                }
                let frame = ready!(body.poll_frame(cx));
                progress.0.store(true, Ordering::Relaxed);
                Poll::Ready(frame)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            RequestBody::Empty => true,
            RequestBody::Streamed { body, .. } => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            RequestBody::Empty => SizeHint::with_exact(0),
            RequestBody::Streamed { body, .. } => body.size_hint(),
        }
    }
}

pin_project! {
    /// What a visitor gets.
    #[project = ResponseProjection]
    pub(crate) enum ResponseBody {
        Streamed {
            #[pin]
            body: Incoming,
        },
        Whole {
            text: Bytes,
        },
        Page {
            #[pin]
            body: pages::Body,
        },
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.project() {
            ResponseProjection::Whole { text } if text.is_empty() => Poll::Ready(None),
            ResponseProjection::Whole { text } => {
                Poll::Ready(Some(Ok(Frame::data(std::mem::take(text)))))
            }
            ResponseProjection::Page { body } => {
                body.poll_frame(cx).map_err(|never| match never {})
            }
            ResponseProjection::Streamed { body } => {
                let mut frame = ready!(body.poll_frame(cx));
                // The policy has judged the head, and what comes behind the body may be put there.
                if let Some(Ok(frame)) = &mut frame
                    && let Some(trailers) = frame.trailers_mut()
                {
                    trailers.remove(SET_COOKIE);
                }
                Poll::Ready(frame)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            ResponseBody::Streamed { body } => body.is_end_stream(),
            ResponseBody::Whole { text } => text.is_empty(),
            ResponseBody::Page { body } => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            ResponseBody::Streamed { body } => body.size_hint(),
            ResponseBody::Whole { text } => SizeHint::with_exact(text.len() as u64),
            ResponseBody::Page { body } => body.size_hint(),
        }
    }
}
