//! Finds which of many literals a name starts with, or ends with.

use std::collections::HashMap;
use std::fmt;

use foldhash::fast::FixedState;

/// Literals for one edge of a name, each with the rank of its pattern.
///
/// A literal is found by its hash, and the name is hashed once for each length that a literal at
/// its edge may have. The outermost bytes tell these lengths, so that the cost follows neither the
/// number of literals nor, but for chance, the number of their lengths. (One word of all lengths
/// in place of the table makes a registry of 2,244 real names four times as dear.)
#[derive(Clone)]
pub(crate) struct EdgeIndex {
    edge: Edge,
    ranks: HashMap<Box<[u8]>, Vec<u32>, FixedState>,
    /// The lengths of the literals whose outermost bytes share a slot: bit `n` for `n` bytes.
    lengths: Box<[u64]>,
    /// A 32-bit hash that is shifted right by this is the number of a slot.
    shift: u32,
}

/// The edge of a name at which a literal must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Start,
    End,
}

/// A longer literal is filed under so many outermost bytes, and its pattern checks the others.
const LONGEST: usize = 63;

impl EdgeIndex {
    /// Returns `None` where there are no literals: then nothing has to be searched.
    pub(crate) fn new(edge: Edge, literals: &[(&[u8], u32)]) -> Option<Self> {
        if literals.is_empty() {
            return None;
        }
        let slots = (4 * literals.len()).next_power_of_two();
        let shift = u32::BITS - slots.trailing_zeros();
        let mut index =
            Self { edge, ranks: HashMap::default(), lengths: vec![0; slots].into(), shift };
        for (literal, rank) in literals {
            let literal = edge.outermost(literal, literal.len().min(LONGEST));
            let [one, two, three] = edge.keys(literal);
            let key = match literal.len() {
                1 => one,
                2 => two,
                _ => three,
            };
            index.lengths[slot(key, shift)] |= 1 << literal.len();
            index.ranks.entry(literal.into()).or_default().push(*rank);
        }
        Some(index)
    }

    /// Calls `found` with the rank of each literal that stands at this edge of the name.
    #[inline]
    pub(crate) fn search(&self, name: &[u8], mut found: impl FnMut(u32)) {
        let lengths = |key| self.lengths[slot(key, self.shift)];
        let [one, two, three] = self.edge.keys(name).map(lengths);
        // All else in a slot is there by chance.
        let mut lengths = one & 0b10 | two & 0b100 | three & !0b111;
        lengths &= u64::MAX >> (LONGEST - name.len().min(LONGEST));
        // The longest first: they make the strongest patterns, which save looking at others.
        while let Some(length) = lengths.checked_ilog2() {
            lengths ^= 1 << length;
            if let Some(ranks) = self.ranks.get(self.edge.outermost(name, length as usize)) {
                ranks.iter().copied().for_each(&mut found);
            }
        }
    }
}

impl Edge {
    fn outermost(self, bytes: &[u8], length: usize) -> &[u8] {
        match self {
            Edge::Start => &bytes[..length],
            Edge::End => &bytes[bytes.len() - length..],
        }
    }

    /// Returns the outermost byte, the outermost two, and the outermost three, as a number each.
    #[inline]
    fn keys(self, bytes: &[u8]) -> [u32; 3] {
        let [a, b, c] = match (self, bytes) {
            (Edge::Start, [a, b, c, ..]) | (Edge::End, [.., c, b, a]) => [*a, *b, *c],
            (Edge::Start, [a, b]) | (Edge::End, [b, a]) => [*a, *b, 0],
            (_, [a]) => [*a, 0, 0],
            (_, []) => [0, 0, 0],
        };
        let key = u32::from_be_bytes([a, b, c, 0]);
        [key & 0xff00_0000, key & 0xffff_0000, key]
    }
}

/// Spreads keys over slots, by Fibonacci hashing.
fn slot(key: u32, shift: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> shift) as usize
}

impl fmt::Debug for EdgeIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EdgeIndex").field("literals", &self.ranks.len()).finish_non_exhaustive()
    }
}
