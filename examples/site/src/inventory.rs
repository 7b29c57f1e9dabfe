//! The cookies that the visitor's browser sends, and under which category each falls.

use std::collections::BTreeSet;

use tower_cookie_consent::{Consent, RequestHeaders};

/// A cookie that the browser sent.
pub(crate) struct Sent {
    pub(crate) name: String,
    /// The id of its category; `None` for a cookie that the policy does not declare.
    pub(crate) category: Option<String>,
    /// Is `true` if the site got to read it.
    pub(crate) read: bool,
}

/// The cookies of a visitor's request, by name, each once: all that the browser sent, and which of them
/// the layer let in.
pub(crate) fn sent(consent: &Consent, let_in: &RequestHeaders) -> Vec<Sent> {
    let registry = consent.registry();
    let names: BTreeSet<&[u8]> = consent.request().cookies().map(|(name, _)| name).collect();
    names
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| Sent {
            name: String::from_utf8_lossy(name).into_owned(),
            category: registry.declaration(name).map(|cookie| cookie.category().id().to_owned()),
            read: let_in.cookie(name).next().is_some(),
        })
        .collect()
}
