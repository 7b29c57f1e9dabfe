//! Shortens what may pass and would live too long (R10), and judges deletions that may not pass (R4).

use crate::registry::MaxLifetime;
use crate::report::{CapReason, KeepReason, StripReason, Verdict};
use crate::set_cookie::Lifetime;

/// R10, for a line that may pass: its lifetime is only read if the registry caps it.
#[inline]
pub(super) fn capped(
    cap: Option<MaxLifetime>,
    lifetime: impl FnOnce() -> Lifetime,
    reason: KeepReason,
) -> Verdict {
    let keep = Verdict::Keep { reason };
    let Some(cap) = cap else { return keep };
    let lifetime = lifetime();
    match (lifetime, cap) {
        (Lifetime::Session, _) => keep,
        (Lifetime::Proven(0), _) => Verdict::Keep { reason: KeepReason::Deletion },
        (Lifetime::Unproven { estimate: Some(0), .. }, _) => unproven_deletion(lifetime),
        (
            Lifetime::Proven(longest) | Lifetime::Unproven { longest: Some(longest), .. },
            MaxLifetime::Seconds(most),
        ) if longest <= most => keep,
        (Lifetime::Proven(_), to) => {
            Verdict::Cap { reason: CapReason::TooLong, from: lifetime, to }
        }
        (Lifetime::Unproven { estimate, .. }, cap) => {
            let to = estimate.map_or(MaxLifetime::Session, MaxLifetime::Seconds).min(cap);
            Verdict::Cap { reason: CapReason::Unproven, from: lifetime, to }
        }
    }
}

/// R4, for a line that may not pass: a deletion does nonetheless, and one that only some browsers
/// take for a deletion becomes one for all.
#[inline]
pub(super) fn refused(lifetime: Lifetime, reason: StripReason) -> Verdict {
    if lifetime.is_proven_deletion() {
        Verdict::Keep { reason: KeepReason::Deletion }
    } else if lifetime.is_unproven_deletion() {
        unproven_deletion(lifetime)
    } else {
        Verdict::Strip { reason }
    }
}

fn unproven_deletion(from: Lifetime) -> Verdict {
    let to = MaxLifetime::Seconds(0);
    Verdict::Cap { reason: CapReason::UnprovenDeletion, from, to }
}
