//! Deleting what the visitor no longer allows.

use std::collections::BTreeSet;

use http::HeaderValue;

use crate::choice::{Choice, RequestHeaders};
use crate::policy::Policy;
use crate::policy::permission::permission;
use crate::registry::DeclarationRef;
use crate::set_cookie::prefix;

/// The deletions of all carried cookies that the registry declares and the choice does not allow.
pub(super) fn deletions(
    policy: &Policy,
    request: &RequestHeaders,
    choice: &Choice,
) -> Vec<HeaderValue> {
    let registry = policy.registry();
    let choice = &choice.translated_to(registry);
    let names: BTreeSet<&[u8]> = request.carried().map(|(name, _)| name).collect();
    names
        .into_iter()
        .filter(|name| !policy.is_carrier_name(name))
        .filter_map(|name| {
            let rule = registry.lookup(name)?;
            permission(rule.basis, rule.category, rule.service, || choice).err()?;
            deletion(name, registry.declaration_of(rule)?)
        })
        .collect()
}

/// The name came in a header, so it fits into one.
fn deletion(name: &[u8], place: DeclarationRef<'_>) -> Option<HeaderValue> {
    let mut line = [name, b"=; Path=", place.path().unwrap_or("/").as_bytes()].concat();
    if let Some(domain) = place.domain() {
        line.extend_from_slice(b"; Domain=");
        line.extend_from_slice(domain.as_bytes());
    }
    // Browsers ignore lines for such names without these, deletions too.
    if prefix::demands_secure(name) {
        line.extend_from_slice(b"; Secure");
    }
    if prefix::demands_http_only(name) {
        line.extend_from_slice(b"; HttpOnly");
    }
    line.extend_from_slice(b"; Max-Age=0");
    HeaderValue::try_from(line).ok()
}
