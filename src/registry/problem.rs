//! Everything wrong with a registry, at once.

mod advice;
mod consent_cookie;
pub(crate) mod entry;
mod impossible_name;
mod problem_kind;

pub use crate::registry::problem::consent_cookie::ConsentCookieProblem;
pub use crate::registry::problem::impossible_name::ImpossibleName;
pub use crate::registry::problem::problem_kind::ProblemKind;

use std::fmt;

use crate::registry::problem::entry::Entry;

/// Why no registry could be built: every problem found, not the first alone (rule R14).
///
/// `Display` writes one line for each, and so does `Debug`, below the line on which `unwrap` or a
/// `main` that returns the error starts to print it.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<Problem>,
}

impl ConfigError {
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// What is wrong; never empty. In the order of lines where these are known, else in the order
    /// of checking.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    #[cfg(feature = "toml")]
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for ConfigError {}

/// One thing wrong with a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    entry: String,
    keys: Entry,
    line: Option<usize>,
    kind: ProblemKind,
}

impl Problem {
    pub(crate) fn new(keys: Entry, kind: ProblemKind) -> Self {
        Self { entry: keys.to_string(), keys, line: None, kind }
    }

    #[cfg(feature = "toml")]
    pub(crate) fn on_line(self, line: Option<usize>) -> Self {
        Self { line, ..self }
    }

    #[cfg(feature = "toml")]
    pub(crate) const fn keys(&self) -> &Entry {
        &self.keys
    }

    /// Which entry it is about, as a dotted key of the registry file:
    /// `categories.analytics.cookies."_ga_*"`. Empty for the file as a whole.
    pub fn entry(&self) -> &str {
        &self.entry
    }

    /// The line of that entry, counted from 1, where the registry was read by
    /// `Registry::from_toml`. For something missing, the line of the table that lacks it.
    pub const fn line(&self) -> Option<usize> {
        self.line
    }

    /// What is wrong.
    pub const fn kind(&self) -> &ProblemKind {
        &self.kind
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.entry.is_empty() {
            write!(f, "{}: ", self.entry)?;
        }
        self.kind.fmt(f)
    }
}
