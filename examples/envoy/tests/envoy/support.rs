//! The helpers of these tests: a running processor, a client that asks it as Envoy does, and Envoy itself.

pub(crate) mod asking;
pub(crate) mod processor;
pub(crate) mod real;
pub(crate) mod site;

/// A registry with the cookie of a login, and with analytics that need consent.
pub(crate) const REGISTRY: &str = r#"
version = "2025-01-15"
[categories.essential]
basis = "necessary"
cookies = { session = "session", csrf = "session", lang = "session", cart = "1 day" }
[categories.analytics]
basis = "consent"
cookies = { _ga = "13 months" }
"#;
