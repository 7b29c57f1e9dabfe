//! Klaro: a JSON object of the site's services, each `true` or `false`.
//!
//! A service that is missing was not asked about yet.

use crate::cmp::format::Format;
use crate::cmp::json;
use crate::cmp::json::Object;
use crate::cmp::statement::Statement;

pub(crate) const FORMAT: Format =
    Format { owns: |name| name == b"klaro", read: |reader| reader.choice(FORMAT.owns, read) };

/// Orejime, a fork, writes the same.
pub(crate) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = json::decode(value)?;
    for (service, granted) in json::parse::<Object<'_, bool>>(&json)?.iter() {
        statement.decide(service, *granted);
    }
    Some(())
}
