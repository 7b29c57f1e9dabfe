//! Counters by category and reason, each of which is looked up once.

use std::sync::OnceLock;

use prometheus_client::metrics::counter::Counter;
use tower_cookie_consent::Registry;

/// The counters of one registry, with a place for each reason in each category.
#[derive(Debug)]
pub(crate) struct ByCategory<const REASONS: usize> {
    /// The registry's categories, and at the end the category `""` for undeclared cookies.
    categories: Vec<(Box<str>, [OnceLock<Counter>; REASONS])>,
}

impl<const REASONS: usize> ByCategory<REASONS> {
    pub(crate) fn new(registry: &Registry) -> Self {
        let ids = registry.categories().map(|category| category.id());
        let counters = |id: &str| (id.into(), [const { OnceLock::new() }; REASONS]);
        ByCategory { categories: ids.chain([""]).map(counters).collect() }
    }

    /// Counts one more cookie of a category, with the reason at this place. The counter is looked up by `find` the
    /// first time, or every time if there is no such place.
    pub(crate) fn count(
        &self,
        category: &str,
        reason: Option<usize>,
        find: impl FnOnce() -> Counter,
    ) {
        let counters = self.categories.iter().find(|(other, _)| **other == *category);
        match counters.and_then(|(_, counters)| counters.get(reason?)) {
            Some(counter) => counter.get_or_init(find).inc(),
            None => find().inc(),
        };
    }
}
