//! A set of small numbers that does not allocate while they stay below 64.

/// A set whose size in bits grows with its largest member.
#[derive(Clone, Debug, Default)]
pub(crate) struct BitSet {
    inline: u64,
    /// Members from [`INLINE`] on, 64 to a word.
    spilled: Box<[u64]>,
}

const INLINE: usize = u64::BITS as usize;

impl BitSet {
    pub(crate) fn insert(&mut self, member: usize) {
        let Some((word, bit)) = spill(member) else {
            self.inline |= 1 << member;
            return;
        };
        if self.spilled.len() <= word {
            self.grow(word + 1);
        }
        self.spilled[word] |= bit;
    }

    pub(crate) fn remove(&mut self, member: usize) {
        match spill(member) {
            None => self.inline &= !(1 << member),
            Some((word, bit)) => {
                if let Some(word) = self.spilled.get_mut(word) {
                    *word &= !bit;
                }
            }
        }
    }

    pub(crate) fn contains(&self, member: usize) -> bool {
        match spill(member) {
            None => self.inline & (1 << member) != 0,
            Some((word, bit)) => self.spilled.get(word).is_some_and(|word| word & bit != 0),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.inline == 0 && self.spilled.iter().all(|&word| word == 0)
    }

    pub(crate) fn len(&self) -> usize {
        let spilled: u32 = self.spilled.iter().map(|word| word.count_ones()).sum();
        (self.inline.count_ones() + spilled) as usize
    }

    /// Removes the members that `other` does not have.
    pub(crate) fn intersect(&mut self, other: &BitSet) {
        self.inline &= other.inline;
        for (at, word) in self.spilled.iter_mut().enumerate() {
            *word &= other.spilled.get(at).copied().unwrap_or(0);
        }
    }

    /// Removes the members that `other` has.
    pub(crate) fn subtract(&mut self, other: &BitSet) {
        self.inline &= !other.inline;
        for (word, other) in self.spilled.iter_mut().zip(&other.spilled) {
            *word &= !other;
        }
    }

    /// Adds the members of `other`.
    pub(crate) fn unite(&mut self, other: &BitSet) {
        self.inline |= other.inline;
        if self.spilled.len() < other.spilled.len() {
            self.grow(other.spilled.len());
        }
        for (word, other) in self.spilled.iter_mut().zip(&other.spilled) {
            *word |= other;
        }
    }

    #[cold]
    fn grow(&mut self, words: usize) {
        let mut spilled = std::mem::take(&mut self.spilled).into_vec();
        // The size is doubled, so that many insertions in ascending order take linear time.
        spilled.resize(words.next_power_of_two(), 0);
        self.spilled = spilled.into();
    }
}

/// Returns the word and the bit of a member that does not fit inline.
fn spill(member: usize) -> Option<(usize, u64)> {
    let beyond = member.checked_sub(INLINE)?;
    Some((beyond / 64, 1 << (beyond % 64)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn bits(members: &BTreeSet<usize>) -> BitSet {
        let mut bits = BitSet::default();
        for &member in members {
            bits.insert(member);
        }
        bits
    }

    fn members(bits: &BitSet) -> BTreeSet<usize> {
        (0..600).filter(|&m| bits.contains(m)).collect()
    }

    proptest! {
        #[test]
        fn behaves_like_a_set(a: BTreeSet<u8>, b: BTreeSet<u8>, gone: u8) {
            // Doubled, so that members fall on both sides of the inline bound.
            let a: BTreeSet<usize> = a.into_iter().map(|m| usize::from(m) * 2).collect();
            let b: BTreeSet<usize> = b.into_iter().map(|m| usize::from(m) * 2).collect();
            let gone = usize::from(gone) * 2;

            let mut got = bits(&a);
            prop_assert_eq!(got.len(), a.len());
            prop_assert_eq!(got.is_empty(), a.is_empty());
            got.remove(gone);
            prop_assert_eq!(members(&got), a.iter().copied().filter(|&m| m != gone).collect());

            let mut got = bits(&a);
            got.intersect(&bits(&b));
            prop_assert_eq!(members(&got), a.intersection(&b).copied().collect());

            let mut got = bits(&a);
            got.subtract(&bits(&b));
            prop_assert_eq!(members(&got), a.difference(&b).copied().collect());

            let mut got = bits(&a);
            got.unite(&bits(&b));
            prop_assert_eq!(members(&got), a.union(&b).copied().collect());
        }
    }
}
