//! A visitor's connection: who is at its other end, and whether anything still moves on it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc;

use crate::peer::Peer;

/// What is known of a connection while it is open, tunnels included. Requests carry it with their body.
#[derive(Clone, Debug)]
pub(crate) struct Visit(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    peer: Peer,
    moved: AtomicBool,
    idle: Duration,
    /// Held so that the gateway knows when all are gone.
    _open: mpsc::Sender<()>,
}

/// How often in the time that nothing may move this is looked at.
const LOOKS: u32 = 4;

impl Visit {
    pub(crate) fn new(peer: Peer, idle: Duration, open: mpsc::Sender<()>) -> Self {
        Visit(Arc::new(Inner { peer, moved: AtomicBool::new(true), idle, _open: open }))
    }

    pub(crate) fn peer(&self) -> &Peer {
        &self.0.peer
    }

    /// Ends when no byte has moved for as long as none may.
    ///
    /// It looks now and then, so that a byte costs no look at the clock.
    pub(crate) async fn idles(&self) {
        let mut still = 0;
        while still < LOOKS {
            tokio::time::sleep(self.0.idle / LOOKS).await;
            still = if self.0.moved.swap(false, Ordering::Relaxed) { 0 } else { still + 1 };
        }
    }

    fn notes<T>(&self, moved: Poll<T>) -> Poll<T> {
        if moved.is_ready() {
            self.0.moved.store(true, Ordering::Relaxed);
        }
        moved
    }
}

pin_project! {
    /// A stream whose visit notes what moves.
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
