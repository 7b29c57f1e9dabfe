//! What the benches measured: the files in `measured`, each line of which has a shape, a row and a figure.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

pub(crate) const INSTRUCTIONS: &str = "instructions.csv";
pub(crate) const SITE_INSTRUCTIONS: &str = "site_instructions.csv";

/// The figures of one file.
pub(crate) struct Figures {
    file: &'static str,
    /// Shape, row and figure, in the order in which they were measured.
    lines: Vec<(String, String, f64)>,
}

impl Figures {
    pub(crate) fn new(file: &'static str) -> Self {
        Figures { file, lines: Vec::new() }
    }

    pub(crate) fn read(file: &'static str) -> Self {
        let path = path(file);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| {
            panic!("{}: {error}; benches/measure makes it", path.display())
        });
        let mut figures = Figures::new(file);
        for line in text.lines() {
            let (key, figure) = line.rsplit_once(',').expect("a figure behind a comma");
            let (shape, row) = key.split_once(',').expect("a shape and a row");
            figures.add(shape, row, figure.parse().expect("a number"));
        }
        figures
    }

    pub(crate) fn add(&mut self, shape: &str, row: &str, figure: f64) {
        self.lines.push((shape.to_owned(), row.to_owned(), figure));
    }

    pub(crate) fn write(&self) {
        let mut text = String::new();
        for (shape, row, figure) in &self.lines {
            writeln!(text, "{shape},{row},{figure:.1}").expect("memory");
        }
        fs::write(path(self.file), text).unwrap_or_else(|error| panic!("{}: {error}", self.file));
    }

    pub(crate) fn get(&self, shape: &str, row: &str) -> f64 {
        let figure = self.rows(shape).find(|(it, _)| *it == row);
        figure.unwrap_or_else(|| panic!("{}: nothing of {shape}, {row}", self.file)).1
    }

    /// What a row takes more than the layer that does nothing.
    pub(crate) fn over_no_op(&self, shape: &str, row: &str) -> f64 {
        self.get(shape, row) - self.get(shape, "no_op")
    }

    /// The rows of a shape, with their figures, as they were measured.
    pub(crate) fn rows(&self, shape: &str) -> impl Iterator<Item = (&str, f64)> {
        let lines = self.lines.iter().filter(move |(it, ..)| it == shape);
        lines.map(|(_, row, figure)| (row.as_str(), *figure))
    }
}

fn path(file: &str) -> PathBuf {
    super::root().join("benches/figures/measured").join(file)
}

/// All files, and the machine they come from.
pub(crate) struct Measured {
    pub(crate) instructions: Figures,
    pub(crate) times: Figures,
    /// With the profile that is recommended to sites, whose build takes long: not every run has it.
    pub(crate) site: Option<Site>,
    /// What criterion measured: choices and modes.
    pub(crate) criterion: Figures,
    pub(crate) profile: Figures,
    pub(crate) machine: String,
}

/// What the profile for sites makes of it.
pub(crate) struct Site {
    pub(crate) instructions: Figures,
    pub(crate) times: Figures,
}

impl Measured {
    pub(crate) fn read() -> Self {
        Measured {
            instructions: Figures::read(INSTRUCTIONS),
            times: Figures::read("times.csv"),
            site: path("site_times.csv").exists().then(|| Site {
                instructions: Figures::read(SITE_INSTRUCTIONS),
                times: Figures::read("site_times.csv"),
            }),
            criterion: Figures::read(super::criterion::FILE),
            profile: Figures::read(super::profile::FILE),
            machine: fs::read_to_string(path("machine.txt")).expect("benches/measure says it"),
        }
    }
}
