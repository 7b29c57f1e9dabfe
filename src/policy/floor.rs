//! What a line that passes is to have at least (R21).

use crate::policy::judge::{Judge, Judgement};
use crate::registry::MaxLifetime;
use crate::report::{KeepReason, Verdict};
use crate::set_cookie::{Edit, Floor, SetCookie};

impl Judge<'_> {
    /// What becomes of a line that was judged.
    pub(super) fn edit(&self, line: &[u8], judgement: &Judgement<'_>) -> Edit {
        judgement.verdict.edit().raising(self.missing(line, judgement))
    }

    /// The attributes that a line lacks under its rule. Deletions pass as they are (R4): over plain
    /// HTTP a browser would ignore one that says `Secure`, and a logout has to log out.
    pub(super) fn missing(&self, line: &[u8], judgement: &Judgement<'_>) -> Floor {
        let floor = judgement.rule.map_or(Floor::default(), |rule| rule.floor);
        if floor.is_empty() || !passes(judgement.verdict) {
            return Floor::default();
        }
        let cookie = SetCookie::parse(line);
        let missing = floor.missing_in(&cookie);
        if missing.is_empty() || self.served.lifetime(&cookie).is_proven_deletion() {
            return Floor::default();
        }
        missing
    }
}

/// Whether a line leaves as something else than a deletion, as far as its verdict says.
fn passes(verdict: Verdict) -> bool {
    match verdict {
        Verdict::Keep { reason } => reason != KeepReason::Deletion,
        Verdict::Cap { to, .. } => to != MaxLifetime::Seconds(0),
        Verdict::Strip { .. } => false,
    }
}
