//! Deleting what the visitor no longer allows.

use std::collections::HashSet;

use http::HeaderValue;

use super::Policy;
use super::permission::permission;
use crate::consent::{Choice, RequestHeaders};

/// The deletions of all carried cookies that the registry declares and the choice does not allow.
pub(super) fn deletions(
    policy: &Policy,
    request: &RequestHeaders,
    choice: &Choice,
) -> Vec<HeaderValue> {
    let names: HashSet<&[u8]> = request.carried().map(|(name, _)| name).collect();
    let mut names: Vec<&[u8]> = names
        .into_iter()
        .filter(|name| !policy.owns(name))
        .filter(|name| is_refused(policy, name, choice))
        .collect();
    names.sort_unstable();
    names.into_iter().filter_map(|name| deletion(policy, name)).collect()
}

fn is_refused(policy: &Policy, name: &[u8], choice: &Choice) -> bool {
    policy
        .registry()
        .lookup(name)
        .is_some_and(|rule| permission(rule.basis, rule.category, rule.service, || choice).is_err())
}

/// The name came in a header, so it fits into one.
fn deletion(policy: &Policy, name: &[u8]) -> Option<HeaderValue> {
    let registry = policy.registry();
    let place = registry.declaration(name)?;
    let mut line = [name, b"=; Path=", place.path().unwrap_or("/").as_bytes()].concat();
    if let Some(domain) = place.domain() {
        line.extend_from_slice(b"; Domain=");
        line.extend_from_slice(domain.as_bytes());
    }
    // Browsers ignore lines for these names without it, deletions too.
    if [&b"__Host-"[..], b"__Secure-"].iter().any(|prefix| {
        name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    }) {
        line.extend_from_slice(b"; Secure");
    }
    line.extend_from_slice(b"; Max-Age=0");
    HeaderValue::try_from(line).ok()
}
