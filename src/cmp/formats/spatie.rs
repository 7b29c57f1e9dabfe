//! Reads the cookie of spatie/laravel-cookie-consent, which is `1` once the notice was
//! acknowledged.
//!
//! The notice offers no refusal, so an acknowledgement, with the id `all`, grants only what the
//! site maps it to.

use crate::choice::Choice;
use crate::cmp::reader::Reader;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(|value, statement| (value == b"1").then(|| statement.decide("all", true)))
}
