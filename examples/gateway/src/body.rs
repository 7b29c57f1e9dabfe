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

use crate::driven::Driven;
use crate::expectation::Gate;
use crate::visitors::Visit;

/// Tells how a request's body gets on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress(Arc<Progressed>);

#[derive(Debug, Default)]
struct Progressed {
    moved: AtomicBool,
    broke: AtomicBool,
}

impl Progress {
    /// Returns `true` if a part of it moved since this was last asked.
    pub(crate) fn was_made(&self) -> bool {
        self.0.moved.swap(false, Ordering::Relaxed)
    }

    /// Returns `true` if it broke off, or could not be read.
    pub(crate) fn broke(&self) -> bool {
        self.0.broke.load(Ordering::Relaxed)
    }
}

pin_project! {
    /// The body of a request to an upstream.
    #[project = RequestProjection]
    pub(crate) enum RequestBody {
        Empty,
        Streamed {
            #[pin]
            body: Incoming,
            progress: Progress,
            // It is closed until the upstream wants the body.
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
                progress.0.moved.store(true, Ordering::Relaxed);
                if matches!(frame, Some(Err(_))) {
                    progress.0.broke.store(true, Ordering::Relaxed);
                }
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

/// The body of a visitor's request, with the connection over which it comes. If the connection were in the
/// request's extensions, each request would have to allocate a map for it.
pub(crate) struct VisitorBody {
    pub(crate) incoming: Incoming,
    pub(crate) visit: Visit,
}

impl Body for VisitorBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Pin::new(&mut self.incoming).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

pin_project! {
    /// The body of a response to a visitor.
    pub(crate) struct ResponseBody {
        #[pin]
        kind: Kind,
        // The name of the upstream that answered, until the access log takes it. It is no extension either,
        // since that would allocate a map.
        pub(crate) answered_by: Option<Arc<str>>,
    }
}

pin_project! {
    #[project = KindProjection]
    enum Kind {
        Streamed {
            #[pin]
            body: Incoming,
        },
        Driven {
            #[pin]
            body: Driven,
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

impl From<Incoming> for ResponseBody {
    fn from(body: Incoming) -> Self {
        Kind::Streamed { body }.into()
    }
}

impl From<Driven> for ResponseBody {
    fn from(body: Driven) -> Self {
        Kind::Driven { body }.into()
    }
}

impl From<Bytes> for ResponseBody {
    fn from(text: Bytes) -> Self {
        Kind::Whole { text }.into()
    }
}

impl From<pages::Body> for ResponseBody {
    fn from(body: pages::Body) -> Self {
        Kind::Page { body }.into()
    }
}

impl From<Kind> for ResponseBody {
    fn from(kind: Kind) -> Self {
        ResponseBody { kind, answered_by: None }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.project().kind.project() {
            KindProjection::Whole { text } if text.is_empty() => Poll::Ready(None),
            KindProjection::Whole { text } => {
                Poll::Ready(Some(Ok(Frame::data(std::mem::take(text)))))
            }
            KindProjection::Page { body } => body.poll_frame(cx).map_err(|never| match never {}),
            KindProjection::Streamed { body } => body.poll_frame(cx).map(without_cookies),
            KindProjection::Driven { body } => body.poll_frame(cx).map(without_cookies),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Streamed { body } => body.is_end_stream(),
            Kind::Driven { body } => body.is_end_stream(),
            Kind::Whole { text } => text.is_empty(),
            Kind::Page { body } => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Streamed { body } => body.size_hint(),
            Kind::Driven { body } => body.size_hint(),
            Kind::Whole { text } => SizeHint::with_exact(text.len() as u64),
            Kind::Page { body } => body.size_hint(),
        }
    }
}

type Next = Option<Result<Frame<Bytes>, hyper::Error>>;

/// Removes cookies from the trailers, since the policy judges only the head, and a client may add the
/// trailers to it.
fn without_cookies(mut frame: Next) -> Next {
    if let Some(Ok(frame)) = &mut frame
        && let Some(trailers) = frame.trailers_mut()
    {
        trailers.remove(SET_COOKIE);
    }
    frame
}
