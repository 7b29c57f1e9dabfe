//! The lines that delete a cookie wherever a browser may hold it (R20).
//!
//! A browser keeps one cookie for each name, domain, path and jar, and a line deletes the one in its
//! own place alone. So each place gets a line of its own.

use std::ops::Range;

use bytes::Bytes;
use http::HeaderValue;

use crate::policy::page::Page;
use crate::registry::{DeclarationRef, Rule};
use crate::set_cookie::prefix::Demands;

/// A response whose lines are bounded has at most so many of them. With those of the next rule's
/// cookie it stays far below what proxies take: nginx reads heads of 4 kB by default.
pub(super) const MAX_LINES: usize = 32;

/// So many bytes of a response's head are taken at most, names of headers and ends of lines included.
pub(super) const MAX_BYTES: usize = 2_048;

/// So many bytes are enough for most responses.
const USUAL_BYTES: usize = 768;

/// The bytes that a line takes in a head besides its value: `set-cookie: ` and the end of the line.
const AROUND: usize = 14;

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
    /// The page, in the domains of whose host a cookie may lie that names none.
    page: &'a Page,
    /// Is `true` if the page may lie in a frame of another site, where browsers take only lines that say
    /// `Secure; SameSite=None`.
    is_framed: bool,
}

impl<'a> Places<'a> {
    pub(super) fn around(page: &'a Page, is_framed: bool) -> Self {
        Places { page, is_framed }
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
        let demands = Demands::of(held.name);
        let usual = Usual::of(held, demands, rule, declared);
        if usual.is_some_and(|usual| lines.repeat(usual, held.name)) {
            return;
        }
        let before = lines.len();
        let jars = if rule.floor.partitioned { &[false, true][..] } else { &[false] };
        for &partitioned in jars {
            let end = self.end(demands, partitioned).as_bytes();
            let paths = declared.paths();
            if demands.host {
                lines.add_of_host(held, "/", end);
            } else if paths.len() == 0 {
                self.write_under("/", held, declared, end, lines);
            } else {
                for path in paths {
                    self.write_under(path, held, declared, end, lines);
                }
            }
        }
        if let Some(usual) = usual {
            let (lines_of_it, name_length) = (before..lines.len(), held.name.len());
            lines.repeatable = Some(Repeatable { usual, lines: lines_of_it, name_length });
        }
    }

    /// Writes the lines that delete a cookie of this path.
    fn write_under(
        &self,
        path: &str,
        held: Held<'_>,
        declared: DeclarationRef<'_>,
        end: &[u8],
        lines: &mut Lines,
    ) {
        let start = lines.add_of_host(held, path, end);
        for domain in declared.domains() {
            lines.add_of_domain(start.clone(), domain.as_bytes(), end);
        }
        if declared.is_at_parents()
            && let Some(host) = self.page.host_name()
        {
            for domain in host.domains() {
                lines.add_of_domain(start.clone(), domain, end);
            }
        }
    }

    /// The end of a line, with the attributes without which browsers ignore it for such a name or jar, even if
    /// it deletes.
    fn end(&self, demands: Demands, partitioned: bool) -> &'static str {
        if !(partitioned || self.is_framed || demands.secure) {
            return "; Max-Age=0";
        }
        match (demands.http_only, self.is_framed, partitioned) {
            (false, false, false) => "; Secure; Max-Age=0",
            (false, false, true) => "; Secure; Partitioned; Max-Age=0",
            (false, true, false) => "; Secure; SameSite=None; Max-Age=0",
            (false, true, true) => "; Secure; SameSite=None; Partitioned; Max-Age=0",
            (true, false, false) => "; Secure; HttpOnly; Max-Age=0",
            (true, false, true) => "; Secure; HttpOnly; Partitioned; Max-Age=0",
            (true, true, false) => "; Secure; HttpOnly; SameSite=None; Max-Age=0",
            (true, true, true) => "; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=0",
        }
    }
}

/// A cookie whose declaration names no place, as most do not. The lines of two that are equal differ by the
/// name alone.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Usual {
    demands: Demands,
    is_nameless: bool,
    partitioned: bool,
}

impl Usual {
    fn of(
        held: Held<'_>,
        demands: Demands,
        rule: &Rule,
        declared: DeclarationRef<'_>,
    ) -> Option<Self> {
        let names_no_place = || {
            declared.is_at_parents() && declared.domains().len() == 0 && declared.paths().len() == 0
        };
        let partitioned = rule.floor.partitioned;
        // A name that demands the host leaves the declaration no say.
        (demands.host || names_no_place()).then_some(Usual {
            demands,
            is_nameless: held.is_nameless,
            partitioned,
        })
    }
}

/// Lines in one piece of memory, which the values of the headers share.
#[derive(Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    repeatable: Option<Repeatable>,
}

/// The lines of the last cookie whose declaration names no place, which are repeated for others.
struct Repeatable {
    usual: Usual,
    lines: Range<usize>,
    name_length: usize,
}

impl Lines {
    /// Where the next line is to be written. Room for what is usual is made once, before the first.
    pub(super) fn begin(&mut self) -> &mut Vec<u8> {
        if self.bytes.capacity() == 0 {
            // Larger pieces of memory take longer to get.
            self.bytes = Vec::with_capacity(USUAL_BYTES);
            self.ends = Vec::with_capacity(MAX_LINES / 2);
        }
        &mut self.bytes
    }

    /// Ends the line that was written.
    pub(super) fn end(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// Adds the line that deletes a cookie of the host alone. Returns the place of its start, until behind the path.
    fn add_of_host(&mut self, held: Held<'_>, path: &str, end: &[u8]) -> Range<usize> {
        let line = self.begin();
        let start = line.len();
        line.extend_from_slice(held.name);
        line.extend_from_slice(if held.is_nameless { b"; Path=" } else { b"=; Path=" });
        line.extend_from_slice(path.as_bytes());
        let behind_path = line.len();
        line.extend_from_slice(end);
        self.end();
        start..behind_path
    }

    /// Adds the line that deletes the same cookie of a domain.
    fn add_of_domain(&mut self, start: Range<usize>, domain: &[u8], end: &[u8]) {
        self.bytes.extend_from_within(start);
        self.bytes.extend_from_slice(b"; Domain=");
        self.bytes.extend_from_slice(domain);
        self.bytes.extend_from_slice(end);
        self.end();
    }

    /// Adds the lines that delete a cookie by repeating those of another such one, if there are any.
    fn repeat(&mut self, usual: Usual, cookie_name: &[u8]) -> bool {
        let Some(like) = self.repeatable.as_ref().filter(|it| it.usual == usual) else {
            return false;
        };
        let (lines, name_length) = (like.lines.clone(), like.name_length);
        for line in lines {
            let behind_name = self.start(line) + name_length..self.ends[line];
            self.bytes.extend_from_slice(cookie_name);
            self.bytes.extend_from_within(behind_name);
            self.end();
        }
        true
    }

    /// Where a line starts.
    fn start(&self, line: usize) -> usize {
        line.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
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
        self.bytes.truncate(self.start(lines));
        self.repeatable.take_if(|it| it.lines.end > lines);
    }

    /// The lines as header values. A line that cannot be a value, such as one whose name has a
    /// control character, is left out.
    pub(super) fn into_values(self) -> impl Iterator<Item = HeaderValue> {
        let (mut rest, mut start) = (Bytes::from(self.bytes), 0);
        self.ends.into_iter().filter_map(move |end| {
            let line = rest.split_to(end - start);
            start = end;
            HeaderValue::from_maybe_shared(line).ok()
        })
    }
}
