//! The gateway's own answers. They tell a visitor what happened, and nothing about the upstreams.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};

use crate::body::ResponseBody;
use crate::refusal::Refusal;

/// The seconds after which a visitor may repeat a request that an upstream did not answer.
const RETRY_SECONDS: &str = "5";

pub(crate) fn text(status: StatusCode, text: impl Into<Bytes>) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::from(text.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Answers that the upstream is down or late, and that the visitor may come back.
pub(crate) fn later(status: StatusCode) -> Response<ResponseBody> {
    let mut response = plain(status);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    response
}

/// Refuses a request, and ends the connection, since nobody can tell where the next request would begin.
pub(crate) fn refused(refusal: Refusal) -> Response<ResponseBody> {
    let mut response = plain(refusal.status());
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Answers with a status and its usual reason.
pub(crate) fn plain(status: StatusCode) -> Response<ResponseBody> {
    let reason = status.canonical_reason().unwrap_or("");
    text(status, format!("{} {reason}\n", status.as_u16()))
}
