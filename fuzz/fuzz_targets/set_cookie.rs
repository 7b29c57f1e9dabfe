//! The reader against a literal transcription of the draft (R1, R2), and of what all engines agree
//! on (R3).
//!
//! Input: a line. What precedes its first line feed is the `Date` of the response.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{NOW, conformance, text};
use tower_cookie_consent::set_cookie::{ServedAt, SetCookie, replace_lifetime};

fuzz_target!(|data: &[u8]| {
    let (date, line) = match text::cut_line(data) {
        Some((date, line)) => (Some(date), line),
        None => (None, data),
    };
    let served_at = date.map_or(ServedAt::clock(NOW), |date| ServedAt::date_header(date, NOW));

    let read = SetCookie::parse(line);
    let (name, value, attributes) = conformance::split(line);
    assert_eq!(read.name(), name);
    assert_eq!(read.value(), value);
    assert_eq!(read.is_nameless(), name.is_empty());
    assert_eq!(read.request_name(), conformance::request_name(line));
    let counting = read.attributes().filter(|attribute| attribute.value.len() <= 1024);
    assert!(
        counting
            .map(|attribute| (attribute.name, attribute.value))
            .eq(attributes.iter().map(|(name, value)| (&name[..], &value[..])))
    );

    assert_eq!(read.lifetime(served_at), conformance::lifetime(line, date, NOW));

    // What a line says of its cookie does not hang on its lifetime.
    let session = replace_lifetime(line, None);
    assert_eq!(SetCookie::parse(&session).request_name(), read.request_name());
});
