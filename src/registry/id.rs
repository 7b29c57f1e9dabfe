//! Numbers for the categories and services that a visitor can grant or refuse.

/// The number of a category or a service of one registry. Categories come first, then services, so
/// that a set of both is a set of small numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id(u32);

impl Id {
    /// Makes the id of the category or service at this index. No registry is built with more of
    /// them than there are numbers.
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Returns its index among [`Registry::ids`](crate::registry::Registry::ids).
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}
