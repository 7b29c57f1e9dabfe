//! The state of a visitor's connection: its other end, and if bytes still move on it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc;

use crate::peer::Peer;

/// The state of a connection while it is open, also as a tunnel. Requests carry it with their body.
#[derive(Clone, Debug)]
pub(crate) struct Visit(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    peer: Peer,
    /// Is `true` if a byte moved since the last look.
    moved: AtomicBool,
    /// Is `true` if a request began since the last look.
    asked: AtomicBool,
    /// The number of requests that wait for their answer, or for the end of its body.
    under_way: AtomicUsize,
    idle: Duration,
    /// It is held so that the gateway knows when all connections are gone.
    _open: mpsc::Sender<()>,
}

/// The number of looks in the time in which nothing may move.
const LOOKS: u32 = 4;

impl Visit {
    pub(crate) fn new(peer: Peer, idle: Duration, open: mpsc::Sender<()>) -> Self {
        Visit(Arc::new(Inner {
            peer,
            moved: AtomicBool::new(false),
            asked: AtomicBool::new(true),
            under_way: AtomicUsize::new(0),
            idle,
            _open: open,
        }))
    }

    /// Notes a request, which is under way until this is dropped.
    pub(crate) fn begin(self) -> UnderWay {
        self.0.asked.store(true, Ordering::Relaxed);
        self.0.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self)
    }

    pub(crate) fn peer(&self) -> &Peer {
        &self.0.peer
    }

    /// Ends when nothing has moved for as long as the limit allows.
    ///
    /// Bytes count only while a request is under way, since HTTP/2 also sends bytes that ask for nothing,
    /// such as pings. This looks from time to time, so that a byte costs no look at the clock.
    pub(crate) async fn idles(&self) {
        let mut still = 0;
        while still < LOOKS {
            tokio::time::sleep(self.0.idle / LOOKS).await;
            still = if self.moves() { 0 } else { still + 1 };
        }
    }

    fn moves(&self) -> bool {
        let Inner { moved, asked, under_way, .. } = &*self.0;
        let moved = moved.swap(false, Ordering::Relaxed);
        let is_busy = under_way.load(Ordering::Relaxed) > 0;
        asked.swap(false, Ordering::Relaxed) || (moved && is_busy)
    }

    fn notes<T>(&self, moved: Poll<T>) -> Poll<T> {
        if moved.is_ready() {
            self.0.moved.store(true, Ordering::Relaxed);
        }
        moved
    }
}

/// A request that is under way.
#[derive(Debug)]
pub(crate) struct UnderWay(Visit);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

pin_project! {
    /// A stream that tells its visit when bytes move.
    pub(crate) struct Noting<T> {
        #[pin]
        stream: T,
        visit: Visit,
    }
}

impl<T> Noting<T> {
    pub(crate) fn new(stream: T, visit: Visit) -> Self {
        Noting { stream, visit }
    }
}

impl<T: AsyncRead> AsyncRead for Noting<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.project();
        this.visit.notes(this.stream.poll_read(cx, buffer))
    }
}

impl<T: AsyncWrite> AsyncWrite for Noting<T> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.project();
        this.visit.notes(this.stream.poll_write(cx, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().stream.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().stream.poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.project();
        this.visit.notes(this.stream.poll_write_vectored(cx, slices))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
