//! Reads response heads, one after another, and finds the start of the body.

use std::io::{self, BufRead, Read};
use std::mem;

use crate::line::{Line, is_blank, without_end};

/// The head of one response.
#[derive(Default)]
pub(crate) struct Head {
    /// The status line. It is empty if the input starts with a header line.
    start: Line,
    pub(crate) lines: Vec<Line>,
    /// The blank line. It is empty if the input ends before it.
    pub(crate) end: Vec<u8>,
}

/// The input, with its heads and the body of the last response.
pub(crate) struct Heads<R> {
    input: R,
    /// The bytes that were read to find out whether a head begins.
    peeked: Vec<u8>,
}

/// The longest head that is read. No server sends a longer one, and no browser accepts it.
const LONGEST_HEAD: u64 = 1 << 20;
/// The longest line that is read to find out whether it is a status line.
const LONGEST_STATUS_LINE: u64 = 8 << 10;

impl<R: BufRead> Heads<R> {
    pub(crate) fn new(input: R) -> Self {
        Heads { input, peeked: Vec::new() }
    }

    /// Reads the head at the start of the input. Returns `None` if there is none. The status line
    /// may be missing, but then the input has to start with a header line.
    pub(crate) fn first(&mut self) -> io::Result<Option<Head>> {
        self.peek()?;
        let starts = self.peeked.starts_with(b"HTTP/") || is_header(&self.peeked);
        if starts { self.read().map(Some) } else { Ok(None) }
    }

    /// Reads the head that follows another one. Returns `None` if the body follows.
    pub(crate) fn after(&mut self, previous: &Head) -> io::Result<Option<Head>> {
        if !previous.may_be_followed() {
            return Ok(None);
        }
        self.peek()?;
        if status(&self.peeked).is_some() { self.read().map(Some) } else { Ok(None) }
    }

    /// Returns the rest of the input, which is the body.
    pub(crate) fn into_body(self) -> impl BufRead {
        io::Cursor::new(self.peeked).chain(self.input)
    }

    fn peek(&mut self) -> io::Result<()> {
        self.input.by_ref().take(LONGEST_STATUS_LINE).read_until(b'\n', &mut self.peeked)?;
        Ok(())
    }

    /// Reads a head of which the first line, or a part of it, is in `peeked`.
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

    /// Returns the first `Date`, which browsers use as the start of an `Expires`.
    pub(crate) fn date(&self) -> Option<Vec<u8>> {
        let mut fields = self.lines.iter().filter_map(Line::field);
        fields.find(|field| field.is("date")).map(|field| field.value)
    }

    /// Returns the status line unchanged.
    pub(crate) fn start(&self) -> &[u8] {
        self.start.bytes()
    }

    /// Returns the status line as it is shown to the user.
    pub(crate) fn title(&self) -> String {
        let start = String::from_utf8_lossy(self.start());
        let title = start.trim_end();
        if title.is_empty() { "response".to_owned() } else { title.to_owned() }
    }

    /// Returns `true` if another head may follow this one before a body. That is so for interim
    /// responses, redirections and challenges, which curl follows and prints without their bodies,
    /// and for a proxy's answer to CONNECT, which has no body.
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

/// Returns the status of a status line such as `HTTP/1.1 200 OK` or `HTTP/2 200`.
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

/// Returns whether this is a token (RFC 9110, section 5.6.2).
fn is_token(name: &[u8]) -> bool {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !name.is_empty() && name.iter().all(is_token)
}
