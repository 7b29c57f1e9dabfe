//! Reads Orejime's JSON object of the site's purposes, which has the format of Klaro, of which it
//! is a fork.

use crate::choice::Choice;
use crate::cmp::formats::klaro;

use crate::cmp::reader::Reader;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let carries = reader.carries();
    let is_version_2 = |name: &[u8]| name == b"orejime";
    reader.choice_of_versions([
        reader.choice_in(|name| carries(name) && !is_version_2(name), klaro::read),
        reader.choice_in(|name| carries(name) && is_version_2(name), klaro::read),
    ])
}
