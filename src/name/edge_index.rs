//! Many literals looked for at one end of a name.

use std::collections::HashMap;
use std::fmt;

use foldhash::fast::FixedState;

/// Literals that a name must start with, or all that it must end with, each with the rank of the
/// pattern it stands for.
///
/// A literal is found by its hash. Which lengths are worth a hash for a name, its outermost bytes
/// tell: so the cost follows neither the number of literals nor, but for chance, their lengths.
pub(crate) struct EdgeIndex {
    edge: Edge,
    ranks: HashMap<Box<[u8]>, Vec<u32>, FixedState>,
    /// By a hash of the outermost bytes: bit `n` for literals of `n` bytes. A power of two.
    lengths: Box<[u64]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Start,
    End,
}

/// Longer literals are filed under their outermost bytes; the pattern itself says the rest.
const LONGEST: usize = 63;

/// How many outermost bytes tell the lengths; a shorter literal has only itself.
const TELLING: usize = 3;

impl EdgeIndex {
    /// `None` where there is nothing to find: then nothing is searched either.
    pub(crate) fn new(edge: Edge, literals: &[(&[u8], u32)]) -> Option<Self> {
        if literals.is_empty() {
            return None;
        }
        let slots = (4 * literals.len()).next_power_of_two();
        let mut index =
            EdgeIndex { edge, ranks: HashMap::default(), lengths: vec![0; slots].into() };
        for (literal, rank) in literals {
            let literal = edge.of(literal, literal.len().min(LONGEST));
            let telling = 0..literal.len().min(TELLING);
            let told = telling.fold(0, |told, nth| tell(told, edge.nth(literal, nth)));
            index.lengths[slot(told, slots)] |= 1 << literal.len();
            index.ranks.entry(literal.into()).or_default().push(*rank);
        }
        Some(index)
    }

    /// Calls `found` with the rank of each literal at this end of the name.
    #[inline]
    pub(crate) fn search(&self, name: &[u8], mut found: impl FnMut(u32)) {
        let mut lengths = 0;
        let mut told = 0;
        for nth in 0..name.len().min(TELLING) {
            told = tell(told, self.edge.nth(name, nth));
            // Shorter literals are told by all their bytes, longer ones by this many.
            let these = if nth + 1 == TELLING { u64::MAX << TELLING } else { 2 << nth };
            lengths |= these & self.lengths[slot(told, self.lengths.len())];
        }
        lengths &= u64::MAX >> (LONGEST - name.len().min(LONGEST));
        // The longest first: they make the strongest patterns, which save looking at others.
        while let Some(length) = lengths.checked_ilog2() {
            lengths ^= 1 << length;
            if let Some(ranks) = self.ranks.get(self.edge.of(name, length as usize)) {
                ranks.iter().copied().for_each(&mut found);
            }
        }
    }
}

impl Edge {
    /// So many outermost bytes.
    fn of(self, bytes: &[u8], length: usize) -> &[u8] {
        match self {
            Edge::Start => &bytes[..length],
            Edge::End => &bytes[bytes.len() - length..],
        }
    }

    /// The byte so far from this end.
    fn nth(self, bytes: &[u8], nth: usize) -> u8 {
        match self {
            Edge::Start => bytes[nth],
            Edge::End => bytes[bytes.len() - 1 - nth],
        }
    }
}

/// Up to three outermost bytes as one number, one more at a time.
fn tell(told: u32, byte: u8) -> u32 {
    told << 8 | u32::from(byte)
}

/// Spreads such a number over so many slots, a power of two.
fn slot(told: u32, slots: usize) -> usize {
    let spread = told.wrapping_mul(0x9e37_79b1);
    (spread >> 15) as usize & (slots - 1)
}

impl fmt::Debug for EdgeIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EdgeIndex").field("literals", &self.ranks.len()).finish_non_exhaustive()
    }
}
