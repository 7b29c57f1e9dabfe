//! White space: only space and tab are blank, and only at the ends.

use super::Life::{Proven, Session, Unproven};
use super::{Case, lives, named};

pub(super) fn rows() -> Vec<Case> {
    vec![
        named("  a=1", "a", "1", Session),
        named("a  =1", "a", "1", Session),
        named("a=  1", "a", "1", Session),
        named("a=1  ", "a", "1", Session),
        named("a=1  ; Path=/", "a", "1", Session),
        named("\ta\t=\t1\t;\tPath=/", "a", "1", Session),
        named(" \t a \t = \t 1 \t ", "a", "1", Session),
        named("a=1 2", "a", "1 2", Session),
        named("a=1\t2", "a", "1\t2", Session),
        named("a=", "a", "", Session),
        named("a= ", "a", "", Session),
        named("a=\t;Max-Age=60", "a", "", Proven(60)),
        named("a=1;Max-Age=60", "a", "1", Proven(60)),
        lives("   Max-Age=60", Proven(60)),
        lives("Max-Age   =60", Proven(60)),
        lives("Max-Age=   60", Proven(60)),
        lives("Max-Age=60   ", Proven(60)),
        lives("\tMax-Age\t=\t60\t;", Proven(60)),
        lives("Max-Age=6 0", Unproven(None)),
        lives("Max-Age=6\t0", Unproven(None)),
        lives("Max -Age=60", Session),
        lives("Max- Age=60", Session),
        lives("  Expires = Sun, 22 Nov 2026 12:00:00 GMT  ", Proven(86_400)),
        lives("\tExpires\t=\tSun, 22 Nov 2026 12:00:00 GMT\t", Proven(86_400)),
        // The no-break space is no blank, in either encoding.
        named("\u{a0}a=1", "\u{a0}a", "1", Session),
        named("a\u{a0}=1", "a\u{a0}", "1", Session),
        named(b"a\xa0=1", b"a\xa0", "1", Session),
        named(b"\xa0a=1\xa0", b"\xa0a", b"1\xa0", Session),
        named("a=1\u{a0}", "a", "1\u{a0}", Session),
        named("\u{3000}a=1", "\u{3000}a", "1", Session),
        named("\u{2003}a\u{2003}=1", "\u{2003}a\u{2003}", "1", Session),
        named("\u{feff}a=1", "\u{feff}a", "1", Session),
        named(b"\x85a=1", b"\x85a", "1", Session),
        lives("\u{a0}Max-Age=60", Session),
        lives("Max-Age\u{a0}=60", Session),
        lives(b"Max-Age\xa0=60", Session),
        lives("Max-Age=60\u{a0}", Unproven(None)),
        lives(b"Max-Age=\xa060", Unproven(None)),
        lives("Expires\u{a0}=Sun, 22 Nov 2026 12:00:00 GMT", Session),
        lives("Expires=Sun, 22 Nov 2026 12:00:00 GMT\u{a0}", Unproven(Some(86_400))),
    ]
}
