//! The connections to an upstream that are kept for the next request.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use http::{Request, Response};
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;

use crate::body::{RequestBody, ResponseBody};
use crate::connection::{Connection, Unanswered};
use crate::dial::Dial;
use crate::driven::Driven;
use crate::failure::{Failed, Failure};

/// The connections to one upstream, in HTTP/1.1.
#[derive(Clone, Debug)]
pub(crate) struct Pool(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    dial: Dial,
    builder: http1::Builder,
    keep: Duration,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Each has the time since which it is idle; the one that has been idle longest comes first.
    idle: Vec<(Instant, Box<Connection>)>,
    /// Is `true` while a task closes the connections that nobody needs.
    tended: bool,
}

impl Pool {
    /// Makes a pool without connections. A connection is closed when nobody has needed it for as long as `keep`.
    pub(crate) fn new(dial: Dial, builder: http1::Builder, keep: Duration) -> Self {
        Pool(Arc::new(Inner { dial, builder, keep, kept: Mutex::default() }))
    }

    /// Sends a request, and waits for the head of its answer.
    pub(crate) async fn request(
        &self,
        mut request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, Failed> {
        loop {
            let kept = self.take();
            let is_new = kept.is_none();
            let connection = match kept {
                Some(connection) => connection,
                None => self.connect().await?,
            };
            match connection.ask(request).await {
                Ok((response, connection)) => return Ok(self.follow(response, connection)),
                // An upstream may close a connection that was kept, without a word.
                Err(Unanswered::Unsent(unsent)) if !is_new => request = *unsent,
                Err(unanswered) => return Err(Failed::new(Failure::Broken, &unanswered)),
            }
        }
    }

    /// Sends a request that may turn its connection into another one.
    pub(crate) async fn upgrade(
        &self,
        request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, Failed> {
        let answer = self.connect().await?.ask_to_upgrade(request).await;
        let response = answer.map_err(|error| Failed::new(Failure::Broken, &error))?;
        Ok(response.map(ResponseBody::from))
    }

    async fn connect(&self) -> Result<Box<Connection>, Failed> {
        let stream = self.0.dial.connect().await;
        let stream = stream.map_err(|error| Failed::new(Failure::Connect, &error))?;
        let begun = Connection::begin(&self.0.builder, stream).await;
        begun.map_err(|error| Failed::new(Failure::Broken, &error))
    }

    /// Keeps the connection after the head of an answer, or lets it go with the body.
    fn follow(
        &self,
        response: Response<Incoming>,
        mut connection: Box<Connection>,
    ) -> Response<ResponseBody> {
        if connection.is_free() {
            self.keep(connection);
        } else if response.body().is_end_stream() {
            self.keep_when_free(connection);
        } else {
            let pool = self.clone();
            return response.map(|body| Driven::new(body, connection, pool).into());
        }
        response.map(ResponseBody::from)
    }

    /// Takes the connection that was used last, since it is the least likely to be closed by now.
    fn take(&self) -> Option<Box<Connection>> {
        let (since, connection) = self.0.kept().idle.pop()?;
        (since.elapsed() < self.0.keep).then_some(connection)
    }

    /// Keeps a connection that is free.
    fn keep(&self, connection: Box<Connection>) {
        let mut kept = self.0.kept();
        kept.idle.push((Instant::now(), connection));
        if !std::mem::replace(&mut kept.tended, true) {
            tokio::spawn(tend(Arc::downgrade(&self.0), self.0.keep));
        }
    }

    /// Keeps a connection whose answer is at its end, once it is free: the visitor may still send.
    pub(crate) fn keep_when_free(&self, mut connection: Box<Connection>) {
        if connection.is_free() {
            self.keep(connection);
        } else if connection.goes_on() {
            let pool = self.clone();
            tokio::spawn(async move {
                if let Some(connection) = connection.freed().await {
                    pool.keep(connection);
                }
            });
        }
    }
}

impl Inner {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        // A poisoned lock is no harm, since nothing panics between two changes that belong together.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the connections that nobody needed for as long as they are kept, and says whether any
    /// are left.
    fn close_old(&self) -> bool {
        let mut kept = self.kept();
        let old = kept.idle.partition_point(|(since, _)| since.elapsed() >= self.keep);
        let closed: Vec<_> = kept.idle.drain(..old).collect();
        kept.tended = !kept.idle.is_empty();
        let goes_on = kept.tended;
        drop(kept);
        drop(closed);
        goes_on
    }
}

/// Closes connections while there are any.
async fn tend(pool: Weak<Inner>, keep: Duration) {
    loop {
        tokio::time::sleep(keep / 4).await;
        if !pool.upgrade().is_some_and(|pool| pool.close_old()) {
            return;
        }
    }
}
