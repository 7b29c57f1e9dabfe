//! The helpers of these tests: a running gateway, upstreams behind it, and clients for HTTP/1.1 and HTTP/2.

pub(crate) mod client;
pub(crate) mod frames;
pub(crate) mod raw;
pub(crate) mod running;
pub(crate) mod scripted;
pub(crate) mod upstream;

/// A registry with the cookie of a login, and with analytics that need consent.
pub(crate) const REGISTRY: &str = r#"
version = "2025-01-15"
[categories.essential]
basis = "necessary"
cookies = { session = "session" }
[categories.analytics]
basis = "consent"
cookies = { _ga = "13 months" }
"#;
