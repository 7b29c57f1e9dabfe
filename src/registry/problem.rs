//! Everything wrong with a registry, at once.

mod advice;
mod consent_cookie;
mod impossible_name;
pub(crate) mod key_path;
mod problem_kind;

pub use crate::registry::problem::consent_cookie::ConsentCookieProblem;
pub use crate::registry::problem::impossible_name::ImpossibleName;
pub use crate::registry::problem::key_path::KeyPath;
pub use crate::registry::problem::problem_kind::ProblemKind;

use std::fmt;

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
    key_path: KeyPath,
    line: Option<usize>,
    kind: ProblemKind,
}

impl Problem {
    pub(crate) fn new(key_path: KeyPath, kind: ProblemKind) -> Self {
        Self { key_path, line: None, kind }
    }

    #[cfg(feature = "toml")]
    pub(crate) fn on_line(self, line: Option<usize>) -> Self {
        Self { line, ..self }
    }

    /// The key of the registry file that it is about; empty for the file as a whole.
    pub const fn key_path(&self) -> &KeyPath {
        &self.key_path
    }

    /// The line of that key, counted from 1, where the registry was read by
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
        if !self.key_path.keys().is_empty() {
            write!(f, "{}: ", self.key_path)?;
        }
        self.kind.fmt(f)
    }
}
