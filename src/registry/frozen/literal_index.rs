//! Many literals searched for in one pass.

use std::fmt;

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, BuildError};

/// Literals, each with the rank of the pattern it stands for.
pub(crate) struct LiteralIndex {
    automaton: NFA,
    /// By the automaton's number of the literal.
    ranks: Box<[u32]>,
    anchored: Anchored,
}

impl LiteralIndex {
    /// An index of literals that must start where the search does.
    ///
    /// # Errors
    ///
    /// When the automaton would need more states than it can number.
    pub(crate) fn anchored(literals: &[(Vec<u8>, u32)]) -> Result<Option<Self>, BuildError> {
        Self::new(literals, Anchored::Yes)
    }

    /// An index of literals found anywhere.
    ///
    /// # Errors
    ///
    /// As for [`anchored`](Self::anchored).
    pub(crate) fn anywhere(literals: &[(Vec<u8>, u32)]) -> Result<Option<Self>, BuildError> {
        Self::new(literals, Anchored::No)
    }

    /// `None` where there is nothing to find: then nothing is searched either.
    fn new(literals: &[(Vec<u8>, u32)], anchored: Anchored) -> Result<Option<Self>, BuildError> {
        if literals.is_empty() {
            return Ok(None);
        }
        // One step per byte, as far as the names of thousands of patterns take to part, instead of
        // a search among branches: so that their number does not show.
        let automaton = NFA::builder()
            .prefilter(false)
            .dense_depth(4)
            .build(literals.iter().map(|(literal, _)| literal))?;
        let ranks = literals.iter().map(|(_, rank)| *rank).collect();
        Ok(Some(Self { automaton, ranks, anchored }))
    }

    /// Calls `found` with the rank of each literal that occurs in `bytes`; for an index that is
    /// not anchored, once for each occurrence.
    #[inline]
    pub(crate) fn search<'n>(
        &self,
        bytes: impl Iterator<Item = &'n u8>,
        mut found: impl FnMut(u32),
    ) {
        // Both kinds of start are built, so there is no error to come.
        let Ok(mut state) = self.automaton.start_state(self.anchored) else {
            return;
        };
        for (at, byte) in bytes.enumerate() {
            state = self.automaton.next_state(self.anchored, state, *byte);
            if !self.automaton.is_special(state) {
                continue;
            }
            if self.automaton.is_dead(state) {
                return;
            }
            if self.automaton.is_match(state) {
                for index in 0..self.automaton.match_len(state) {
                    let literal = self.automaton.match_pattern(state, index);
                    // A state also lists the literals that end here and started later.
                    if self.anchored.is_anchored() && self.automaton.pattern_len(literal) != at + 1
                    {
                        continue;
                    }
                    found(self.ranks[literal.as_usize()]);
                }
            }
        }
    }
}

impl fmt::Debug for LiteralIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiteralIndex").field("literals", &self.ranks.len()).finish_non_exhaustive()
    }
}
