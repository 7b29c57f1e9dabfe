//! What a line that passes is to have at least (R21).

use crate::policy::judge::{Judge, Line};
use crate::registry::{MaxLifetime, Rule};
use crate::report::{KeepReason, Verdict};
use crate::set_cookie::Floor;

impl Judge<'_> {
    /// The attributes that a line lacks under its rule. Deletions pass as they are (R4): over plain
    /// HTTP a browser would ignore one that says `Secure`, and a logout has to log out.
    pub(super) fn missing(&self, line: &Line<'_>, verdict: Verdict, rule: Option<&Rule>) -> Floor {
        let floor = rule.map_or(Floor::default(), |rule| rule.floor);
        if floor.is_empty() || !passes(verdict) {
            return Floor::default();
        }
        let missing = floor.missing_in(&line.cookie);
        if missing.is_empty() || line.lifetime(&self.served).is_proven_deletion() {
            return Floor::default();
        }
        missing
    }
}

/// Returns `true` if a line leaves as something else than a deletion, as far as its verdict says.
fn passes(verdict: Verdict) -> bool {
    match verdict {
        Verdict::Keep { reason } => reason != KeepReason::Deletion,
        Verdict::Cap { to, .. } => to != MaxLifetime::Seconds(0),
        Verdict::Strip { .. } => false,
    }
}
