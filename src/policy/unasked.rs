//! The deletions that a policy adds by itself (R19, R20).

use crate::policy::sweep::prepared::Prepared;

/// What a policy deletes that nobody asks it to.
#[derive(Clone, Default)]
pub(super) struct Unasked {
    /// Is `true` if some deletions of the application's need another one behind them.
    pub(super) follows: bool,
    /// What a policy that sweeps has prepared for it.
    pub(super) sweep: Option<Prepared>,
}
