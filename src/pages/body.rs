//! Bodies of requests and responses.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, BufMut, Bytes};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use http_body::{Frame, SizeHint};

use crate::pages::refusal::Refusal;

/// The most bytes that are read of a request. The forms of large registries have some ten thousand.
const MOST: usize = 65_536;

/// The body of a response of [`Pages`](crate::pages::Pages): it is there as a whole.
#[derive(Clone, Debug, Default)]
pub struct Body(Bytes);

impl From<String> for Body {
    fn from(text: String) -> Self {
        Body(Bytes::from(text))
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Body(Bytes::from_static(text.as_bytes()))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = std::mem::take(&mut self.get_mut().0);
        Poll::Ready((!bytes.is_empty()).then_some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// Refuses a body that says itself that it is too large, before any of it is read.
pub(super) fn check_length(headers: &HeaderMap) -> Result<(), Refusal> {
    let stated = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    match stated.and_then(|length| length.parse::<u64>().ok()) {
        Some(length) if length > MOST as u64 => Err(too_large()),
        _ => Ok(()),
    }
}

/// Adds a part of a body to what was read of it, as far as that is allowed.
pub(super) fn add(read: &mut Vec<u8>, part: impl Buf) -> Result<(), Refusal> {
    if part.remaining() > MOST - read.len() {
        return Err(too_large());
    }
    read.put(part);
    Ok(())
}

/// Refuses a body that broke off.
pub(super) fn broken_off() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "The body broke off.")
}

fn too_large() -> Refusal {
    let detail = format!("The body has more than {MOST} bytes.");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
}
