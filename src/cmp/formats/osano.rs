//! Osano's open-source cookieconsent: one word.
//!
//! One switch for everything, called `all`. `dismiss` closes a notice, or is written by a scroll or
//! a timeout: no choice.

use crate::cmp::format::Format;
use crate::cmp::statement::Statement;

pub(crate) const FORMAT: Format = Format {
    owns: |name| name == NAME || name.starts_with(b"cookieconsent_status_"),
    read: |reader| reader.choice(|name| name == NAME, read),
};

const NAME: &[u8] = b"cookieconsent_status";

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    statement.decide_all(match value {
        b"allow" => true,
        b"deny" => false,
        _ => return None,
    });
    Some(())
}
