//! Counts how often the model reached each part of a rule, so that no part is left untested.

use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    static TALLY: RefCell<BTreeMap<&'static str, u64>> = const { RefCell::new(BTreeMap::new()) };
}

/// Counts a part of a rule, by the rule's number and a few words.
pub(crate) fn reached(part: &'static str) {
    TALLY.with_borrow_mut(|tally| *tally.entry(part).or_default() += 1);
}

/// The parts that this thread has reached so far.
pub(crate) fn all() -> BTreeMap<&'static str, u64> {
    TALLY.with_borrow(BTreeMap::clone)
}
