//! The attributes that a passing line has at least (R21).

use crate::policy::judge::{Judge, Judgement};
use crate::registry::{MaxLifetime, Rule};
use crate::report::{KeepReason, Ruling};
use crate::set_cookie::{Floor, SetCookie};

impl Judge<'_> {
    /// The attributes that a line lacks under its rule. Deletions pass as they are (R4): over plain
    /// HTTP a browser would ignore one that says `Secure`, and a logout has to log out.
    #[inline]
    pub(super) fn missing(
        &self,
        line: &SetCookie<'_>,
        ruling: Ruling,
        rule: Option<&Rule>,
    ) -> Floor {
        match rule {
            Some(rule) if !rule.floor.is_empty() && passes(ruling) => self.missing_of(line, rule),
            _ => Floor::default(),
        }
    }

    /// [`missing`](Self::missing) of a line that leaves as something else than a deletion, as far as its
    /// ruling says.
    fn missing_of(&self, line: &SetCookie<'_>, rule: &Rule) -> Floor {
        let missing = rule.floor.missing_in(line);
        if missing.is_empty() || self.is_kept_deletion(line, rule) {
            Floor::default()
        } else {
            missing
        }
    }

    /// Returns `true` if a line that passes is a deletion that its ruling does not tell from all else, since there
    /// is no cap.
    fn is_kept_deletion(&self, line: &SetCookie<'_>, rule: &Rule) -> bool {
        rule.cap.is_none() && self.served.lifetime_under(line, Some(rule)).is_proven_deletion()
    }

    /// Returns `true` if a line leaves and sets a cookie.
    pub(super) fn leaves_set(&self, line: &SetCookie<'_>, judgement: &Judgement<'_>) -> bool {
        let is_kept_deletion =
            || judgement.rule.is_some_and(|rule| self.is_kept_deletion(line, rule));
        passes(judgement.ruling) && !is_kept_deletion()
    }
}

/// Returns `true` if a line leaves as something else than a deletion, as far as its ruling says.
fn passes(ruling: Ruling) -> bool {
    match ruling {
        Ruling::Keep(reason) => reason != KeepReason::Deletion,
        Ruling::Cap(_, to) => to != MaxLifetime::Seconds(0),
        Ruling::Strip(_) => false,
    }
}
