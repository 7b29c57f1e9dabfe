//! The date readers against a literal transcription of the draft (R3).
//!
//! Input: the text of a date.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{NOW, conformance};
use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie, cookie_date, fixed_date};

fuzz_target!(|text: &[u8]| {
    let date = conformance::date(text);
    let fixed = date.filter(|_| conformance::is_fixed_form(text));
    assert_eq!(cookie_date(text), date);
    assert_eq!(fixed_date(text), fixed);

    // Inside a line, where a `;` ends it and a blank around it is none of it.
    let lenient = text.iter().any(|byte| b"; \t".contains(byte)) || text.len() > 1024;
    if !lenient || fixed.is_some() {
        let line = [b"a=1; Expires=", text].concat();
        let seconds = |at: i64| u64::try_from(at - NOW).unwrap_or(0);
        let want = match (fixed, date) {
            (Some(at), _) => Lifetime::Proven(seconds(at)),
            (None, date) => Lifetime::Unproven(date.map(seconds)),
        };
        assert_eq!(SetCookie::parse(&line).lifetime(ServedAt::clock(NOW)), want);
    }
});
