//! The four purposes that CMPs' categories usually have.

use crate::registry::{Id, Registry};

/// What an id of a CMP usually means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usual {
    Necessary,
    Functional,
    Analytics,
    Marketing,
}

impl Usual {
    /// The names under which registries have it.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Necessary => &["necessary", "essential"],
            Self::Functional => &["functional", "preferences", "functionality"],
            Self::Analytics => &["analytics", "statistics", "performance", "measurement"],
            Self::Marketing => &["marketing", "advertising", "ads", "targeting"],
        }
    }

    /// The registry's category or service for it, by the first of its names that there is.
    pub(crate) fn id(self, registry: &Registry) -> Option<Id> {
        self.names().iter().find_map(|name| registry.id(name))
    }
}

/// For CMPs whose ids are the site's own.
pub(crate) fn none(_: &str) -> Option<Usual> {
    None
}
