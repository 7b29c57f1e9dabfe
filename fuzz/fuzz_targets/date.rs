//! The dates of Expires against a literal transcription of the draft, with what browsers were
//! measured to do otherwise (R3).
//!
//! Input: the text of a date.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::conformance;

fuzz_target!(|text: &[u8]| {
    // A `;` would end the attribute, and a value that long is ignored.
    if text.contains(&b';') || text.len() > 1024 {
        return;
    }
    let date = conformance::browsers_date(text).filter(|(_, is_shared)| *is_shared);
    let is_proven = conformance::is_fixed_form(conformance::trimmed(text));
    assert_eq!(conformance::date_of_expires(text), (date.map(|(date, _)| date), is_proven));
});
