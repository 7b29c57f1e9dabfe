//! The headers of a message as Envoy sends them.

use bytes::Bytes;
use http::header::{HOST, HeaderMap, HeaderName, HeaderValue, MaxSizeReached};

use crate::messages::HttpHeaders;

/// For so many headers there is room at once.
const USUAL: usize = 128;

/// Headers as the library reads them.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    /// The names of lines that hold bytes which no header may have. They are in no `HeaderMap`.
    pub(crate) spoilt: Vec<HeaderName>,
}

impl Received {
    /// Takes a head.
    ///
    /// # Errors
    ///
    /// It has more names than a `HeaderMap` can hold, which are more than Envoy lets through.
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
            // The host of HTTP/2, which Envoy tells in its place for HTTP/1.1 too.
            b":authority" => HOST,
            // What else begins so is no header.
            [b':', ..] => return Ok(()),
            _ => match HeaderName::from_bytes(key) {
                Ok(name) => name,
                Err(_) => return Ok(()),
            },
        };
        // It stays a slice of the message.
        if let Ok(value) = HeaderValue::from_maybe_shared(value) {
            return self.headers.try_append(name, value).map(drop);
        }
        if !self.lacks(&name) {
            self.spoilt.push(name);
        }
        Ok(())
    }
}
