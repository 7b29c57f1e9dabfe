//! Osano's open-source cookieconsent: one word.
//!
//! One switch for everything, called `all`. `dismiss` closes a notice, or is written by a scroll or
//! a timeout: no choice.

use crate::choice::Choice;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    statement.decide_all(match value {
        b"allow" => true,
        b"deny" => false,
        _ => return None,
    });
    Some(())
}
