//! Orejime: a JSON object of the site's purposes, as Klaro's, of which it is a fork.

use crate::choice::Choice;
use crate::cmp::formats::klaro;

use crate::cmp::reader::Reader;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    // What version 2 left behind is no longer kept up.
    let renewed = reader.request.cookie(VERSION_3).next().is_some();
    let name = if renewed { VERSION_3 } else { VERSION_2 };
    reader.choice_among(|other| other == name, klaro::read)
}

const VERSION_3: &[u8] = b"eu-consent";
const VERSION_2: &[u8] = b"orejime";
