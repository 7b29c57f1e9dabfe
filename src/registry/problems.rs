//! Where the checks put what they find.

use super::entry::Entry;
use super::error::Problem;
use super::max_lifetime::{LifetimeSpec, MaxLifetime};
use super::problem_kind::ProblemKind;
use super::text::Text;

#[derive(Clone, Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn add(&mut self, entry: Entry, kind: ProblemKind) {
        self.0.push(Problem::new(entry, kind));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_vec(self) -> Vec<Problem> {
        self.0
    }

    /// The lifetime that is meant by a child `key` of `entry`; what is wrong with it is noted.
    pub(super) fn lifetime(
        &mut self,
        entry: &Entry,
        key: &str,
        spec: Option<&LifetimeSpec>,
    ) -> Option<MaxLifetime> {
        let spec = spec?;
        match spec.resolve() {
            Ok(lifetime) => Some(lifetime),
            Err(error) => {
                let found = spec.to_string();
                self.add(entry.at(key), ProblemKind::InvalidLifetime { found, error });
                None
            }
        }
    }

    /// Notes each of these texts that exists in no language.
    pub(super) fn texts(&mut self, entry: &Entry, texts: &[(&str, Option<&Text>)]) {
        for (key, text) in texts {
            if text.is_some_and(|text| !text.has_any()) {
                self.add(entry.at(*key), ProblemKind::NoLanguage);
            }
        }
    }
}
