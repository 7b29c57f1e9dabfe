//! A response that sets or deletes the visitor's choice itself (R9).

use crate::choice::RequestHeaders;
use crate::policy::served::Served;
use crate::policy::{Consent, Policy};
use crate::set_cookie::SetCookie;

/// The visitor's consent after these lines of a response; `None` if they leave it as it was.
///
/// What they set counts as if the request had carried it, and the policy's sources read once more.
pub(super) fn renewed<'l>(
    policy: &Policy,
    consent: &Consent,
    lines: impl Iterator<Item = &'l [u8]>,
    served: &Served<'_>,
) -> Option<Consent> {
    let mut request: Option<RequestHeaders> = None;
    for line in lines {
        let name = SetCookie::name_of(line);
        if name.is_empty() || !policy.is_carrier(name) {
            continue;
        }
        let line = SetCookie::parse(line);
        let request = request.get_or_insert_with(|| consent.request().clone());
        let lifetime = served.lifetime(&line);
        if lifetime.is_proven_deletion() || lifetime.is_unproven_deletion() {
            request.delete(line.name());
        } else {
            request.replace(line.name(), line.value());
        }
    }
    Some(Consent::new(policy.clone(), request?))
}
