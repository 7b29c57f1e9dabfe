//! The lines that delete a cookie wherever a browser may hold it (R20).
//!
//! A browser keeps one cookie for each name, domain, path and jar, and a line deletes the one in its
//! own place alone. So each place gets a line of its own.

use std::ops::Range;

use bytes::Bytes;
use http::HeaderValue;

use crate::policy::page::{MAX_DOMAINS, Page};
use crate::registry::{DeclarationRef, Rule};
use crate::set_cookie::prefix;

/// A response whose lines are bounded has at most so many of them. With those of the next rule's
/// cookie it stays far below what proxies take: nginx reads heads of 4 kB by default.
pub(super) const MAX_LINES: usize = 32;

/// So many bytes of a response's head are taken at most, names of headers and ends of lines included.
pub(super) const MAX_BYTES: usize = 2_048;

/// The bytes that a line takes in a head besides its value: `set-cookie: ` and the end of the line.
const AROUND: usize = 14;

/// The deletions that a policy adds by itself.
#[derive(Clone, Default)]
pub(super) struct Unasked {
    /// Is `true` if some deletions of the application's need another one behind them.
    pub(super) follows: bool,
    /// The number by which a policy that sweeps marks what it has swept (R19).
    pub(super) seed: Option<u64>,
}

/// A cookie that a request carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held<'a> {
    /// The name that the request shows.
    pub(super) name: &'a [u8],
    /// Is `true` if the browser holds it without a name, and sends the value alone (R2). Such a cookie is
    /// deleted by a line without a name, whatever its value.
    pub(super) is_nameless: bool,
}

/// The places that the lines of one response are to reach.
pub(super) struct Places<'a> {
    /// The domains in which a cookie may lie that names none: the host's own and its parents, of which the
    /// first `number` are set.
    domains: [&'a str; MAX_DOMAINS],
    number: usize,
    /// Is `true` if the page may lie in a frame of another site, where browsers take only lines that say
    /// `Secure; SameSite=None`.
    is_framed: bool,
}

impl<'a> Places<'a> {
    pub(super) fn around(page: &'a Page, is_framed: bool) -> Self {
        let mut places = Places { domains: [""; MAX_DOMAINS], number: 0, is_framed };
        for (place, domain) in places.domains.iter_mut().zip(page.domains()) {
            *place = domain;
            places.number += 1;
        }
        places
    }

    /// Writes the lines that delete a cookie: for the host alone and for each domain, under each path,
    /// and in each jar that its declaration knows.
    pub(super) fn write(
        &self,
        held: Held<'_>,
        rule: &Rule,
        declared: DeclarationRef<'_>,
        lines: &mut Lines,
    ) {
        let is_of_host = prefix::demands_host(held.name);
        let parents = if declared.is_at_parents() { self.number } else { 0 };
        let parents = self.domains.get(..parents).unwrap_or_default();
        let jars = if rule.floor.partitioned { &[false, true][..] } else { &[false] };
        for &partitioned in jars {
            let demanded = self.demanded(held.name, partitioned);
            if is_of_host {
                lines.add_of_host(held, "/", demanded);
                continue;
            }
            let paths = declared.paths();
            let root = (paths.len() == 0).then_some("/");
            for path in root.into_iter().chain(paths) {
                let start = lines.add_of_host(held, path, demanded);
                for domain in declared.domains() {
                    lines.add_of_domain(start.clone(), domain, demanded);
                }
                for domain in parents {
                    lines.add_of_domain(start.clone(), domain, demanded);
                }
            }
        }
    }

    /// The attributes without which browsers ignore lines for such a name or jar, deletions too.
    fn demanded(&self, cookie_name: &[u8], partitioned: bool) -> Option<Demanded> {
        let is_framed = self.is_framed;
        let is_demanded = partitioned || is_framed || prefix::demands_secure(cookie_name);
        let http_only = prefix::demands_http_only(cookie_name);
        is_demanded.then_some(Demanded { http_only, is_framed, partitioned })
    }
}

