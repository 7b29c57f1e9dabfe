//! Lists that are sorted, so that something is found in them without a hash of it.

use std::borrow::Borrow;

use crate::cmp::json::{Cursor, FromJson};

/// A sorted list, in which nothing is twice.
pub(crate) struct Sorted<T>(Vec<T>);

impl<T: Ord> Sorted<T> {
    pub(crate) fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.binary_search_by(|it| it.borrow().cmp(item)).is_ok()
    }

    /// Leaves what the other list has, too.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        self.0.retain(|item| other.contains(item));
        self
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Ord> From<Vec<T>> for Sorted<T> {
    fn from(mut items: Vec<T>) -> Self {
        items.sort_unstable();
        items.dedup();
        Sorted(items)
    }
}

impl<T: Ord> FromIterator<T> for Sorted<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<'a, T: Ord + FromJson<'a>> FromJson<'a> for Sorted<T> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        Vec::from_json(json).map(Sorted::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_what_all_lists_have() {
        let list = |text: &'static str| text.split(' ').collect::<Sorted<_>>();
        for (one, other, want) in
            [("b a b", "a b", &["a", "b"][..]), ("c a b", "b d c", &["b", "c"]), ("a", "b", &[])]
        {
            let both = list(one).and(&list(other));
            assert_eq!(both.iter().copied().collect::<Vec<_>>(), want, "{one} and {other}");
            assert_eq!(both.is_empty(), want.is_empty());
            assert!(want.iter().all(|item| both.contains(item)) && !both.contains(&"x"));
        }
    }
}
