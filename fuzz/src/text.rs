//! Inputs are text, so that a seed can be written and a finding be read.

use http::header::{COOKIE, HeaderMap, HeaderValue};

/// Returns what stands before the first line feed, and what behind it. No header value has one.
pub fn cut_line(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = data.iter().position(|byte| *byte == b'\n')?;
    Some((&data[..at], &data[at + 1..]))
}

/// The lines before the first empty one, and those behind it.
pub fn blocks(data: &[u8]) -> (Vec<&[u8]>, Vec<&[u8]>) {
    let mut lines = data.split(|byte| *byte == b'\n');
    let first = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    (first, lines.collect())
}

/// A request with a `Cookie` header for each line that can be one.
pub fn request<'a>(lines: impl IntoIterator<Item = &'a [u8]>) -> HeaderMap {
    let values = lines.into_iter().filter_map(|line| HeaderValue::from_bytes(line).ok());
    values.map(|value| (COOKIE, value)).collect()
}

/// The cookies of `Cookie` headers, as name and value.
pub fn cookies(request: &HeaderMap) -> Vec<(&[u8], &[u8])> {
    let segments =
        request.get_all(COOKIE).into_iter().flat_map(|line| line.as_bytes().split(|b| *b == b';'));
    segments
        .map(|segment| {
            let equals = segment.iter().position(|byte| *byte == b'=');
            let (name, value) = segment.split_at(equals.unwrap_or(segment.len()));
            (trimmed(name), trimmed(value.strip_prefix(b"=").unwrap_or(value)))
        })
        .filter(|cookie| *cookie != (b"", b""))
        .collect()
}

fn trimmed(text: &[u8]) -> &[u8] {
    let solid = |byte: &u8| *byte != b' ' && *byte != b'\t';
    let start = text.iter().position(solid).unwrap_or(text.len());
    let end = text.iter().rposition(solid).map_or(start, |last| last + 1);
    &text[start..end]
}
