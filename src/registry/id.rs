//! Numbers for what a visitor can grant or refuse.

/// A category or a service of one registry: categories first, then services, in one numbering, so
/// that a set of them is a set of small numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id(u32);

impl Id {
    /// `None` where a registry has more than `u32::MAX` categories and services.
    pub(crate) fn new(index: usize) -> Option<Self> {
        u32::try_from(index).ok().map(Self)
    }

    /// The number of a place in a registry whose ids were all given by [`new`](Self::new).
    pub(crate) fn from_checked(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its place among [`Registry::ids`](crate::registry::frozen::Registry::ids).
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}
