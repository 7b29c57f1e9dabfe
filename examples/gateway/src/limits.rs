//! The limits of time and size.

use std::num::NonZeroU32;
use std::time::Duration;

use serde::Deserialize;

/// The configuration file's table `limits`, with its defaults.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Limits {
    head_seconds: NonZeroU32,
    head_bytes: NonZeroU32,
    headers: NonZeroU32,
    idle_seconds: NonZeroU32,
    connect_seconds: NonZeroU32,
    answer_seconds: NonZeroU32,
    upstream_idle_seconds: NonZeroU32,
    drain_seconds: NonZeroU32,
    connections: NonZeroU32,
}

/// The size of the smallest buffer into which hyper reads a head, in bytes.
const LEAST_HEAD_BYTES: usize = 8192;

/// The header lines that hyper reads unless told otherwise.
const HYPERS_HEADERS: usize = 100;

const fn positive(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).expect("a limit above zero")
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            head_seconds: positive(30),
            head_bytes: positive(32 * 1024),
            headers: positive(100),
            idle_seconds: positive(75),
            connect_seconds: positive(5),
            answer_seconds: positive(60),
            // Node closes a connection that it keeps alive after five seconds.
            upstream_idle_seconds: positive(4),
            drain_seconds: positive(30),
            connections: positive(10_000),
        }
    }
}

impl Limits {
    /// The longest that the head of a request may take, the wait for it on a connection that was
    /// kept alive included.
    pub(crate) fn head(&self) -> Duration {
        seconds(self.head_seconds)
    }

    /// The bytes of the largest head, of requests and of upstreams' answers.
    pub(crate) fn head_bytes(&self) -> usize {
        (self.head_bytes.get() as usize).max(LEAST_HEAD_BYTES)
    }

    /// The most header lines that a head may have; `None` for as many as hyper takes by itself,
    /// which costs it less.
    pub(crate) fn other_headers(&self) -> Option<usize> {
        Some(self.headers.get() as usize).filter(|headers| *headers != HYPERS_HEADERS)
    }

    /// The longest that no byte may move on a visitor's connection.
    pub(crate) fn idle(&self) -> Duration {
        seconds(self.idle_seconds)
    }

    /// The longest that connecting to an upstream may take.
    pub(crate) fn connect(&self) -> Duration {
        seconds(self.connect_seconds)
    }

    /// The longest that an upstream may take for the head of its answer, once nothing of the
    /// request is left to be sent.
    pub(crate) fn answer(&self) -> Duration {
        seconds(self.answer_seconds)
    }

    /// The longest that a connection to an upstream is kept for the next request.
    pub(crate) fn upstream_idle(&self) -> Duration {
        seconds(self.upstream_idle_seconds)
    }

    /// The longest that requests may take to end when the gateway is told to stop.
    pub(crate) fn drain(&self) -> Duration {
        seconds(self.drain_seconds)
    }

    /// The most connections that visitors may have open at a time.
    pub(crate) fn connections(&self) -> usize {
        self.connections.get() as usize
    }

    /// Returns `true` if a visitor's connection stays open for as long as an upstream may take to answer.
    pub(crate) fn outlast_answers(&self) -> bool {
        self.idle_seconds > self.answer_seconds
    }
}

fn seconds(number: NonZeroU32) -> Duration {
    Duration::from_secs(number.get().into())
}
