//! The header `Via`, which tells through which proxies a message came (RFC 9110, 7.6.3).

use std::hash::{BuildHasher, RandomState};

use http::Version;
use http::header::{HeaderMap, HeaderValue, VIA};

use crate::forwarded::append;

/// The name of this process. Each process has another one, so that a request that comes back to the same
/// gateway is told from one that passes two gateways.
#[derive(Clone, Debug)]
pub(crate) struct Via {
    name: String,
    http1: HeaderValue,
    http10: HeaderValue,
    http2: HeaderValue,
}

impl Via {
    pub(crate) fn new() -> Self {
        let name = format!("gateway-{:08x}", RandomState::new().hash_one(()) >> 32);
        let value = |version| {
            let value = HeaderValue::try_from(format!("{version} {name}"));
            value.unwrap_or(HeaderValue::from_static("1.1 gateway"))
        };
        Via { http1: value("1.1"), http10: value("1.0"), http2: value("2"), name }
    }

    /// Adds the gateway, which got the message in this version of HTTP.
    pub(crate) fn add(&self, headers: &mut HeaderMap, version: Version) {
        let own = match version {
            Version::HTTP_10 | Version::HTTP_09 => &self.http10,
            Version::HTTP_2 => &self.http2,
            _ => &self.http1,
        };
        append(headers, VIA, own);
    }

    /// Returns `true` if the message came through this gateway before.
    pub(crate) fn has_seen(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(VIA).iter().filter_map(|line| line.to_str().ok());
        let mut elements = lines.flat_map(|line| line.split(','));
        elements.any(|element| element.split_ascii_whitespace().nth(1) == Some(&self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc9110_7_6_3_a_gateway_adds_itself_and_knows_itself_again() {
        let (one, other) = (Via::new(), Via::new());
        let mut headers = HeaderMap::new();
        headers.insert(VIA, HeaderValue::from_static("1.0 cache (old)"));
        one.add(&mut headers, Version::HTTP_2);
        assert!(one.has_seen(&headers) && !other.has_seen(&headers));
        let line = headers[VIA].to_str().unwrap();
        assert_eq!(line, format!("1.0 cache (old), 2 {}", one.name));
    }
}
