//! Reads Klaro's JSON object of the site's services, each of which is `true` or `false`.
//!
//! The visitor was not asked yet about a service that is missing.

use crate::choice::Choice;
use crate::cmp::json::{Json, Object};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

/// Orejime, a fork of Klaro, writes the same format.
pub(crate) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    for (service, granted) in json.read::<Object<'_, bool>>()?.iter() {
        statement.decide(service, *granted);
    }
    Some(())
}
