//! Reads the files that the commands get.

use std::fs;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::Path;

use tower_cookie_consent::Registry;

use crate::Error;
use crate::har::{self, Exchange};

/// The responses in a file.
pub(crate) enum Input {
    /// The responses of a HAR file.
    Har(Vec<Exchange>),
    /// Response heads, which are read one after the other.
    Heads(Box<dyn BufRead>),
}

/// Returns the name of a file, or of standard input, for error messages.
pub(crate) fn name(path: Option<&Path>) -> String {
    path.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string())
}

/// Opens a file, or standard input. It is a HAR file if it contains a JSON object.
pub(crate) fn open(path: Option<&Path>) -> Result<Input, Error> {
    let named = |error: io::Error| format!("{}: {error}", name(path));
    let mut input: Box<dyn BufRead> = match path {
        Some(path) => Box::new(BufReader::new(fs::File::open(path).map_err(named)?)),
        None => Box::new(io::stdin().lock()),
    };
    let start = input.fill_buf().map_err(named)?;
    // Some tools write a byte order mark before the JSON.
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if !start.starts_with(b"{") {
        return Ok(Input::Heads(input));
    }
    let mut text = Vec::new();
    input.read_to_end(&mut text).map_err(named)?;
    let exchanges = har::read(&text).map_err(|error| format!("{}: {error}", name(path)))?;
    Ok(Input::Har(exchanges))
}

/// Reads a registry file. Errors name the file and their lines.
pub(crate) fn registry(path: &Path) -> Result<Registry, Error> {
    let text = text(path)?;
    Ok(Registry::from_toml(&text).map_err(|error| format!("{}:\n{error}", path.display()))?)
}

/// Reads a text file. Some programs write other encodings: `>` in `PowerShell` writes UTF-16.
pub(crate) fn text(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(String::from_utf8(bytes).map_err(|error| {
        let read = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = read.split(|byte| *byte == b'\n').count();
        format!("{}:\nline {line}: is not in UTF-8; save the file in UTF-8", path.display())
    })?)
}

/// Prints which of several files is being read, if standard error is a terminal.
pub(crate) fn tell_progress(stderr: &mut impl Write, number: usize, of: usize, path: &Path) {
    if of > 1 && io::stderr().is_terminal() {
        // An error here is not worth failing for.
        let _ = writeln!(stderr, "{number} of {of}: {}", path.display());
    }
}
