//! Why a processor does not start, or keeps what it has.

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
    /// A registry file declares something that it cannot.
    Registry(PathBuf, Box<ConfigError>),
    /// Neither the arguments nor the configuration name a registry.
    NoRegistry,
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
            LoadError::Config(path, problem) => write!(f, "{}: {problem}", path.display()),
            LoadError::NoRegistry => f.write_str(
                "the processor needs a registry: give its file as the first argument, or registry \
                 in the configuration",
            ),
        }
    }
}

impl std::error::Error for LoadError {}
