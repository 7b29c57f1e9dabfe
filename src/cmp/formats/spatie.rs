//! spatie/laravel-cookie-consent: `1` once the notice was acknowledged.
//!
//! The notice offers no refusal, so what is acknowledged, called `all`, grants only what the site
//! maps it to.

use crate::cmp::format::Format;

pub(crate) const FORMAT: Format = Format {
    owns: |name| name == b"laravel_cookie_consent",
    read: |reader| {
        reader.choice(FORMAT.owns, |value, statement| {
            (value == b"1").then(|| statement.decide("all", true))
        })
    },
};
