//! Draws the tables and charts of `BENCHMARKS.md` and `README.md` from what the benches measured, so
//! that nobody copies a figure. `benches/measure` measures, and calls it:
//!
//! ```sh
//! cargo run -p figures -- instructions      # takes over what gungraun counted
//! cargo run -p figures -- site_instructions # the same of a build with the profile for sites
//! cargo run -p figures -- profile           # takes over where callgrind saw the instructions go
//! cargo run -p figures -- times             # takes over what criterion measured
//! cargo run -p figures -- times_again       # the same of one more run; of all, the least count
//! cargo run -p figures                      # draws
//! ```

mod aims;
mod charts;
mod counted;
mod criterion;
mod document;
mod drawn;
mod measured;
mod profile;
mod shapes;
mod svg;
mod tables;

use std::path::Path;
use std::{env, fs};

use measured::{Figures, Measured};

/// Where the repository lies.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn main() {
    match env::args().nth(1).as_deref() {
        None => draw(),
        Some("instructions") => counted::take_over(measured::INSTRUCTIONS),
        Some("site_instructions") => counted::take_over(measured::SITE_INSTRUCTIONS),
        Some("profile") => profile::take_over(),
        Some("times") => criterion::take_over(None),
        Some("times_again") => criterion::take_over(Some(&Figures::read(criterion::FILE))),
        Some(other) => panic!("{other} is nothing that can be taken over"),
    }
}

fn draw() {
    for (file, content) in drawn::files(&Measured::read()) {
        fs::write(root().join(&file), content).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}

#[test]
fn the_documents_show_what_was_measured() {
    for (file, content) in drawn::files(&Measured::read()) {
        let committed = fs::read_to_string(root().join(&file)).unwrap_or_default();
        assert!(committed == content, "{file} shows something else: cargo run -p figures");
    }
}
