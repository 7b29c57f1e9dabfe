//! The reasons for which an upstream did not answer.

use std::error::Error;
use std::fmt;

/// A kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The upstream took no connection.
    Connect,
    /// The connection broke, or the upstream did not answer in HTTP.
    Broken,
    /// The upstream took too long.
    TimedOut,
    /// The visitor's body broke off or could not be read, so the upstream did not get all of it.
    RequestBody,
}

impl Failure {
    pub(crate) const ALL: [Failure; 4] =
        [Failure::Connect, Failure::Broken, Failure::TimedOut, Failure::RequestBody];

    /// The name under which the metrics count it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Failure::Connect => "connect",
            Failure::Broken => "broken",
            Failure::TimedOut => "timed-out",
            Failure::RequestBody => "request-body",
        }
    }
}

/// A failure, with the text of its errors.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    said: String,
}

impl Failed {
    /// Makes a failure of an error and of all its sources, of which the last tells the cause.
    pub(crate) fn new(failure: Failure, error: &dyn Error) -> Self {
        let mut said = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            said = format!("{said}: {error}");
            source = error.source();
        }
        Failed { failure, said }
    }

    /// Makes it the failure of the visitor's body, by which it was caused.
    pub(crate) fn by_body(self) -> Self {
        Failed { failure: Failure::RequestBody, ..self }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}
