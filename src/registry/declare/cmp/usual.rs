//! The purposes that the ids of CMPs usually have.

use std::cmp::Ordering;

#[cfg(feature = "cmp")]
use crate::registry::id::Id;

/// The usual purpose of an id of a CMP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usual {
    Necessary,
    Functional,
    Analytics,
    Marketing,
    /// An objection to marketing, by which a visitor can refuse but never consent.
    OptOut,
}

impl Usual {
    /// Every purpose, in the order in which they are declared.
    #[cfg(feature = "cmp")]
    const ALL: [Self; 5] =
        [Self::Necessary, Self::Functional, Self::Analytics, Self::Marketing, Self::OptOut];

    /// Returns the purpose for which this is a usual name in registries.
    pub(crate) fn named(id: &str) -> Option<Self> {
        let purposes = [Self::Necessary, Self::Functional, Self::Analytics, Self::Marketing];
        purposes.into_iter().find(|purpose| has(purpose.names(), id))
    }

    /// Returns the names that registries give to this purpose, the most usual first.
    pub(crate) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Necessary => &["necessary", "essential"],
            Self::Functional => &["functional", "preferences", "functionality"],
            Self::Analytics => &["analytics", "statistics", "performance", "measurement"],
            Self::Marketing => &["marketing", "advertising", "ads", "targeting"],
            Self::OptOut => &[
                "marketing",
                "advertising",
                "ads",
                "targeting",
                "sale",
                "sharing",
                "targeted_advertising",
            ],
        }
    }
}

/// The category or service that each purpose leads to in one registry.
#[cfg(feature = "cmp")]
#[derive(Clone, Debug)]
pub(crate) struct Purposes([Option<Id>; Usual::ALL.len()]);

#[cfg(feature = "cmp")]
impl Purposes {
    /// Looks each up by the first of its names that there is.
    pub(crate) fn of(id: impl Fn(&str) -> Option<Id>) -> Self {
        Purposes(Usual::ALL.map(|usual| usual.names().iter().find_map(|name| id(name))))
    }

    /// Returns the category or service for a purpose; `None` if there is none.
    pub(crate) fn id(&self, usual: Usual) -> Option<Id> {
        self.0[usual as usize]
    }
}

/// Returns whether an id is in a list, which is sorted by [length](by_length) if it is long. In a short one, a look at
/// each is quicker than a search.
#[inline]
pub(super) fn has(ids: &[&str], id: &str) -> bool {
    // Most of the same length end otherwise, so that their other bytes need not be compared.
    let is_same = |it: &&str| {
        it.len() == id.len() && it.as_bytes().last() == id.as_bytes().last() && **it == *id
    };
    if ids.len() < 8 {
        ids.iter().any(is_same)
    } else {
        ids.binary_search_by(|it| by_length(it, id)).is_ok()
    }
}

/// An order in which most ids are told apart by their lengths, without a look at their bytes.
pub(super) fn by_length(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}
