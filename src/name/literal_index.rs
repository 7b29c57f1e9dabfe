//! Many literals searched for in one pass.

use std::fmt;

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, BuildError};

/// Literals found anywhere, each with the rank of the pattern it stands for.
pub(crate) struct LiteralIndex {
    automaton: NFA,
    /// By the automaton's number of the literal.
    ranks: Box<[u32]>,
}

impl LiteralIndex {
    /// `None` where there is nothing to find: then nothing is searched either.
    ///
    /// # Errors
    ///
    /// When the automaton would need more states than it can number.
    pub(crate) fn new(literals: &[(&[u8], u32)]) -> Result<Option<Self>, BuildError> {
        if literals.is_empty() {
            return Ok(None);
        }
        let automaton =
            NFA::builder().prefilter(false).build(literals.iter().map(|(literal, _)| literal))?;
        let ranks = literals.iter().map(|(_, rank)| *rank).collect();
        Ok(Some(Self { automaton, ranks }))
    }

    /// Calls `found` with the rank of each literal that occurs in `bytes`, once for each
    /// occurrence.
    #[inline]
    pub(crate) fn search(&self, bytes: &[u8], mut found: impl FnMut(u32)) {
        // Both kinds of start are built, so there is no error to come.
        let Ok(mut state) = self.automaton.start_state(Anchored::No) else { return };
        for byte in bytes {
            state = self.automaton.next_state(Anchored::No, state, *byte);
            if self.automaton.is_special(state) && self.automaton.is_match(state) {
                for index in 0..self.automaton.match_len(state) {
                    let literal = self.automaton.match_pattern(state, index);
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
