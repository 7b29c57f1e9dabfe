//! Where the checks put what they find.

use std::collections::HashSet;

use crate::lifetime::{LifetimeSpec, MaxLifetime};
use crate::registry::check::names;
use crate::registry::declare::text::Text;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::problem::{Problem, ProblemKind};

#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    /// Entries that hold something not understood, so that what they lack may well be there.
    misread: HashSet<KeyPath>,
}

impl Problems {
    pub(crate) fn add(&mut self, entry: KeyPath, kind: ProblemKind) {
        match kind {
            ProblemKind::WrongType { .. }
            | ProblemKind::UnknownField { .. }
            | ProblemKind::DottedName { .. } => {
                self.misread.insert(entry.parent());
                self.misread.insert(entry.clone());
            }
            ProblemKind::MisplacedCategory { .. } => {
                self.misread.insert(KeyPath::root().at("categories"));
            }
            _ => {}
        }
        self.list.push(Problem::new(entry, kind));
    }

    /// Whether something of an entry is noted as unknown, or as of the wrong type.
    pub(crate) fn has_misread(&self, entry: &KeyPath) -> bool {
        self.misread.contains(entry)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn into_vec(self) -> Vec<Problem> {
        self.list
    }

    /// The lifetime that is meant by a child `key` of `entry`; what is wrong with it is noted.
    pub(crate) fn lifetime(
        &mut self,
        entry: &KeyPath,
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
    pub(crate) fn place(&mut self, entry: &KeyPath, domain: Option<&str>, path: Option<&str>) {
        if domain.is_some_and(|domain| !names::is_domain(domain)) {
            self.add(entry.at("domain"), ProblemKind::InvalidDomain);
        }
        if path.is_some_and(|path| !names::is_path(path)) {
            self.add(entry.at("path"), ProblemKind::InvalidPath);
        }
    }

    /// Notes each of these texts that exists in no language.
    pub(crate) fn texts(&mut self, entry: &KeyPath, texts: &[(&str, Option<&Text>)]) {
        for (key, text) in texts {
            if text.is_some_and(|text| !text.has_any()) {
                self.add(entry.at(*key), ProblemKind::NoLanguage);
            }
        }
    }
}
