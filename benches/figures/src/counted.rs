//! What `benches/instructions.rs` counted: gungraun keeps a profile of each row, in callgrind's format,
//! below `target/gungraun`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::measured::Figures;

/// The calls that the bench counts together.
pub(crate) const CALLS: f64 = 100.0;

/// Takes over the instructions of a response in each row.
pub(crate) fn take_over(file: &'static str) {
    let mut figures = Figures::new(file);
    for (shape, row) in rows() {
        figures.add(&shape, &row, instructions(&profile(&shape, &row)) / CALLS);
    }
    figures.write();
}

/// The profile of a row.
pub(crate) fn profile(shape: &str, row: &str) -> String {
    let groups = groups().into_iter();
    let mut files = groups
        .map(|group| group.join(format!("{shape}.{row}/callgrind.{shape}.{row}.out")))
        .filter(|file| file.exists());
    let file = files.next().unwrap_or_else(|| panic!("no profile of {shape}, {row}"));
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Each shape and row of which there is a profile.
fn rows() -> Vec<(String, String)> {
    let folders = groups().into_iter().flat_map(|group| folders(&group));
    let names = folders.filter_map(|folder| folder.file_name()?.to_str().map(str::to_owned));
    let mut rows: Vec<_> = names
        .filter_map(|name| {
            let (shape, row) = name.split_once('.')?;
            Some((shape.to_owned(), row.to_owned()))
        })
        .collect();
    rows.sort();
    rows
}

/// The folders of the groups of shapes.
fn groups() -> Vec<PathBuf> {
    folders(&crate::root().join("target/gungraun/benches/instructions"))
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).unwrap_or_else(|error| panic!("{}: {error}", of.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.is_dir()).collect()
}

/// All that a profile counted.
fn instructions(profile: &str) -> f64 {
    let summary = profile.lines().find_map(|line| line.strip_prefix("summary: "));
    summary.and_then(|count| count.trim().parse().ok()).expect("callgrind wrote a summary")
}

#[test]
fn a_profile_says_what_it_counted() {
    assert_eq!(
        instructions("events: Ir\nsummary: 516760\n\nfn=a\n16 40\n").to_bits(),
        516_760_f64.to_bits()
    );
}
