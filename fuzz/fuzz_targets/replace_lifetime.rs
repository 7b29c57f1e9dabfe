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
    assert_eq!(after.value(), before.value());
    let mut left = after.attributes();
    for kept in before.attributes().filter(|it| !it.is_max_age() && !it.is_expires()) {
        let left = left.next().expect("an attribute that stays");
        assert_eq!((left.name, left.value), (kept.name, kept.value));
    }
    if let Some(seconds) = seconds {
        let set = left.next().expect("the one that was set");
        assert_eq!((set.name, set.value), (&b"Max-Age"[..], seconds.to_string().as_bytes()));
    }
    assert!(left.next().is_none());
    let want = seconds.map_or(Lifetime::Session, Lifetime::Proven);
    assert_eq!(after.lifetime(ServedAt::clock(NOW)), want);
    assert_eq!(replace_lifetime(&edited, seconds), edited);
});
