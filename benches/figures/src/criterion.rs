//! Takes over the medians that criterion keeps in `target/criterion`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::measured::Figures;

pub(crate) const FILE: &str = "criterion.csv";

/// The groups of which each compares a mode of the policy with the row `off`.
pub(crate) const MODES: [&str; 3] =
    ["request_of_10_cookies", "caches_of_6_with_3_stripped", "sweep_of_10_cookies"];

/// The group that compares sources of the choice.
const CHOICE: &str = "choice";

/// Takes over the medians of a run. Of the runs `before` this one, the least counts: on a machine that others use as
/// well, some seconds are twice as long as others.
pub(crate) fn take_over(before: Option<&Figures>) {
    let mut figures = Figures::new(FILE);
    for group in [CHOICE].into_iter().chain(MODES) {
        let folder = crate::root().join("target/criterion").join(group);
        let entries =
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let rows = entries.map(|entry| entry.expect("an entry").path().join("new"));
        let mut rows: Vec<_> = rows.filter(|row| row.is_dir()).map(|row| read(&row)).collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        for (row, median) in rows {
            let before = before.map_or(median, |before| before.get(group, &row));
            figures.add(group, &row, median.min(before));
        }
    }
    figures.write();
}

/// A row, and the median of its time in nanoseconds.
fn read(folder: &Path) -> (String, f64) {
    let json = |file: &str| -> Value {
        let text = fs::read_to_string(folder.join(file)).expect("criterion wrote it");
        serde_json::from_str(&text).expect("criterion wrote JSON")
    };
    let row = json("benchmark.json")["function_id"].as_str().expect("a row's name").to_owned();
    (row, json("estimates.json")["median"]["point_estimate"].as_f64().expect("a median"))
}
