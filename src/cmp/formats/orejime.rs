//! Orejime: a JSON object of the site's purposes, as Klaro's, of which it is a fork.

use crate::cmp::format::Format;
use crate::cmp::formats::klaro;

pub(crate) const FORMAT: Format = Format {
    owns: |name| name == VERSION_3 || name == VERSION_2,
    read: |reader| {
        // What version 2 left behind is no longer kept up.
        let renewed = reader.request.cookie(VERSION_3).next().is_some();
        reader.choice(|name| name == if renewed { VERSION_3 } else { VERSION_2 }, klaro::read)
    },
};

const VERSION_3: &[u8] = b"eu-consent";
const VERSION_2: &[u8] = b"orejime";
