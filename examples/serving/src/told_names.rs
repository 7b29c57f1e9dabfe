//! Counters by cookie names, which come from the network.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;

/// The most names that are counted by themselves, since servers may make up any number of them.
const NAMES: usize = 100;
/// The name under which all others are counted.
const OTHERS: &str = "(others)";
/// The longest name that is told.
const LONGEST_NAME: usize = 128;

/// Counts by name, for as many names as may be.
#[derive(Debug, Default)]
pub(crate) struct ToldNames {
    pub(crate) family: Family<NameLabels, Counter>,
    told: Mutex<BTreeMap<Box<str>, Counter>>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(crate) struct NameLabels {
    name: String,
}

impl ToldNames {
    /// Counts one more of a name.
    pub(crate) fn count(&self, name: &str) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counter) = told.get(name) {
            counter.inc();
        } else if told.len() < NAMES && name.len() <= LONGEST_NAME {
            let counter = self.counter(name);
            counter.inc();
            told.insert(name.into(), counter);
        } else {
            drop(told);
            self.counter(OTHERS).inc();
        }
    }

    fn counter(&self, name: &str) -> Counter {
        self.family.get_or_create_owned(&NameLabels { name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_names_do_not_fill_memory() {
        let names = ToldNames::default();
        let made_up = |number| format!("made-up-{number}");
        (0..3 * NAMES).for_each(|number| names.count(&made_up(number)));
        names.count("made-up-0");
        names.count(&"x".repeat(LONGEST_NAME + 1));
        assert_eq!(names.counter("made-up-0").get(), 2);
        assert_eq!(names.counter(&format!("made-up-{}", NAMES - 1)).get(), 1);
        assert_eq!(names.counter(OTHERS).get(), 2 * NAMES as u64 + 1);
        assert_eq!(names.told.lock().unwrap().len(), NAMES);
    }

    #[test]
    fn the_longest_name_is_told_and_one_longer_is_not() {
        let names = ToldNames::default();
        names.count(&"x".repeat(LONGEST_NAME));
        assert_eq!(names.counter(OTHERS).get(), 0);
        names.count(&"x".repeat(LONGEST_NAME + 1));
        assert_eq!(names.counter(OTHERS).get(), 1);
    }
}
