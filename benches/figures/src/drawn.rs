//! Everything that is drawn: each file, and what it has to hold.

use std::fs;

use crate::measured::Measured;
use crate::{charts, document, tables};

/// The documents that have drawn parts.
const DOCUMENTS: [&str; 2] = ["BENCHMARKS.md", "README.md"];

/// Returns the files by their paths below the repository.
pub(crate) fn files(measured: &Measured) -> Vec<(String, String)> {
    let documents = DOCUMENTS.map(|file| {
        let text = fs::read_to_string(crate::root().join(file)).expect("a document");
        let names: Vec<String> = document::parts(&text).into_iter().map(str::to_owned).collect();
        let drawn = names.iter().fold(text, |text, name| {
            document::with_part(&text, name, &tables::part(name, measured))
        });
        (file.to_owned(), drawn)
    });
    let charts = charts::all(measured);
    let pictures = charts.map(|(name, svg)| (format!("pictures/{name}.svg"), svg));
    documents.into_iter().chain(pictures).collect()
}
