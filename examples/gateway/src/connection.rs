//! A connection to an upstream in HTTP/1.1, which has no task of its own.
//!
//! With hyper's client, each connection usually is a task. Each request then wakes two tasks more than once,
//! and waits for both. Here, the request that waits for an answer, or for its body, drives the connection
//! meanwhile.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::unconstrained;

use crate::body::RequestBody;

/// An open connection. It is closed when this is dropped.
pub(crate) struct Connection {
    sender: http1::SendRequest<RequestBody>,
    /// `None` if it has ended.
    driver: Option<http1::Connection<TokioIo<TcpStream>, RequestBody>>,
}

/// The reason for which a request has no answer.
pub(crate) enum Unanswered {
    /// Nothing of it was sent, since the connection had been closed. It can go over another one.
    Unsent(Box<Request<RequestBody>>),
    /// The connection broke.
    Broken(hyper::Error),
    /// The connection ended without a word.
    Ended,
}

impl Connection {
    /// Begins to speak on a stream.
    pub(crate) async fn begin(
        builder: &http1::Builder,
        stream: TokioIo<TcpStream>,
    ) -> Result<Box<Self>, hyper::Error> {
        let (sender, driver) = builder.handshake(stream).await?;
        Ok(Box::new(Connection { sender, driver: Some(driver) }))
    }

    /// Sends a request, and waits for the head of its answer.
    pub(crate) async fn ask(
        mut self: Box<Self>,
        request: Request<RequestBody>,
    ) -> Result<(Response<Incoming>, Box<Self>), Unanswered> {
        // Only the driver makes progress possible, so this future needs no waker of its own. It may not
        // yield to tokio's budget either, since nothing would poll it again then.
        let mut answer = pin!(unconstrained(self.sender.try_send_request(request)));
        let answered = poll_fn(|cx| {
            let goes_on = self.drive(cx);
            match answer.as_mut().poll(&mut unheard()) {
                Poll::Ready(answer) => Poll::Ready(Some(answer)),
                Poll::Pending if goes_on => Poll::Pending,
                Poll::Pending => Poll::Ready(None),
            }
        });
        match answered.await {
            Some(Ok(response)) => Ok((response, self)),
            Some(Err(mut error)) => Err(match error.take_message() {
                Some(request) => Unanswered::Unsent(Box::new(request)),
                None => Unanswered::Broken(error.into_error()),
            }),
            None => Err(Unanswered::Ended),
        }
    }

    /// Reads and writes as much as is possible now, and returns `true` if the connection goes on.
    pub(crate) fn drive(&mut self, cx: &mut Context<'_>) -> bool {
        let driver = self.driver.as_mut().map(Pin::new);
        if driver.is_some_and(|driver| driver.poll(cx).is_ready()) {
            // When the driver is dropped, it gives a request back that it has not sent.
            self.driver = None;
        }
        self.goes_on()
    }

    pub(crate) fn goes_on(&self) -> bool {
        self.driver.is_some()
    }

    /// Returns `true` if it can take the next request. Until then, nobody watches the connection: the next
    /// request finds out if it was closed.
    pub(crate) fn is_free(&mut self) -> bool {
        self.sender.is_ready() && self.drive(&mut unheard()) && self.sender.is_ready()
    }

    /// Waits until it can take the next request, for instance while a visitor still sends a body that was
    /// answered already. Returns `None` if the connection ends before.
    pub(crate) async fn freed(mut self: Box<Self>) -> Option<Box<Self>> {
        let goes_on = poll_fn(|cx| match self.drive(cx) {
            true if self.sender.is_ready() => Poll::Ready(true),
            true => Poll::Pending,
            false => Poll::Ready(false),
        });
        goes_on.await.then_some(self)
    }

    /// Sends a request that may turn the connection into another one, which is then driven by
    /// itself.
    pub(crate) async fn ask_to_upgrade(
        self: Box<Self>,
        request: Request<RequestBody>,
    ) -> Result<Response<Incoming>, hyper::Error> {
        let Connection { mut sender, driver } = *self;
        if let Some(driver) = driver {
            tokio::spawn(driver.with_upgrades());
        }
        sender.send_request(request).await
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").finish_non_exhaustive()
    }
}

impl fmt::Debug for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unanswered({self})")
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unanswered::Broken(_) => "the connection broke",
            Unanswered::Unsent(_) | Unanswered::Ended => "the connection was closed",
        })
    }
}

impl Error for Unanswered {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Unanswered::Broken(error) => Some(error),
            Unanswered::Unsent(_) | Unanswered::Ended => None,
        }
    }
}

/// A context that wakes nobody.
pub(crate) fn unheard() -> Context<'static> {
    Context::from_waker(Waker::noop())
}
