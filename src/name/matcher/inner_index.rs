//! Finds which of many literals occur anywhere in a name.

use std::fmt;

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{BuildError, Input};

/// Literals searched for in one pass, each with the rank of its pattern.
#[derive(Clone)]
pub(crate) struct InnerIndex {
    automaton: NFA,
    /// The ranks, in the order of the automaton's literals.
    ranks: Box<[u32]>,
}

impl InnerIndex {
    /// Returns `None` where there are no literals: then nothing has to be searched.
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

    /// Calls `found` with the rank of each literal in the name, once for each occurrence.
    #[inline]
    pub(crate) fn search(&self, name: &[u8], mut found: impl FnMut(u32)) {
        // Only an anchored search, which this is not, would be an error.
        for occurrence in
            self.automaton.try_find_overlapping_iter(Input::new(name)).into_iter().flatten()
        {
            found(self.ranks[occurrence.pattern().as_usize()]);
        }
    }
}

impl fmt::Debug for InnerIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InnerIndex").field("literals", &self.ranks.len()).finish_non_exhaustive()
    }
}
