//! Why a gateway does not start, or keeps what it has.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tower_cookie_consent::ConfigError;

/// What is wrong with the files or the arguments.
#[derive(Debug)]
pub(crate) enum LoadError {
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// The configuration file says something that it cannot; the text has the line.
    Config(PathBuf, String),
    /// The registry file declares something that it cannot.
    Registry(PathBuf, Box<ConfigError>),
    /// A file with certificates or a key holds something else.
    Certificate(PathBuf, String),
    /// The pages cannot lie where they should.
    Pages(String),
    /// What a gateway cannot do without.
    Missing(&'static str),
}

impl LoadError {
    pub(crate) fn config(path: &Path, problem: impl Into<String>) -> Self {
        LoadError::Config(path.to_owned(), problem.into())
    }

    pub(crate) fn certificate(path: &Path, problem: impl fmt::Display) -> Self {
        LoadError::Certificate(path.to_owned(), problem.to_string())
    }
}

/// Reads a text whose path the error tells.
pub(crate) fn read(path: &Path) -> Result<String, LoadError> {
    fs::read_to_string(path).map_err(|error| LoadError::Read(path.to_owned(), error))
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Read(path, error) => write!(f, "{}: {error}", path.display()),
            LoadError::Registry(path, error) => write!(f, "{}: {error}", path.display()),
            LoadError::Config(path, problem) | LoadError::Certificate(path, problem) => {
                write!(f, "{}: {problem}", path.display())
            }
            LoadError::Pages(problem) => f.write_str(problem),
            LoadError::Missing(what) => write!(f, "the gateway needs {what}"),
        }
    }
}

impl std::error::Error for LoadError {}
