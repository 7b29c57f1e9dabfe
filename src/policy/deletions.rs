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
    /// The host's own domain and its parents; the rest is empty.
    domains: [&'a str; MAX_DOMAINS],
    /// Is `true` if the page may lie in a frame of another site, where browsers take only lines that say
    /// `Secure; SameSite=None`.
    is_framed: bool,
}

impl<'a> Places<'a> {
    pub(super) fn around(page: &'a Page, is_framed: bool) -> Self {
        let mut all = page.domains();
        let domains = std::array::from_fn(|_| all.next().unwrap_or_default());
        Places { domains, is_framed }
    }

    /// The domains in which a cookie may lie that names none.
    fn parents(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.domains.into_iter().take_while(|domain| !domain.is_empty())
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
        let jars = if rule.floor.partitioned { &[false, true][..] } else { &[false] };
        for &partitioned in jars {
            if prefix::demands_host(held.name) {
                self.write_line(held, "/", partitioned, lines);
                continue;
            }
            let paths = declared.paths();
            let root = (paths.len() == 0).then_some("/");
            for path in root.into_iter().chain(paths) {
                let line = self.write_line(held, path, partitioned, lines);
                for domain in declared.domains() {
                    lines.repeat(&line, domain);
                }
                for domain in self.parents().take_while(|_| declared.is_at_parents()) {
                    lines.repeat(&line, domain);
                }
            }
        }
    }

    /// Writes the line that deletes a cookie of the host alone.
    fn write_line(
        &self,
        held: Held<'_>,
        path: &str,
        partitioned: bool,
        lines: &mut Lines,
    ) -> HostLine {
        let line = lines.begin();
        let start = line.len();
        line.extend_from_slice(held.name);
        line.extend_from_slice(if held.is_nameless { b"; Path=" } else { b"=; Path=" });
        line.extend_from_slice(path.as_bytes());
        let middle = line.len();
        // Browsers ignore lines for such names without these, deletions too.
        if partitioned || self.is_framed || prefix::demands_secure(held.name) {
            line.extend_from_slice(b"; Secure");
        }
        if prefix::demands_http_only(held.name) {
            line.extend_from_slice(b"; HttpOnly");
        }
        if self.is_framed {
            line.extend_from_slice(b"; SameSite=None");
        }
        if partitioned {
            line.extend_from_slice(b"; Partitioned");
        }
        line.extend_from_slice(b"; Max-Age=0");
        let end = line.len();
        lines.end();
        HostLine { until_path: start..middle, behind: middle..end }
    }
}

/// The position among others of a line without a `Domain`.
struct HostLine {
    until_path: Range<usize>,
    behind: Range<usize>,
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

    /// Writes a line once more, with a `Domain`.
    fn repeat(&mut self, line: &HostLine, domain: &str) {
        self.bytes.extend_from_within(line.until_path.clone());
        self.bytes.extend_from_slice(b"; Domain=");
        self.bytes.extend_from_slice(domain.as_bytes());
        self.bytes.extend_from_within(line.behind.clone());
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
