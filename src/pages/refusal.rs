//! Requests that the pages do not carry out.

use http::StatusCode;

/// The status of the answer, and a sentence for whoever wrote the request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) detail: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Refusal { status, detail: detail.into() }
    }
}
