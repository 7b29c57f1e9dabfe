//! The headers of a message as Envoy sends them.

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue, MaxSizeReached};

use crate::messages::HttpHeaders;

/// Headers as the library reads them.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    /// The names of lines with bytes that no header may have. Such lines cannot be in a `HeaderMap`.
    pub(crate) spoilt: Vec<HeaderName>,
}

impl Received {
    /// Reads the headers of a head that matter to the policy; to read all takes longer than to judge some.
    ///
    /// # Errors
    ///
    /// The head has more names that matter than a `HeaderMap` can hold. Envoy lets fewer through.
    pub(crate) fn new(
        sent: HttpHeaders,
        matters: impl Fn(&[u8]) -> bool,
    ) -> Result<Self, MaxSizeReached> {
        let mut received = Received { headers: HeaderMap::new(), spoilt: Vec::new() };
        for line in sent.headers.map(|map| map.headers).unwrap_or_default() {
            if matters(line.header()) {
                received.add(line.header(), line.bytes().clone())?;
            }
        }
        Ok(received)
    }

    /// Returns `true` if lines of this header are missing.
    pub(crate) fn lacks(&self, name: &HeaderName) -> bool {
        self.spoilt.contains(name)
    }

    fn add(&mut self, key: &[u8], value: Bytes) -> Result<(), MaxSizeReached> {
        // The other pseudo-headers are no headers, and their names no names.
        let Ok(name) = HeaderName::from_bytes(key) else { return Ok(()) };
        // The value stays a slice of the message.
        if let Ok(value) = HeaderValue::from_maybe_shared(value) {
            return self.headers.try_append(name, value).map(drop);
        }
        if !self.lacks(&name) {
            self.spoilt.push(name);
        }
        Ok(())
    }
}
