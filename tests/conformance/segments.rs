//! Splits a line at its `;` in the plainest way.

/// Returns the text of the cookie's name and value, and that of each attribute.
pub(super) fn segments(line: &[u8]) -> (&[u8], Vec<&[u8]>) {
    let mut segments = line.split(|&byte| byte == b';');
    (segments.next().unwrap_or(b""), segments.collect())
}

/// Returns `true` if the line has a Max-Age or an Expires, over-long ones included.
pub(super) fn has_lifetime_attribute(line: &[u8]) -> bool {
    segments(line).1.into_iter().any(is_lifetime_attribute)
}

/// Returns `true` if the text between two `;` is a Max-Age or an Expires.
pub(super) fn is_lifetime_attribute(segment: &[u8]) -> bool {
    is_max_age(segment) || is_expires(segment)
}

pub(super) fn is_max_age(segment: &[u8]) -> bool {
    name_and_value(segment).0.eq_ignore_ascii_case(b"max-age")
}

pub(super) fn is_expires(segment: &[u8]) -> bool {
    name_and_value(segment).0.eq_ignore_ascii_case(b"expires")
}

/// Returns the name and value of the text between two `;`.
pub(super) fn name_and_value(segment: &[u8]) -> (&[u8], &[u8]) {
    let mut halves = segment.splitn(2, |&byte| byte == b'=');
    let name = halves.next().unwrap_or(b"");
    (trimmed(name), trimmed(halves.next().unwrap_or(b"")))
}

/// Removes the blanks at both ends that browsers trim.
pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    let solid = |byte: &u8| *byte != b' ' && *byte != b'\t';
    let start = text.iter().position(solid).unwrap_or(0);
    let end = text.iter().rposition(solid).map_or(0, |last| last + 1);
    &text[start..end]
}

/// Returns `true` if libsoup before 3.4 reads on to the end of the text.
pub(super) fn is_printable(text: &[u8]) -> bool {
    text.iter().all(|byte| (0x20..0x7f).contains(byte))
}
