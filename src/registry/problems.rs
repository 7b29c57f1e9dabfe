//! Where the checks put what they find.

use super::entry::Entry;
use super::error::Problem;
use super::lifetime_spec::LifetimeSpec;
use super::max_lifetime::MaxLifetime;
use super::name_check;
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

    /// Notes a domain and a path that no `Set-Cookie` can name.
    pub(super) fn place(&mut self, entry: &Entry, domain: Option<&str>, path: Option<&str>) {
        if domain.is_some_and(|domain| !name_check::is_domain(domain)) {
            self.add(entry.at("domain"), ProblemKind::InvalidDomain);
        }
        if path.is_some_and(|path| !name_check::is_path(path)) {
            self.add(entry.at("path"), ProblemKind::InvalidPath);
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
