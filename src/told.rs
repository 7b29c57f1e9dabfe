//! Remembers which names were logged, so that each is logged only once in a process.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The largest number of names that are remembered. Names may come from the network, and memory is
/// finite.
const MOST: usize = 100;

/// The names that were logged, of which the first 100 are remembered.
pub(crate) struct Told(Mutex<BTreeSet<Box<str>>>);

impl Told {
    pub(crate) const fn new() -> Self {
        Told(Mutex::new(BTreeSet::new()))
    }

    /// Returns `true` if a name should be logged now, and remembers it.
    pub(crate) fn is_new(&self, name: &str) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.len() < MOST && !told.contains(name) && told.insert(name.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_first_names_is_told_once() {
        let told = Told::new();
        assert!(told.is_new("a") && !told.is_new("a"));
        let new = (0..1_000).filter(|n| told.is_new(&n.to_string())).count();
        assert_eq!(new, MOST - 1);
    }
}
