//! Sending a request, with patience, and once more where that is safe.

use std::error::Error;
use std::time::Duration;

use http::{Method, Request, Response};
use hyper::body::Incoming;
use tokio::time::timeout;

use crate::body::{Progress, RequestBody};
use crate::client::Client;
use crate::metrics::Failure;

/// A request on its way to an upstream.
pub(crate) struct Outgoing {
    pub(crate) request: Request<RequestBody>,
    /// Whether its body still moves; `None` if it has none.
    pub(crate) progress: Option<Progress>,
}

/// The head of an answer; or why there is none, and what was said of it.
pub(crate) type Sent = Result<Response<Incoming>, (Failure, Box<dyn Error + Send + Sync>)>;

/// Sends a request, and waits for the head of its answer.
///
/// An upstream may close a connection that was kept alive at the very moment at which the next
/// request is on its way. What does nothing and has no body is sent once more then (RFC 9110,
/// 9.2.2); all else could happen twice.
pub(crate) fn send(
    client: Client,
    outgoing: Outgoing,
    limit: Duration,
) -> impl Future<Output = Sent> + Send {
    let Outgoing { request, progress } = outgoing;
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let mut again = (is_safe && progress.is_none()).then(|| copy(&request));
    let mut answer = client.request(request);
    async move {
        loop {
            match timeout(limit, &mut answer).await {
                Ok(Ok(response)) => return Ok(response),
                Ok(Err(error)) if error.is_connect() => {
                    return Err((Failure::Connect, chain(&error).into()));
                }
                Ok(Err(error)) => match again.take() {
                    Some(request) => answer = client.request(*request),
                    None => return Err((Failure::Broken, chain(&error).into())),
                },
                // The visitor still sends, so the upstream cannot have answered.
                Err(_) if progress.as_ref().is_some_and(Progress::was_made) => {}
                Err(late) => return Err((Failure::TimedOut, late.into())),
            }
        }
    }
}

fn copy(request: &Request<RequestBody>) -> Box<Request<RequestBody>> {
    let mut copy = Box::new(Request::new(RequestBody::Empty));
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    copy
}

/// An error with what it came from: the cause is in the last of them.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
