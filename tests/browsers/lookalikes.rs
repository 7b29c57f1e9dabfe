//! Lines that look like a deletion, or like a short lifetime, but are not for these browsers.

use super::line::Line;

const LINES: [&[u8]; 23] = [
    b"a=1; Max-Age=0\xa0",
    b"a=1; Max-Age=\xa00",
    b"a=1; Max-Age\xa0=0",
    b"a=1; \xa0Max-Age=0",
    b"a=1; Max-Age=0\xc2\xa0",
    b"a=1; Max-Age=\xc2\xa00",
    b"a=1; Max-Age\xc2\xa0=0",
    b"a=1; \xc2\xa0Max-Age=0",
    b"a=1; Max-Age=0\xe2\x80\x89",
    b"a=1; Max-Age=60\xc2\xa0; Path=/",
    b"a=1; Max-Age=60\xc2\xa0; Expires=Sun, 22 Nov 2099 12:00:00 GMT",
    b"a=1; Max-Age=0; Max-Age=31536000; Path=/",
    b"a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=Sun, 22 Nov 2099 12:00:00 GMT; Path=/",
    b"a=1; Max-Age=60; Max-Age=abc; Expires=Sun, 22 Nov 2099 12:00:00 GMT",
    b"a=1; Max-Age=\"0\"; Path=/",
    b"a=1; Max-Age=0 0",
    b"a=1; Max-Age=0x0",
    b"a=1; Max-Age=0e0",
    b"a=1; Max-Age=%30",
    b"a=1; XMax-Age=0; Path=/",
    b"a=\"1; Max-Age=0\"",
    b"a=Max-Age=0",
    b"Max-Age=0",
];

pub(crate) fn lines() -> impl Iterator<Item = Line> {
    LINES.into_iter().map(|line| Line::new("lookalikes", line))
}
