//! Bytes from 0x80 upwards: kept wherever they stand, valid UTF-8 or not.

use super::Life::{Proven, Session, Unproven};
use super::{Case, lives, named, nameless};

pub(super) fn rows() -> Vec<Case> {
    vec![
        named("sitzung=grün", "sitzung", "grün", Session),
        named("zähler=1", "zähler", "1", Session),
        named("z\u{e4}hler=1; Max-Age=60", "z\u{e4}hler", "1", Proven(60)),
        named(b"z\xe4hler=1; Max-Age=60", b"z\xe4hler", "1", Proven(60)),
        named(b"a=\xff\xfe", "a", b"\xff\xfe", Session),
        named(b"\xff=1", b"\xff", "1", Session),
        named(b"\xc3=\x28", b"\xc3", "(", Session),
        named(b"a=\xf0\x9f\x8d\xaa", "a", "🍪", Session),
        named(b"a=\xed\xa0\x80", "a", b"\xed\xa0\x80", Session),
        named(b"a=\x80; Max-Age=60", "a", b"\x80", Proven(60)),
        nameless(b"\xff", b"\xff", b"\xff", Session),
        nameless(b"=\xff=1", b"\xff", b"\xff=1", Session),
        lives(b"Path=/\xff; Max-Age=60", Proven(60)),
        lives(b"note=\xe4; Max-Age=60", Proven(60)),
        lives(b"\xe4; Max-Age=60", Proven(60)),
        lives("note=für alle; Max-Age=60", Proven(60)),
        lives("Comment=später; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Proven(86_400)),
        lives(b"Max-Age=60\xff", Unproven(None)),
        lives(b"Max-Age=\xff", Unproven(None)),
        lives(b"Max-Age\xff=60", Session),
        // Arabic-Indic and full-width digits are no digits.
        lives("Max-Age=\u{666}\u{660}", Unproven(None)),
        lives("Max-Age=\u{ff16}\u{ff10}", Unproven(None)),
        // The long s and the Kelvin sign fold to ASCII letters in Unicode only.
        lives("Expire\u{17f}=Sun, 22 Nov 2026 12:00:00 GMT", Session),
        lives("Max\u{2010}Age=60", Session),
        lives(b"Expires=Sun, 22 Nov 2026 12:00:00 GMT\xff", Unproven(Some(86_400))),
        lives(b"Expires=Sun,\xa022\xa0Nov\xa02026\xa012:00:00\xa0GMT", Unproven(None)),
    ]
}
