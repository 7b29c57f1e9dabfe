//! The errors with which a program does not start, or keeps the files that it has read before.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tower_cookie_consent::{ConfigError, Registry};

/// A fault of the files or the arguments.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// A registry file is wrong; the error has the line.
    Registry(PathBuf, Box<ConfigError>),
    /// Another file is wrong; the text has the line if the file is a text.
    File(PathBuf, String),
    /// Files and arguments together lack something, or contradict each other.
    Settings(String),
}

impl LoadError {
    /// Makes the error that a file is wrong.
    pub fn file(path: &Path, problem: impl fmt::Display) -> Self {
        LoadError::File(path.to_owned(), problem.to_string())
    }

    /// Makes the error that a file is wrong at this byte of its text.
    pub fn at(path: &Path, text: &str, byte: usize, problem: impl fmt::Display) -> Self {
        let line = text[..byte].matches('\n').count() + 1;
        LoadError::file(path, format_args!("line {line}: {problem}"))
    }

    /// Reads a registry from the text of a file.
    ///
    /// # Errors
    ///
    /// The text is no registry; the error has the lines.
    pub fn registry(path: &Path, text: &str) -> Result<Registry, Self> {
        let wrong = |error| LoadError::Registry(path.to_owned(), Box::new(error));
        Registry::from_toml(text).map_err(wrong)
    }
}

/// Reads a text.
///
/// # Errors
///
/// The file cannot be read; the error has its path.
pub fn read(path: &Path) -> Result<String, LoadError> {
    fs::read_to_string(path).map_err(|error| LoadError::Read(path.to_owned(), error))
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Read(path, error) => {
                write!(f, "{}: {error}", path.display())?;
                match error.kind() {
                    io::ErrorKind::NotFound => f.write_str(
                        ". Write this file first, or give the path of the one that is meant",
                    ),
                    _ => Ok(()),
                }
            }
            LoadError::Registry(path, error) => write!(f, "{}: {error}", path.display()),
            LoadError::File(path, problem) => write!(f, "{}: {problem}", path.display()),
            LoadError::Settings(problem) => f.write_str(problem),
        }
    }
}

impl std::error::Error for LoadError {}
