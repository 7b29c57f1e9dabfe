//! Records which cookies responses set, without their values and in bounded memory.

use std::collections::BTreeMap;

use crate::draft::{known, patterns};
use crate::set_cookie::{Lifetime, ServedAt, SetCookie};

/// The largest number of names and patterns that are kept. A site with more cookies generates
/// names, and has to declare their pattern by hand.
const NAMES: usize = 1_000;
/// The largest number of bytes that are kept of a name, a path or a domain.
const LONGEST_TEXT: usize = 256;

/// The record of all lines that set a cookie of one name or pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sighting {
    /// The number of times it was set. Deletions do not count.
    pub count: u64,
    /// The path of the request to which it was set first.
    pub first_path: String,
    /// The longest lifetime of any line, in seconds. It is `None` if no line had a lifetime, so
    /// that the cookie always ended with the browser's session.
    pub longest_seconds: Option<u64>,
    /// The last `Domain` attribute.
    pub domain: Option<String>,
    /// The last `Path` attribute.
    pub path: Option<String>,
    /// True if every line had `HttpOnly`.
    pub http_only: bool,
    /// True if every line had `Secure`.
    pub secure: bool,
    /// True if every line had `Partitioned`.
    pub partitioned: bool,
    /// The last `SameSite` attribute.
    pub same_site: Option<String>,
}

/// The cookies that were recorded so far.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    seen: BTreeMap<String, Sighting>,
    /// The number of lines whose name did not fit, or was not text.
    left_out: u64,
}

impl Traffic {
    pub(crate) fn record(&mut self, request_path: &str, line: &SetCookie<'_>, served_at: ServedAt) {
        let lifetime = line.lifetime(served_at);
        if lifetime == Lifetime::Proven(0) {
            return;
        }
        let Some(name) = recorded_name(line.request_name()) else {
            self.left_out += 1;
            return;
        };
        if !self.seen.contains_key(&name) && self.seen.len() == NAMES {
            self.left_out += 1;
            return;
        }
        let sighting = self.seen.entry(name).or_insert_with(|| Sighting {
            first_path: shortened(request_path),
            http_only: true,
            secure: true,
            partitioned: true,
            ..Sighting::default()
        });
        sighting.add(line, lifetime);
    }

    pub(crate) fn sightings(&self) -> Vec<(String, Sighting)> {
        self.seen.iter().map(|(name, sighting)| (name.clone(), sighting.clone())).collect()
    }

    /// Returns the number of lines that were not recorded.
    pub(crate) fn left_out(&self) -> u64 {
        self.left_out
    }
}

impl Sighting {
    fn add(&mut self, line: &SetCookie<'_>, lifetime: Lifetime) {
        self.count += 1;
        let seconds = match lifetime {
            Lifetime::Session => None,
            Lifetime::Proven(seconds) => Some(seconds),
            Lifetime::Unproven { estimate, .. } => estimate,
        };
        self.longest_seconds = self.longest_seconds.max(seconds);
        let (mut http_only, mut secure, mut partitioned) = (false, false, false);
        for attribute in line.attributes() {
            let is = |name: &str| attribute.name.eq_ignore_ascii_case(name.as_bytes());
            let text = || shortened(&String::from_utf8_lossy(attribute.value));
            http_only |= is("httponly");
            secure |= is("secure");
            partitioned |= is("partitioned");
            if is("samesite") {
                self.same_site = Some(text());
            } else if is("domain") {
                self.domain = Some(text()).filter(|domain| !domain.is_empty());
            } else if is("path") {
                self.path = Some(text()).filter(|path| path.starts_with('/'));
            }
        }
        self.http_only &= http_only;
        self.secure &= secure;
        self.partitioned &= partitioned;
    }
}

/// Returns the name under which a cookie is recorded: the pattern of a well-known one, or else the
/// name with `*` for the parts that vary. Returns `None` if no registry file can declare it.
fn recorded_name(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    if name.is_empty()
        || name.len() > LONGEST_TEXT
        || name.contains(|c: char| c.is_control() || c == '*')
    {
        return None;
    }
    match known::find(name) {
        Some(cookie) => Some(cookie.name.to_owned()),
        None => Some(patterns::of(name)),
    }
}

fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(traffic: &mut Traffic, line: &str) {
        traffic.record("/a", &SetCookie::parse(line.as_bytes()), ServedAt::clock(0));
    }

    #[test]
    fn what_is_seen_adds_up() {
        let mut traffic = Traffic::default();
        for line in [
            "theme=1; Max-Age=60; HttpOnly; Secure; Path=/x; Domain=example.com; SameSite=Lax",
            "theme=2; Max-Age=9; HttpOnly",
            "theme=; Max-Age=0",
        ] {
            record(&mut traffic, line);
        }
        let want = Sighting {
            count: 2,
            first_path: "/a".to_owned(),
            longest_seconds: Some(60),
            domain: Some("example.com".to_owned()),
            path: Some("/x".to_owned()),
            http_only: true,
            secure: false,
            partitioned: false,
            same_site: Some("Lax".to_owned()),
        };
        assert_eq!(traffic.sightings(), [("theme".to_owned(), want)]);
    }

    #[test]
    fn r14_names_from_the_network_do_not_fill_memory() {
        let mut traffic = Traffic::default();
        for number in 0..5_000_u32 {
            let letters: String =
                number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
            record(&mut traffic, &format!("x{letters}=1"));
            record(&mut traffic, &format!("cart_{number:06}=1"));
        }
        record(&mut traffic, &format!("{}=1", "y".repeat(5_000)));
        assert_eq!(traffic.seen.len(), NAMES);
        assert_eq!(traffic.seen["cart_*"].count, 5_000);
        assert_eq!(traffic.left_out(), 5_001 - 999);
        for line in ["\u{1}=1", "=", "a*=1"] {
            record(&mut traffic, line);
        }
        assert_eq!(traffic.left_out(), 5_001 - 999 + 3);
    }
}
