//! What these tests share: a processor that runs, one who asks it as Envoy does, and Envoy itself.

pub(crate) mod asking;
pub(crate) mod processor;
pub(crate) mod real;
pub(crate) mod site;

/// A registry with a login, and with analytics that ask.
pub(crate) const REGISTRY: &str = r#"
version = "2025-01-15"
[categories.essential]
basis = "necessary"
cookies = { session = "session", csrf = "session", lang = "session", cart = "1 day" }
[categories.analytics]
basis = "consent"
cookies = { _ga = "13 months" }
"#;
