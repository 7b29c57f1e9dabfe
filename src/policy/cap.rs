//! Shortens what may pass and would live too long (R10), and judges deletions that may not pass (R4).

use crate::registry::MaxLifetime;
use crate::report::{CapReason, KeepReason, Ruling, StripReason};
use crate::set_cookie::Lifetime;

/// R10, for a line that may pass: its lifetime is only read if the registry caps it.
#[inline]
pub(super) fn capped(
    cap: Option<MaxLifetime>,
    lifetime: impl FnOnce() -> Lifetime,
    reason: KeepReason,
) -> Ruling {
    let keep = Ruling::Keep(reason);
    let Some(cap) = cap else { return keep };
    match (lifetime(), cap) {
        (Lifetime::Session, _) => keep,
        (Lifetime::Proven(0), _) => Ruling::Keep(KeepReason::Deletion),
        (Lifetime::Unproven { estimate: Some(0), .. }, _) => UNPROVEN_DELETION,
        (
            Lifetime::Proven(longest) | Lifetime::Unproven { longest: Some(longest), .. },
            MaxLifetime::Seconds(most),
        ) if longest <= most => keep,
        (Lifetime::Proven(_), to) => Ruling::Cap(CapReason::TooLong, to),
        (Lifetime::Unproven { estimate, .. }, cap) => {
            let to = estimate.map_or(MaxLifetime::Session, MaxLifetime::Seconds).min(cap);
            Ruling::Cap(CapReason::Unproven, to)
        }
    }
}

/// R4, for a line that may not pass: a deletion does nonetheless, and one that only some browsers
/// take for a deletion becomes one for all.
#[inline]
pub(super) fn refused(lifetime: Lifetime, reason: StripReason) -> Ruling {
    if lifetime.is_proven_deletion() {
        Ruling::Keep(KeepReason::Deletion)
    } else if lifetime.is_unproven_deletion() {
        UNPROVEN_DELETION
    } else {
        Ruling::Strip(reason)
    }
}

/// A line that only some browsers take for a deletion becomes one for all.
const UNPROVEN_DELETION: Ruling = Ruling::Cap(CapReason::UnprovenDeletion, MaxLifetime::Seconds(0));
