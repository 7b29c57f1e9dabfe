//! The header `Expect: 100-continue`, with which a visitor waits with the body until somebody wants it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::{EXPECT, HeaderMap};
use http::{Request, StatusCode};
use tokio::sync::Notify;
use tokio::time::timeout;

/// The time after which the body is sent although the upstream has said nothing, since it may not know the
/// header.
const PATIENCE: Duration = Duration::from_secs(1);

/// Holds a body back until the upstream says that it wants it. Hyper tells the visitor to go on when the body
/// is first polled, so the visitor does not hear of it earlier.
pub(crate) struct Gate(Pin<Box<dyn Future<Output = ()> + Send + Sync>>);

impl Gate {
    pub(crate) fn poll_open(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(cx)
    }
}

pub(crate) fn is_in(headers: &HeaderMap) -> bool {
    headers.get(EXPECT).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// Makes a gate that opens when the upstream answers this request with 100.
pub(crate) fn gate<B>(request: &mut Request<B>) -> Gate {
    let wanted = Arc::new(Notify::new());
    let told = wanted.clone();
    hyper::ext::on_informational(request, move |response| {
        if response.status() == StatusCode::CONTINUE {
            told.notify_one();
        }
    });
    Gate(Box::pin(async move {
        // The body is sent in either case.
        let _ = timeout(PATIENCE, wanted.notified()).await;
    }))
}
