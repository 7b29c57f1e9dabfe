//! What the gateway answers itself. A visitor learns what happened, and nothing of what is behind.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};

use crate::body::ResponseBody;
use crate::refusal::Refusal;

/// The seconds after which a visitor may try again what an upstream did not answer.
const RETRY_SECONDS: &str = "5";

pub(crate) fn text(status: StatusCode, text: impl Into<Bytes>) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::from(text.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The upstream is down, or does not answer: the visitor may come back.
pub(crate) fn later(status: StatusCode) -> Response<ResponseBody> {
    let mut response = plain(status);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    response
}

/// Ends the connection as well: nobody can tell where the next request would begin.
pub(crate) fn refused(refusal: Refusal) -> Response<ResponseBody> {
    let mut response = plain(refusal.status());
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A status in its own words.
pub(crate) fn plain(status: StatusCode) -> Response<ResponseBody> {
    let reason = status.canonical_reason().unwrap_or("");
    text(status, format!("{} {reason}\n", status.as_u16()))
}
