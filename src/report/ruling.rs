//! A verdict as it is kept until somebody asks for it.

use crate::registry::MaxLifetime;
use crate::report::verdict::{CapReason, KeepReason, StripReason, Verdict};
use crate::set_cookie::{Edit, Floor, Lifetime};

/// A [`Verdict`] without the lifetime that the line asked for, which a report reads from the line's
/// attributes when somebody looks. A ruling takes a third of the memory, and one is moved for each
/// line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    Keep(KeepReason),
    /// The line leaves with this lifetime.
    Cap(CapReason, MaxLifetime),
    Strip(StripReason),
}

impl Ruling {
    /// Returns the verdict on a line that asks for a lifetime, which is read if the verdict tells it.
    pub(crate) fn verdict(self, asked: impl FnOnce() -> Lifetime) -> Verdict {
        match self {
            Ruling::Keep(reason) => Verdict::Keep { reason },
            Ruling::Cap(reason, to) => Verdict::Cap { reason, from: asked(), to },
            Ruling::Strip(reason) => Verdict::Strip { reason },
        }
    }

    /// Returns `true` if the line passes with the lifetime it asked for.
    pub(crate) fn is_keep(self) -> bool {
        matches!(self, Ruling::Keep(_))
    }

    /// Returns what is done to a line that lacks these attributes, where the policy is enforced.
    pub(crate) fn edit(self, missing: Floor) -> Edit {
        let edit = match self {
            Ruling::Keep(_) => Edit::Keep,
            Ruling::Cap(_, to) => Edit::ReplaceLifetime(to),
            Ruling::Strip(_) => Edit::Strip,
        };
        edit.raising(missing)
    }
}
