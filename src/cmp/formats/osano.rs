//! Reads the cookie of Osano's open-source cookieconsent, which is a single word.
//!
//! It is a single switch for everything, with the id `all`. `dismiss` means that a notice was
//! closed, or that the visitor scrolled or a time passed, which is not a choice.

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
