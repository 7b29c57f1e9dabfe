//! A response that sets or deletes the visitor's choice itself (R9).

use crate::choice::RequestHeaders;
use crate::policy::carriers::{Carrier, Reach};
use crate::policy::served::Served;
use crate::policy::{Consent, Policy};
use crate::set_cookie::SetCookie;

/// The visitor's consent after these lines of a response; `None` if they leave it as it was.
///
/// What they set counts as if the request had carried it, and the policy's sources read once more.
/// Only what replaces or deletes the very cookie that carries the choice counts so. What may delete
/// it in some browser takes its grants back, and lifts no refusal.
pub(super) fn renewed<'l>(
    policy: &Policy,
    consent: &Consent,
    lines: impl Iterator<Item = &'l [u8]>,
    served: &Served<'_>,
) -> Option<Consent> {
    let mut request: Option<RequestHeaders> = None;
    let mut may_be_deleted = false;
    for line in lines {
        let Some(cookie) = named_like_carrier(policy, line) else { continue };
        let lifetime = served.lifetime(&cookie);
        let deletes = lifetime.is_proven_deletion() || lifetime.is_unproven_deletion();
        let carrier = policy.carrier(consent, line, &cookie);
        let reach = match carrier {
            Some(Carrier::Foreign) => policy.reach(&cookie).min(Reach::Perhaps),
            _ => policy.reach(&cookie),
        };
        match (reach, carrier) {
            (Reach::Perhaps, _) => may_be_deleted |= deletes,
            // Whatever else the line says, no choice is left where it is.
            (Reach::Surely, _) if deletes => {
                may_be_deleted = false;
                changed(&mut request, consent).delete(cookie.name());
            }
            (Reach::Surely, Some(_)) => {
                may_be_deleted = false;
                changed(&mut request, consent).replace(cookie.name(), cookie.value());
            }
            (Reach::Surely, None) | (Reach::Not, _) => {}
        }
    }
    let renewed =
        request.map(|request| Consent::new(policy.clone(), request, consent.page().clone()));
    if may_be_deleted {
        return Some(renewed.as_ref().unwrap_or(consent).without_grants());
    }
    renewed
}

fn changed<'r>(
    request: &'r mut Option<RequestHeaders>,
    consent: &Consent,
) -> &'r mut RequestHeaders {
    request.get_or_insert_with(|| consent.request().clone())
}

/// The line, if a request would carry its cookie under a name that is read as the choice. Most lines
/// are not, and are told apart by their names alone.
fn named_like_carrier<'l>(policy: &Policy, line: &'l [u8]) -> Option<SetCookie<'l>> {
    let name = SetCookie::name_of(line);
    if !name.is_empty() && !policy.is_carrier_name(name) {
        return None;
    }
    let cookie = SetCookie::parse(line);
    policy.is_carrier_name(cookie.request_name()).then_some(cookie)
}
