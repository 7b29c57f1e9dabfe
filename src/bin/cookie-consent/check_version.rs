//! The command `check-version`, which says whether visitors who chose under one registry have to be
//! asked again under another.

use std::io::Write;

use serde::Serialize;
use tower_cookie_consent::Registry;
use tower_cookie_consent::registry::Change;

use crate::Error;
use crate::arguments::CheckVersion;
use crate::input;

const VERSION_SERVES: u8 = 0;
const VERSION_IS_MISSING: u8 = 1;

/// The result of comparing two registries.
#[derive(Serialize)]
struct Comparison {
    old: Edition,
    new: Edition,
    /// True if visitors are asked again, because the version is another one.
    asks_again: bool,
    /// The reasons why they have to be asked again.
    changes: Vec<Why>,
}

#[derive(Serialize)]
struct Edition {
    version: String,
    fingerprint: String,
}

#[derive(Serialize)]
struct Why {
    key: String,
    reason: String,
}

pub(crate) fn run(arguments: &CheckVersion, output: &mut impl Write) -> Result<u8, Error> {
    let old = input::registry(&arguments.old)?;
    let new = input::registry(&arguments.new)?;
    let comparison = Comparison {
        asks_again: old.version() != new.version(),
        changes: new.changes_since(&old).iter().map(Why::new).collect(),
        old: Edition::new(&old),
        new: Edition::new(&new),
    };
    if arguments.json {
        serde_json::to_writer(&mut *output, &comparison)?;
        writeln!(output)?;
    } else {
        write!(output, "{}", comparison.told())?;
    }
    output.flush()?;
    let is_missing = !comparison.asks_again && !comparison.changes.is_empty();
    Ok(if is_missing { VERSION_IS_MISSING } else { VERSION_SERVES })
}

impl Edition {
    fn new(registry: &Registry) -> Self {
        Edition { version: registry.version().to_owned(), fingerprint: registry.fingerprint() }
    }
}

impl Why {
    fn new(change: &Change) -> Self {
        Why { key: change.key_path().to_string(), reason: change.reason().to_owned() }
    }
}

impl Comparison {
    /// Returns the result as a sentence, with a line for each reason.
    fn told(&self) -> String {
        let (old, new) = (&self.old.version, &self.new.version);
        let is_changed = self.old.fingerprint != self.new.fingerprint;
        let answer = match (self.changes.is_empty(), self.asks_again) {
            (false, false) => format!(
                "Visitors have to be asked again, and are not: both versions are {new:?}. Give the \
                 new registry another one, because of:"
            ),
            (false, true) => format!(
                "Visitors have to be asked again, and are, since version {new:?} follows {old:?}, \
                 because of:"
            ),
            (true, false) if is_changed => format!(
                "Visitors need not be asked again, and keep what they chose under version {new:?}: \
                 what changed was a part of what they were asked about."
            ),
            (true, false) => format!(
                "Visitors need not be asked again, and keep what they chose under version {new:?}: \
                 nothing changed that they decide on."
            ),
            (true, true) => format!(
                "Visitors are asked again, since version {new:?} follows {old:?}. Nothing that \
                 they decide on says that they have to be; other purposes may."
            ),
        };
        let reasons = self.changes.iter().map(|why| format!("  {}: {}\n", why.key, why.reason));
        format!("{answer}\n{}", reasons.collect::<String>())
    }
}
