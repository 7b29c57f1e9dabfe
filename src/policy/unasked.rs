//! The deletions that a policy adds by itself (R19, R20).

use crate::policy::sweep::prepared::Prepared;
use crate::registry::Registry;
use crate::set_cookie::{Floor, prefix};

/// What a policy deletes that nobody asks it to.
#[derive(Clone, Default)]
pub(super) struct Unasked {
    /// The application's deletions that may need another one behind them.
    pub(super) follow: Option<Follow>,
    /// What a policy that sweeps has prepared for it.
    pub(super) sweep: Option<Prepared>,
}

/// The deletions of a policy that others may have to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// Those of cookies whose names demand attributes.
    Names,
    /// Those as well of cookies that a floor puts elsewhere.
    Places,
}

impl Follow {
    /// `None` if no registry's cookies are like that.
    pub(super) fn of(registry: &Registry) -> Option<Self> {
        let undeclared = registry.undeclared_rule().map(|rule| rule.floor);
        let mut floors = registry.declarations().map(|it| it.floor()).chain(undeclared);
        let mut names = registry.declarations().map(|it| it.name());
        if floors.any(Floor::is_of_place) {
            Some(Follow::Places)
        } else {
            let may_demand = |name: &str| prefix::may_demand_secure(name.as_bytes());
            names.any(may_demand).then_some(Follow::Names)
        }
    }
}
