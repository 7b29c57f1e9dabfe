//! What these tests share: a gateway that runs, an upstream behind it, and clients of both kinds.

pub(crate) mod client;
pub(crate) mod frames;
pub(crate) mod raw;
pub(crate) mod running;
pub(crate) mod scripted;
pub(crate) mod upstream;

/// A registry with a login, and with analytics that ask.
pub(crate) const REGISTRY: &str = r#"
version = "2025-01-15"
[categories.essential]
basis = "necessary"
cookies = { session = "session" }
[categories.analytics]
basis = "consent"
cookies = { _ga = "13 months" }
"#;
