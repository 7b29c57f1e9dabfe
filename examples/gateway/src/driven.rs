//! The body of an answer that is still on its way, with the connection that brings it.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use crate::connection::{Connection, unheard};
use crate::pool::Pool;

/// A body that drives its connection while it is read. If it is dropped before its end, the connection is closed.
#[derive(Debug)]
pub(crate) struct Driven {
    body: Incoming,
    /// The connection and its pool; `None` once the body is at its end.
    source: Option<(Box<Connection>, Pool)>,
}

impl Driven {
    pub(crate) fn new(body: Incoming, connection: Box<Connection>, pool: Pool) -> Self {
        Driven { body, source: Some((connection, pool)) }
    }
}

impl Body for Driven {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Driven { body, source } = &mut *self;
        let Some((connection, _)) = source else { return Pin::new(body).poll_frame(cx) };
        // Only the connection puts frames into the body, and it has the waker for all other events.
        let mut frame = Pin::new(&mut *body).poll_frame(&mut unheard());
        if frame.is_pending() {
            if !connection.drive(cx) {
                *source = None;
                return Pin::new(body).poll_frame(cx);
            }
            frame = Pin::new(&mut *body).poll_frame(&mut unheard());
        }
        let ends = match &frame {
            Poll::Ready(Some(Ok(_))) => body.is_end_stream(),
            Poll::Ready(_) => true,
            Poll::Pending => false,
        };
        if ends && let Some((connection, pool)) = source.take() {
            pool.keep_when_free(connection);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
