//! A response that sets or deletes the visitor's choice itself (R9).

use crate::choice::RequestHeaders;
use crate::policy::carriers::{Carrier, Prefilter, Reach};
use crate::policy::served::Served;
use crate::policy::{Policy, Visit};
use crate::registry::Basis;
use crate::set_cookie::SetCookie;

/// The visitor's consent after these lines of a response; `None` if they leave it as it was.
///
/// What they set counts as if the request had carried it, and the policy's sources read once more.
/// Only what replaces or deletes the very cookie that carries the choice counts so. What may delete
/// it in some browser takes its grants back, and lifts no refusal.
#[inline]
pub(super) fn renewed<'l>(
    visit: &Visit,
    lines: impl Iterator<Item = &'l [u8]>,
    prefilter: Prefilter<'_>,
    served: &Served<'_>,
) -> Option<Box<Visit>> {
    let mut may_carry = lines.filter(|line| prefilter.passes(line)).peekable();
    may_carry.peek()?;
    renewed_by(visit, &mut may_carry, served)
}

/// [`renewed`], by lines that pass the prefilter.
pub(super) fn renewed_by(
    visit: &Visit,
    lines: &mut dyn Iterator<Item = &[u8]>,
    served: &Served<'_>,
) -> Option<Box<Visit>> {
    let policy = visit.policy();
    let mut request: Option<RequestHeaders> = None;
    let mut may_be_deleted = false;
    for line in lines {
        let cookie = SetCookie::parse(line);
        if !policy.is_carrier_name(cookie.request_name()) {
            continue;
        }
        let deletes = served.lifetime(&cookie).is_deletion();
        let carrier = policy.carrier(visit, &cookie);
        // A line that does not leave changes nothing of what the browser sends.
        let leaves = match carrier {
            Some(Carrier::Foreign) => false,
            Some(Carrier::OfSource) => deletes || !is_prohibited(policy, &cookie),
            Some(Carrier::Own) | None => true,
        };
        if !leaves {
            continue;
        }
        let reach = policy.reach(&cookie);
        match (reach, carrier) {
            (Reach::Perhaps, _) => may_be_deleted |= deletes,
            // Whatever else the line says, no choice is left where it is.
            (Reach::Surely, _) if deletes => {
                may_be_deleted = false;
                changed(&mut request, visit).delete(cookie.name());
            }
            (Reach::Surely, Some(_)) => {
                may_be_deleted = false;
                changed(&mut request, visit).replace(cookie.name(), cookie.value());
            }
            (Reach::Surely, None) | (Reach::Not, _) => {}
        }
    }
    let renewed = request.map(|request| visit.with_request(request));
    if may_be_deleted {
        return Some(Box::new(renewed.as_ref().unwrap_or(visit).without_grants()));
    }
    renewed.map(Box::new)
}

/// Returns `true` if a line has a part in what the device's choice is after the response: it replaces a
/// cookie in a response that changes the choice, or without its cookie there would be another choice.
pub(super) fn says_choice(before: &Visit, after: &Visit, line: &SetCookie<'_>) -> bool {
    let without_it = || {
        let mut request = after.request().clone();
        request.delete(line.name());
        after.with_request(request)
    };
    let is_after = |visit: &Visit| visit.device().says_the_same_as(after.device());
    let replaces = after.policy().reach(line) == Reach::Surely;
    replaces && !(is_after(before) && is_after(&without_it()))
}

/// Returns `true` if the registry prohibits a cookie, even if a source would read the choice from it.
fn is_prohibited(policy: &Policy, cookie: &SetCookie<'_>) -> bool {
    let rule = policy.registry().lookup(cookie.request_name());
    rule.is_some_and(|rule| rule.basis == Basis::Prohibited)
}

fn changed<'r>(request: &'r mut Option<RequestHeaders>, visit: &Visit) -> &'r mut RequestHeaders {
    request.get_or_insert_with(|| visit.request().clone())
}
