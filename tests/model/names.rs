//! Models R5: the declaration that applies to a name.

use std::cmp::Reverse;

use crate::site::{Cookie, Site};
use crate::tally::reached;

/// Returns the declaration that applies to a name.
pub(crate) fn declaration<'a>(site: &'a Site, name: &[u8]) -> Option<&'a Cookie> {
    if let Some(cookie) = exact(site, name) {
        reached("R5: an exact name");
        // A declaration with the consent cookie's name applies only to lines that carry the choice
        // (R8).
        return Some(cookie).filter(|_| name != site.consent_cookie.name().as_bytes());
    }
    let mut matching: Vec<_> = site
        .cookies
        .iter()
        .filter(|cookie| is_pattern(cookie) && matches(cookie.name.as_bytes(), name))
        .collect();
    let literal = |cookie: &Cookie| cookie.name.bytes().filter(|&byte| byte != b'*').count();
    // Among those with the most literal bytes, the shortest cap wins. No cap counts as the longest.
    matching.sort_by_key(|cookie| {
        let cap = site.cap(cookie);
        (Reverse(literal(cookie)), cap.is_none(), cap)
    });
    match matching[..] {
        [] => {}
        [_] => reached("R5: one pattern"),
        [first, second, ..] if literal(first) == literal(second) => {
            reached("R5: patterns with equally many literal bytes");
        }
        _ => reached("R5: patterns"),
    }
    matching.first().copied()
}

/// Returns the declaration with exactly this name.
pub(crate) fn exact<'a>(site: &'a Site, name: &[u8]) -> Option<&'a Cookie> {
    site.cookies.iter().find(|cookie| !is_pattern(cookie) && cookie.name.as_bytes() == name)
}

fn is_pattern(cookie: &Cookie) -> bool {
    cookie.name.contains('*')
}

/// Returns whether a pattern, in which `*` stands for any run of bytes, matches the whole name.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some((b'*', rest)) => (0..=name.len()).any(|skipped| matches(rest, &name[skipped..])),
        Some((byte, rest)) => {
            name.split_first().is_some_and(|(first, name)| first == byte && matches(rest, name))
        }
    }
}
