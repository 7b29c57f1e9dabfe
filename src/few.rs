//! A list whose first members stay on the stack, so that what is usual allocates nothing.

use std::array;

/// So many members are kept without an allocation.
const FEW: usize = 8;

/// A list that takes memory only behind its eighth member.
pub(crate) struct Few<T> {
    first: [Option<T>; FEW],
    more: Vec<T>,
    len: usize,
}

impl<T> Few<T> {
    #[inline]
    pub(crate) fn new() -> Self {
        Few::with_capacity(0)
    }

    /// An empty list, with memory for so many members if they are more than a few.
    #[inline]
    pub(crate) fn with_capacity(members: usize) -> Self {
        let more = Vec::with_capacity(members.saturating_sub(FEW));
        Few { first: array::from_fn(|_| None), more, len: 0 }
    }

    #[inline]
    pub(crate) fn push(&mut self, member: T) {
        match self.first.get_mut(self.len) {
            Some(place) => *place = Some(member),
            None => self.more.push(member),
        }
        self.len += 1;
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        match self.first.get(at) {
            Some(place) => place.as_ref(),
            None => self.more.get(at - FEW),
        }
    }

    /// The members in their order.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().map_while(Option::as_ref).chain(&self.more)
    }

    /// The members in their order, taken out one by one, since those on the stack may be large to move.
    #[inline]
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = T> {
        self.len = 0;
        self.first.iter_mut().map_while(Option::take).chain(self.more.drain(..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_are_like_a_list() {
        let mut list = Few::with_capacity(12);
        assert!(list.is_empty());
        for number in 0..20 {
            list.push(number);
            assert_eq!(list.len(), number + 1);
            assert!(list.iter().copied().eq(0..=number));
            assert_eq!((list.get(number), list.get(number + 1)), (Some(&number), None));
        }
        assert!(list.drain().eq(0..20));
        assert!(list.is_empty() && list.iter().next().is_none());
        list.push(7);
        assert!(list.drain().eq([7]));
    }
}
