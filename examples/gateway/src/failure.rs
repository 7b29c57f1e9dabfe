//! Why an upstream did not answer.

use std::error::Error;
use std::fmt;

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No connection was to be had.
    Connect,
    /// The connection broke, or what came was no HTTP.
    Broken,
    /// It took too long.
    TimedOut,
}

impl Failure {
    pub(crate) const ALL: [Failure; 3] = [Failure::Connect, Failure::Broken, Failure::TimedOut];

    /// Its name, to count by.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Failure::Connect => "connect",
            Failure::Broken => "broken",
            Failure::TimedOut => "timed-out",
        }
    }
}

/// A failure, with what was said of it.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    said: String,
}

impl Failed {
    /// An error with what it came from: the cause is in the last of them.
    pub(crate) fn new(failure: Failure, error: &dyn Error) -> Self {
        let mut said = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            said = format!("{said}: {error}");
            source = error.source();
        }
        Failed { failure, said }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}
