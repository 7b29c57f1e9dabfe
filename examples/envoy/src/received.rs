//! The headers of a message as Envoy sends them.

use envoy_types::pb::envoy::config::core::v3 as core;
use http::header::{HOST, HeaderMap, HeaderName, HeaderValue};

/// Headers as the library reads them.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    /// The names of lines that hold bytes which no header may have. They are in no `HeaderMap`.
    pub(crate) spoilt: Vec<HeaderName>,
}

impl Received {
    pub(crate) fn new(sent: Option<core::HeaderMap>) -> Self {
        let lines = sent.map(|map| map.headers).unwrap_or_default();
        let mut received = Received::default();
        received.headers.reserve(lines.len());
        for line in lines {
            // Envoy writes `raw_value`, and `value` if it is told to.
            let bytes =
                if line.raw_value.is_empty() { line.value.into_bytes() } else { line.raw_value };
            received.add(&line.key, bytes);
        }
        received
    }

    fn add(&mut self, key: &str, bytes: Vec<u8>) {
        let name = match key {
            // The host of HTTP/2, which Envoy tells in its place for HTTP/1.1 too.
            ":authority" => HOST,
            // What else begins so is no header.
            _ => match HeaderName::from_bytes(key.as_bytes()) {
                Ok(name) => name,
                Err(_) => return,
            },
        };
        match HeaderValue::try_from(bytes) {
            Ok(value) => drop(self.headers.append(name, value)),
            Err(_) if self.spoilt.contains(&name) => {}
            Err(_) => self.spoilt.push(name),
        }
    }
}
