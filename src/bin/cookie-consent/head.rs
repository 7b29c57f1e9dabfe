//! Response heads, one after another, and where the body starts.

use std::io::{self, BufRead, Read};
use std::mem;

use crate::line::{Line, is_blank, without_end};

/// The head of one response.
#[derive(Default)]
pub(crate) struct Head {
    /// The status line; empty if the input starts with a header line.
    start: Line,
    pub(crate) lines: Vec<Line>,
    /// The blank line; empty if the input ends before it.
    pub(crate) end: Vec<u8>,
}

/// Heads and body of the input.
pub(crate) struct Heads<R> {
    input: R,
    /// Read already, to see whether it starts a head.
    peeked: Vec<u8>,
}

/// No server sends, and no browser takes, a longer head.
const LONGEST_HEAD: u64 = 1 << 20;
/// The number of bytes in which to look for the end of a line that may be a status line.
const LONGEST_STATUS_LINE: u64 = 8 << 10;

impl<R: BufRead> Heads<R> {
    pub(crate) fn new(input: R) -> Self {
        Heads { input, peeked: Vec::new() }
    }

    /// The head that the input starts with; `None` if it starts with something else. A status line
    /// may be missing: then this must be a header line.
    pub(crate) fn first(&mut self) -> io::Result<Option<Head>> {
        self.peek()?;
        let starts = self.peeked.starts_with(b"HTTP/") || is_header(&self.peeked);
        if starts { self.read().map(Some) } else { Ok(None) }
    }

    /// The head that follows another one; `None` if the body does.
    pub(crate) fn after(&mut self, previous: &Head) -> io::Result<Option<Head>> {
        if !previous.may_be_followed() {
            return Ok(None);
        }
        self.peek()?;
        if status(&self.peeked).is_some() { self.read().map(Some) } else { Ok(None) }
    }

    /// Returns what is left of the input, the body.
    pub(crate) fn into_body(self) -> impl BufRead {
        io::Cursor::new(self.peeked).chain(self.input)
    }

    fn peek(&mut self) -> io::Result<()> {
        self.input.by_ref().take(LONGEST_STATUS_LINE).read_until(b'\n', &mut self.peeked)?;
        Ok(())
    }

    /// Reads a head whose first line was peeked at, perhaps not to its end.
    fn read(&mut self) -> io::Result<Head> {
        let mut line = mem::take(&mut self.peeked);
        let mut head = Head::default();
        let mut input = self.input.by_ref().take(LONGEST_HEAD);
        if !line.ends_with(b"\n") {
            input.read_until(b'\n', &mut line)?;
        }
        if line.starts_with(b"HTTP/") {
            head.start = Line::new(mem::take(&mut line));
        } else {
            head.push(mem::take(&mut line));
        }
        loop {
            input.read_until(b'\n', &mut line)?;
            if input.limit() == 0 {
                return Err(io::Error::other("the response head is too long"));
            }
            if without_end(&line).is_empty() {
                head.end = line;
                return Ok(head);
            }
            head.push(mem::take(&mut line));
        }
    }
}

impl Head {
    fn push(&mut self, line: Vec<u8>) {
        match line.first() {
            Some(first) if is_blank(*first) => {
                self.lines.last_mut().unwrap_or(&mut self.start).continue_with(&line);
            }
            _ => self.lines.push(Line::new(line)),
        }
    }

    /// The status line as it came.
    pub(crate) fn start(&self) -> &[u8] {
        self.start.bytes()
    }

    /// The status line to be shown.
    pub(crate) fn title(&self) -> String {
        let start = String::from_utf8_lossy(self.start());
        let title = start.trim_end();
        if title.is_empty() { "response".to_owned() } else { title.to_owned() }
    }

    /// Returns `true` if what looks like another head is one, and not the body of this response: after
    /// interim responses, redirections and challenges, which curl follows and prints without their
    /// bodies, and after a proxy's answer to CONNECT, which has none.
    fn may_be_followed(&self) -> bool {
        match status(self.start()) {
            Some(100..=199 | 300..=399 | 401 | 407) => true,
            Some(200..=299) => !self.has_content(),
            _ => false,
        }
    }

    fn has_content(&self) -> bool {
        let fields = self.lines.iter().filter_map(Line::field);
        let of_content = ["content-type", "content-length", "transfer-encoding"];
        fields.into_iter().any(|field| of_content.iter().any(|name| field.is(name)))
    }
}

/// The status of a status line, such as `HTTP/1.1 200 OK` or `HTTP/2 200`.
fn status(line: &[u8]) -> Option<u16> {
    let line = without_end(line).strip_prefix(b"HTTP/")?;
    let (version, rest) = line.split_at(line.iter().position(|byte| *byte == b' ')?);
    let digits = rest.get(1..4)?;
    let ends = rest.get(4).is_none_or(|byte| *byte == b' ');
    let is_version = matches!(version, [b'0'..=b'9'] | [b'0'..=b'9', b'.', b'0'..=b'9']);
    if !(is_version && ends && digits.iter().all(u8::is_ascii_digit)) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn is_header(line: &[u8]) -> bool {
    let colon = line.iter().position(|byte| *byte == b':');
    colon.is_some_and(|colon| is_token(line[..colon].trim_ascii_end()))
}

/// RFC 9110, section 5.6.2.
fn is_token(name: &[u8]) -> bool {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !name.is_empty() && name.iter().all(is_token)
}