/// The attributes that lines have which delete at all only with `Secure`.
#[derive(Clone, Copy)]
struct Demanded {
    http_only: bool,
    is_framed: bool,
    partitioned: bool,
}

impl Demanded {
    fn write(self, line: &mut Vec<u8>) {
        line.extend_from_slice(b"; Secure");
        if self.http_only {
            line.extend_from_slice(b"; HttpOnly");
        }
        if self.is_framed {
            line.extend_from_slice(b"; SameSite=None");
        }
        if self.partitioned {
            line.extend_from_slice(b"; Partitioned");
        }
    }
}

/// Lines in one piece of memory, which the values of the headers share.
#[derive(Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Lines {
    /// Where the next line is to be written. Room for what is usual is made once, before the first.
    pub(super) fn begin(&mut self) -> &mut Vec<u8> {
        if self.bytes.capacity() == 0 {
            // Larger pieces of memory take longer to get.
            self.bytes.reserve(MAX_BYTES / 2);
            self.ends.reserve(MAX_LINES / 2);
        }
        &mut self.bytes
    }

    /// Ends the line that was written.
    pub(super) fn end(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// Adds the line that deletes a cookie of the host alone. Returns the place of its start, until behind the path.
    fn add_of_host(
        &mut self,
        held: Held<'_>,
        path: &str,
        demanded: Option<Demanded>,
    ) -> Range<usize> {
        let line = self.begin();
        let start = line.len();
        line.extend_from_slice(held.name);
        line.extend_from_slice(if held.is_nameless { b"; Path=" } else { b"=; Path=" });
        line.extend_from_slice(path.as_bytes());
        let end = line.len();
        self.end_deletion(demanded);
        start..end
    }

    /// Adds the line that deletes the same cookie of a domain.
    fn add_of_domain(&mut self, start: Range<usize>, domain: &str, demanded: Option<Demanded>) {
        self.bytes.extend_from_within(start);
        self.bytes.extend_from_slice(b"; Domain=");
        self.bytes.extend_from_slice(domain.as_bytes());
        self.end_deletion(demanded);
    }

    fn end_deletion(&mut self, demanded: Option<Demanded>) {
        if let Some(demanded) = demanded {
            demanded.write(&mut self.bytes);
        }
        self.bytes.extend_from_slice(b"; Max-Age=0");
        self.end();
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns `true` if so many more lines and bytes would be within the bounds of a response.
    fn leaves_room_for(&self, lines: usize, bytes: usize) -> bool {
        let (lines, taken) = (self.len() + lines, self.bytes.len() + bytes);
        lines <= MAX_LINES && taken + lines * AROUND <= MAX_BYTES
    }

    /// Makes the lines of a cookie, which stand behind the first `before`, leave room for this many
    /// more lines and bytes. If there are other lines already, all lines of the cookie wait for a
    /// later response. If there are none, no later response has more room, so as many lines stay as
    /// fit. Returns `true` if any stays.
    pub(super) fn fit(&mut self, before: usize, lines: usize, bytes: usize) -> bool {
        while self.len() > before && !self.leaves_room_for(lines, bytes) {
            self.truncate(if before == 0 { self.len() - 1 } else { before });
        }
        self.len() > before
    }

    /// Takes back all but the first lines.
    fn truncate(&mut self, lines: usize) {
        self.ends.truncate(lines);
        self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// The lines as header values. A line that cannot be a value, such as one whose name has a
    /// control character, is left out.
    pub(super) fn into_values(self) -> Vec<HeaderValue> {
        let bytes = Bytes::from(self.bytes);
        let mut values = Vec::with_capacity(self.ends.len());
        let mut start = 0;
        for end in self.ends {
            values.extend(HeaderValue::from_maybe_shared(bytes.slice(start..end)));
            start = end;
        }
        values
    }
}
