//! `Expect: 100-continue`: a visitor who waits with the body until somebody wants it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::{EXPECT, HeaderMap};
use http::{Request, StatusCode};
use tokio::sync::Notify;
use tokio::time::timeout;

/// How long the upstream may keep silent before it is sent the body all the same: it may be one
/// that does not know the expectation.
const PATIENCE: Duration = Duration::from_secs(1);

/// What holds a body back until the upstream says that it will take it. Hyper tells the visitor to
/// go on when the body is asked for, so that the visitor hears no earlier of it.
pub(crate) struct Gate(Pin<Box<dyn Future<Output = ()> + Send + Sync>>);

impl Gate {
    pub(crate) fn poll_open(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(cx)
    }
}

pub(crate) fn is_in(headers: &HeaderMap) -> bool {
    headers.get(EXPECT).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// A gate that opens when the upstream answers this request with 100.
pub(crate) fn gate<B>(request: &mut Request<B>) -> Gate {
    let wanted = Arc::new(Notify::new());
    let told = wanted.clone();
    hyper::ext::on_informational(request, move |response| {
        if response.status() == StatusCode::CONTINUE {
            told.notify_one();
        }
    });
    Gate(Box::pin(async move {
        // Late or not, the body goes.
        let _ = timeout(PATIENCE, wanted.notified()).await;
    }))
}
