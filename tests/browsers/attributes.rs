//! Cookies with every attribute that decides on their place and their access, and with all kinds of
//! lifetimes.

use super::dates;
use super::line::Line;
use crate::conformance::table;

/// They are served at noon on Sat, 21 Nov 2026, like the table's lines. Some are near the cap.
const LIVES: [&str; 6] = [
    "",
    "; Max-Age=100",
    "; Max-Age=150",
    "; Expires=Sun, 22 Nov 2026 12:00:00 GMT",
    "; Max-Age=0",
    "; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
];

const COOKIES: [&str; 62] = [
    // Domain.
    "a=1; Domain=example.org",
    "a=1; Domain=.example.org",
    "a=1; Domain=www.example.org",
    "a=1; Domain=WWW.example.org",
    "a=1; Domain=shop.example.org",
    "a=1; Domain=shop.www.example.org",
    "a=1; Domain=example.com",
    "a=1; Domain=org",
    "a=1; Domain=",
    "a=1; Domain",
    "a=1; Domain=example.org.",
    "a=1; Domain=example.com; Domain=example.org",
    "a=1; Domain=example.org; Domain=",
    "a=1; Domain=\"example.org\"",
    "a=1; Domain=example.org:80",
    // Path.
    "a=1; Path=/",
    "a=1; Path=/shop",
    "a=1; Path=/shop/",
    "a=1; Path=shop",
    "a=1; Path=",
    "a=1; Path",
    "a=1; Path=/; Path=/shop",
    "a=1; Path=/shop; Path=",
    "a=1; Path=\"/\"",
    "a=1; Path=/a%20b",
    "a=1; Path=/a b",
    "a=1; Path=/für",
    "a=1; Path=/a=b",
    "a=1; Path=/a?b",
    // Flags.
    "a=1; Secure",
    "a=1; SECURE=no",
    "a=1; HttpOnly",
    "a=1; httponly=false",
    "a=1;Secure;HttpOnly;Path=/;SameSite=Strict",
    // SameSite.
    "a=1; SameSite=Strict",
    "a=1; SameSite=Lax",
    "a=1; SameSite=None; Secure",
    "a=1; SameSite=None",
    "a=1; samesite=lax",
    "a=1; SameSite=Maybe",
    "a=1; SameSite",
    "a=1; SameSite=Strict; SameSite=Lax",
    "a=1; SameSite=Lax; SameSite=Maybe",
    // Others.
    "a=1; Secure; SameSite=None; Path=/; Partitioned",
    "a=1; Partitioned",
    "a=1; Priority=High",
    "a=1; Priority=Low; Secure",
    // Prefixes.
    "__Secure-a=1; Secure",
    "__Secure-a=1",
    "__secure-a=1; Path=/",
    "__Host-a=1; Secure; Path=/",
    "__Host-a=1; Secure; Path=/shop",
    "__Host-a=1; Secure; Path=/; Domain=example.org",
    "__Host-a=1; Path=/",
    "__HOST-a=1; Secure; Path=/",
    "__Http-a=1; Secure; HttpOnly; Path=/",
    "__Host-Http-a=1; Secure; HttpOnly; Path=/",
    // Names and values that an edit must not change.
    "Max-Age=60; Secure",
    "a=Max-Age=60; HttpOnly",
    "a=\"b; Path=/; c=\"",
    "a=b, c=d; Path=/",
    "_ga; Secure; Path=/",
];

pub(crate) fn lines() -> impl Iterator<Item = Line> {
    COOKIES.into_iter().flat_map(|cookie| {
        LIVES.into_iter().map(move |life| Line {
            date: Some(dates::fixed(table::NOW)),
            ..Line::new("attributes", format!("{cookie}{life}"))
        })
    })
}
