//! The headers of a message as Envoy sends them.

use bytes::Bytes;
use http::header::{HOST, HeaderMap, HeaderName, HeaderValue, MaxSizeReached};

use crate::messages::HttpHeaders;

/// The number of headers for which there is room from the start.
const USUAL: usize = 128;

/// Headers as the library reads them.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    /// The names of lines with bytes that no header may have. Such lines cannot be in a `HeaderMap`.
    pub(crate) spoilt: Vec<HeaderName>,
}

impl Received {
    /// Reads a head.
    ///
    /// # Errors
    ///
    /// The head has more names than a `HeaderMap` can hold. Envoy lets fewer through.
    pub(crate) fn new(sent: HttpHeaders) -> Result<Self, MaxSizeReached> {
        let lines = sent.headers.map(|map| map.headers).unwrap_or_default();
        let headers = HeaderMap::with_capacity(lines.len().min(USUAL));
        let mut received = Received { headers, spoilt: Vec::new() };
        for line in lines {
            let is_raw = !line.raw_value.is_empty();
            received.add(&line.key, if is_raw { line.raw_value } else { line.value })?;
        }
        Ok(received)
    }

    /// Returns `true` if lines of this header are missing.
    pub(crate) fn lacks(&self, name: &HeaderName) -> bool {
        self.spoilt.contains(name)
    }

    fn add(&mut self, key: &[u8], value: Bytes) -> Result<(), MaxSizeReached> {
        let name = match key {
            // Envoy sends the host in the pseudo-header of HTTP/2, for HTTP/1.1 too.
            b":authority" => HOST,
            // The other pseudo-headers are no headers.
            [b':', ..] => return Ok(()),
            _ => match HeaderName::from_bytes(key) {
                Ok(name) => name,
                Err(_) => return Ok(()),
            },
        };
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
