//! What a bench measured, for the program that makes the tables and charts of it.

use std::env;
use std::fmt::{Display, Write as _};
use std::fs;

/// Names the file that the figures are written to; without it there is none.
const FILE: &str = "FIGURES";

/// The lines of a file, each of which names a shape, a row and what was measured.
#[derive(Default)]
pub(crate) struct Figures(String);

impl Figures {
    pub(crate) fn add(&mut self, shape: &str, row: &str, measured: impl Display) {
        writeln!(self.0, "{shape},{row},{measured}").expect("memory");
    }

    pub(crate) fn write(&self) {
        if let Some(file) = env::var_os(FILE) {
            fs::write(&file, &self.0).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
    }
}
