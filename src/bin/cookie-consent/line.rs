//! A header line, with all its bytes.

/// A header line together with its continuation lines (RFC 9112, section 5.2), including line ends.
#[derive(Default)]
pub(crate) struct Line {
    bytes: Vec<u8>,
}

/// A header line, split into its parts.
pub(crate) struct Field<'a> {
    name: &'a [u8],
    /// The name, the colon and the blanks before the value.
    before: &'a [u8],
    /// The value without blanks around it. Continuation lines are joined by a space.
    pub(crate) value: Vec<u8>,
    /// The blanks and the line end behind the value.
    after: &'a [u8],
}

impl Line {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Line { bytes }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Appends a continuation line, which starts with a blank.
    pub(crate) fn continue_with(&mut self, continuation: &[u8]) {
        self.bytes.extend_from_slice(continuation);
    }

    /// Splits the line into name and value. Returns `None` if it has no colon.
    pub(crate) fn field(&self) -> Option<Field<'_>> {
        let colon = self.bytes.iter().position(|byte| *byte == b':')?;
        let (name, rest) = self.bytes.split_at(colon);
        let value = without_end(&rest[1..]);
        let blanks = value.iter().take_while(|byte| is_blank(**byte)).count();
        let start = colon + 1 + blanks;
        let value = trim_end(&value[blanks..]);
        Some(Field {
            // Some browsers ignore blanks before the colon, so they must not hide a cookie here.
            name: trim_end(name),
            before: &self.bytes[..start],
            value: unfold(value),
            after: &self.bytes[start + value.len()..],
        })
    }
}

impl Field<'_> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// Returns the line with another value.
    pub(crate) fn with_value(&self, value: &[u8]) -> Vec<u8> {
        [self.before, value, self.after].concat()
    }
}

/// Returns a line without its line end, which is CRLF, LF or missing.
pub(crate) fn without_end(line: &[u8]) -> &[u8] {
    match line.strip_suffix(b"\n") {
        Some(line) => line.strip_suffix(b"\r").unwrap_or(line),
        None => line,
    }
}

pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn trim_end(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., last] = bytes
        && is_blank(*last)
    {
        bytes = rest;
    }
    bytes
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.iter().take_while(|byte| is_blank(**byte)).count()..]
}

/// Joins continuation lines as browsers do.
fn unfold(value: &[u8]) -> Vec<u8> {
    let mut lines = value.split_inclusive(|byte| *byte == b'\n').map(without_end);
    let mut unfolded = lines.next().map_or_else(Vec::new, |line| trim_end(line).to_vec());
    for line in lines {
        unfolded.push(b' ');
        unfolded.extend_from_slice(trim_end(trim_start(line)));
    }
    unfolded
}
