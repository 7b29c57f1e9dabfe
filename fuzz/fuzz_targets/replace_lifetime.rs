//! The edit of a lifetime (R12): parsed again there is exactly one, and all else is equal.
//!
//! Input: the seconds to set on a line of their own, then the line to edit. Without the first, or
//! with no number in it, the line becomes that of a session cookie.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{NOW, conformance, text};
use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie, replace_lifetime};

fuzz_target!(|data: &[u8]| {
    let (seconds, line) = text::cut_line(data).unwrap_or((b"", data));
    let seconds = std::str::from_utf8(seconds).ok().and_then(|text| text.parse().ok());

    let edited = replace_lifetime(line, seconds);

    assert_eq!(edited, conformance::replaced(line, seconds));
    let (before, after) = (SetCookie::parse(line), SetCookie::parse(&edited));
    assert_eq!(after.name(), before.name());
    assert!(after.value() == before.value() || seconds == Some(0) && after.value().is_empty());
    let mut left = after.attributes();
    if let Some(seconds) = seconds {
        let set = left.next().expect("the one that was set");
        assert_eq!((set.name, set.value), (&b"Max-Age"[..], seconds.to_string().as_bytes()));
    }
    for kept in before.attributes() {
        let name = if kept.is_max_age() || kept.is_expires() {
            if !kept.value.contains(&b'\t') {
                continue;
            }
            b""
        } else {
            kept.name
        };
        let left = left.next().expect("an attribute that stays");
        assert_eq!((left.name, left.value), (name, kept.value));
    }
    assert!(left.next().is_none());
    let lifetime = after.lifetime(ServedAt::clock(NOW));
    let stays_unproven = seconds == Some(0) && !conformance::is_printable(line);
    let proven = seconds.map_or(Lifetime::Session, Lifetime::Proven);
    assert!(lifetime == proven || stays_unproven && lifetime.is_unproven_deletion());
    assert_eq!(replace_lifetime(&edited, seconds), edited);
});
