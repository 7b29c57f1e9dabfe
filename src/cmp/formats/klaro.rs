//! Klaro: a JSON object of the site's services, each `true` or `false`.
//!
//! A service that is missing was not asked about yet.

use crate::choice::Choice;
use crate::cmp::json;
use crate::cmp::json::Object;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

/// Orejime, a fork, writes the same.
pub(crate) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = json::decode(value)?;
    for (service, granted) in json::parse::<Object<'_, bool>>(&json)?.iter() {
        statement.decide(service, *granted);
    }
    Some(())
}
