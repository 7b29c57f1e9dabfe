//! Sends a request within a time limit, and once more where that is safe.

use std::pin::pin;
use std::time::Duration;

use http::{Method, Request, Response};
use tokio::time::timeout;

use crate::body::{Progress, RequestBody, ResponseBody};
use crate::client::Client;
use crate::failure::{Failed, Failure};

/// A request on its way to an upstream.
pub(crate) struct Outgoing {
    pub(crate) request: Request<RequestBody>,
    /// Tells how its body gets on; `None` if it has none.
    pub(crate) progress: Option<Progress>,
    /// Is `true` if it asks to change to another protocol.
    pub(crate) may_upgrade: bool,
}

/// The head of an answer, or why there is none.
pub(crate) type Sent = Result<Response<ResponseBody>, Failed>;

/// Sends a request, and waits for the head of its answer.
///
/// An upstream may close a connection that was kept alive at the very moment at which the next
/// request is on its way. Then a request is sent once more if it is safe and has no body (RFC 9110,
/// 9.2.2); any other could take effect twice.
pub(crate) async fn send(client: Client, outgoing: Outgoing, limit: Duration) -> Sent {
    let Outgoing { request, progress, may_upgrade } = outgoing;
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let mut again = (is_safe && progress.is_none()).then(|| copy(&request));
    let mut answer = pin!(client.request(request, may_upgrade));
    loop {
        match timeout(limit, &mut answer).await {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(failed)) if failed.failure == Failure::Connect => return Err(failed),
            Ok(Err(failed)) if progress.as_ref().is_some_and(Progress::broke) => {
                return Err(failed.by_body());
            }
            Ok(Err(failed)) => match again.take() {
                Some(request) => answer.set(client.request(*request, may_upgrade)),
                None => return Err(failed),
            },
            // The visitor still sends, so the upstream cannot have answered.
            Err(_) if progress.as_ref().is_some_and(Progress::was_made) => {}
            Err(late) => return Err(Failed::new(Failure::TimedOut, &late)),
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
