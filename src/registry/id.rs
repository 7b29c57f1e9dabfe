//! Numbers for what a visitor can grant or refuse.

/// A category or a service of one registry: categories first, then services, in one numbering, so
/// that a set of them is a set of small numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id(u32);

impl Id {
    /// The number of a category or service. No registry is built with more of them than there are
    /// numbers.
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its place among [`Registry::ids`](crate::registry::Registry::ids).
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}
