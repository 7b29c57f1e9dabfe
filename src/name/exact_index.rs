//! Finds the number of a name among names that are known beforehand.

use std::fmt;

/// Names, each with a number.
///
/// The names are the site's own, and what comes from the network is only searched for. So they alone decide
/// how many slots a search may have to look at, and a fixed hash opens no door. Most names are short
/// enough to be told by their edges: that takes a third of what hashing and comparing them byte by byte does in
/// a general map, where these searches were a fifth of what it takes to filter a request.
#[derive(Clone)]
pub(crate) struct ExactIndex {
    /// At least four times as many as there are names, and a power of two. In the slot of a name's hash, or in
    /// the next one that was free, is its place in the list; in a free slot is [`FREE`].
    slots: Box<[u32]>,
    names: Box<[Name]>,
    /// A 32-bit hash that is shifted right by this is the number of a slot.
    shift: u32,
}

#[derive(Clone)]
struct Name {
    edges: Edges,
    number: u32,
    whole: Box<[u8]>,
}

/// The outermost bytes of a name, up to eight at each edge, and its length in bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Edges {
    start: u64,
    end: u64,
    length: usize,
}

/// The place of no name.
const FREE: u32 = u32::MAX;

impl ExactIndex {
    /// Makes an index of names with their numbers. No name comes twice.
    pub(crate) fn new(names: impl Iterator<Item = (Box<[u8]>, u32)>) -> Self {
        let name =
            |(whole, number): (Box<[u8]>, u32)| Name { edges: Edges::of(&whole), number, whole };
        let names: Box<[Name]> = names.map(name).collect();
        let slots = (4 * names.len()).next_power_of_two().max(2);
        let shift = u32::BITS - slots.trailing_zeros();
        let mut index = ExactIndex { slots: vec![FREE; slots].into(), names, shift };
        for (place, name) in (0..).zip(&index.names) {
            let hash = if name.edges.tell_all() { name.edges.hash() } else { hash(&name.whole) };
            let mut slot = index.slot(hash);
            while index.slots[slot] != FREE {
                slot = index.behind(slot);
            }
            index.slots[slot] = place;
        }
        index
    }

    /// Finds the number of a name.
    #[inline]
    pub(crate) fn find(&self, name: &[u8]) -> Option<u32> {
        if self.names.is_empty() {
            return None;
        }
        let edges = Edges::of(name);
        if !edges.tell_all() {
            return self.find_long(name);
        }
        self.search(edges.hash(), |found| found.edges == edges)
    }

    /// [`find`](Self::find) of a name whose edges do not tell all of it.
    #[inline(never)]
    fn find_long(&self, name: &[u8]) -> Option<u32> {
        self.search(hash(name), |found| *found.whole == *name)
    }

    /// The number of the name of this hash that `is` the one.
    #[inline]
    fn search(&self, hash: u32, is: impl Fn(&Name) -> bool) -> Option<u32> {
        let mut slot = self.slot(hash);
        loop {
            // Some slot is free, so the search ends.
            let found = self.names.get(*self.slots.get(slot)? as usize)?;
            if is(found) {
                return Some(found.number);
            }
            slot = self.behind(slot);
        }
    }

    /// The first slot for names of this hash.
    fn slot(&self, hash: u32) -> usize {
        (hash >> self.shift) as usize
    }

    /// The slot behind one, which for the last is the first.
    fn behind(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    /// The number of names.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

impl Edges {
    #[inline]
    fn of(name: &[u8]) -> Self {
        let (start, end) = match (name.first_chunk(), name.last_chunk()) {
            (Some(start), Some(end)) => (u64::from_le_bytes(*start), u64::from_le_bytes(*end)),
            _ => match (name.first_chunk(), name.last_chunk()) {
                (Some(start), Some(end)) => {
                    (u32::from_le_bytes(*start).into(), u32::from_le_bytes(*end).into())
                }
                _ => (name.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
            },
        };
        Edges { start, end, length: name.len() }
    }

    /// Returns `true` if only one name has these edges.
    #[inline]
    fn tell_all(self) -> bool {
        self.length <= 2 * size_of::<u64>()
    }

    #[inline]
    fn hash(self) -> u32 {
        spread(self.start ^ self.end.rotate_left(u32::BITS))
    }
}

/// A hash of all of a name.
fn hash(name: &[u8]) -> u32 {
    let Edges { start, end, .. } = Edges::of(name);
    let (words, _) = name.as_chunks();
    let mixed = words.iter().fold(start ^ end, |mixed, word| {
        (mixed.rotate_left(29) ^ u64::from_le_bytes(*word)).wrapping_mul(FIBONACCI)
    });
    spread(mixed)
}

/// A hash of a word, by Fibonacci hashing: the upper bits of the product depend on all of the word.
#[inline]
fn spread(word: u64) -> u32 {
    (word.wrapping_mul(FIBONACCI) >> u32::BITS) as u32
}

const FIBONACCI: u64 = 0x9e37_79b9_7f4a_7c15;

impl fmt::Debug for ExactIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExactIndex").field("names", &self.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn index(names: &BTreeSet<String>) -> ExactIndex {
        ExactIndex::new(names.iter().map(|name| name.as_bytes().into()).zip(0..))
    }

    #[test]
    fn r5_an_index_without_names_finds_none() {
        let index = index(&BTreeSet::new());
        for name in ["", "a", "abcdefgh", "abcdefghijklmnopqrstuvwxyz"] {
            assert_eq!(index.find(name.as_bytes()), None, "{name}");
        }
    }

    proptest! {
        /// The names share most of their bytes, be they short or long.
        #[test]
        fn r5_a_name_is_found_if_it_is_there(
            names in prop::collection::btree_set("[ab]{1,9}|a{7}[ab]{0,12}b{7}|[ab]{1,40}", 0..60),
            others in prop::collection::vec("[ab]{0,9}|a{7}[ab]{0,12}b{7}|[ab]{1,40}", 20),
        ) {
            let index = index(&names);
            for name in names.iter().chain(&others) {
                let want = (0..).zip(&names).find(|(_, it)| *it == name).map(|(at, _)| at);
                prop_assert_eq!(index.find(name.as_bytes()), want, "{}", name);
            }
        }
    }

    #[test]
    fn r14_many_names_stand_near_their_slots() {
        let families = ["n", "wordpress_logged_in_", "_ga_", "session-of-"];
        let names = (0..4_000).map(|n| format!("{}{n}{}", families[n % 4], ["", "_id"][n / 2 % 2]));
        let names: BTreeSet<String> = names.collect();
        let index = index(&names);
        let (mut longest, mut taken) = (0, 0);
        for slot in index.slots.iter().chain(&index.slots) {
            taken = if *slot == FREE { 0 } else { taken + 1 };
            longest = longest.max(taken);
        }
        assert!(longest < 40, "a search may look at {longest} slots");
    }
}
