//! Percent-encoding, as `decodeURIComponent` undoes it.

use std::borrow::Cow;

/// The bytes behind `%XX`; `+` is a plus. `None` where a `%` starts no escape.
pub(crate) fn decode(value: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !value.contains(&b'%') {
        return Some(value.into());
    }
    let mut decoded = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'%', rest) {
        decoded.extend_from_slice(&rest[..at]);
        let [high, low, after @ ..] = &rest[at + 1..] else { return None };
        decoded.push(digit(*high)? << 4 | digit(*low)?);
        rest = after;
    }
    decoded.extend_from_slice(rest);
    Some(decoded.into())
}

fn digit(hexadecimal: u8) -> Option<u8> {
    match hexadecimal {
        b'0'..=b'9' => Some(hexadecimal - b'0'),
        b'a'..=b'f' => Some(hexadecimal - b'a' + 10),
        b'A'..=b'F' => Some(hexadecimal - b'A' + 10),
        _ => None,
    }
}

/// The text behind `%XX`; `None` if it is not UTF-8 either.
pub(crate) fn decode_text(value: &[u8]) -> Option<Cow<'_, str>> {
    match decode(value)? {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_decodes_whole_escapes_only() {
        for (value, want) in [
            ("", Some("")),
            ("a+b", Some("a+b")),
            ("%7B%22a%22%3a1%7d", Some("{\"a\":1}")),
            ("%25%32%35", Some("%25")),
            ("%C3%A9", Some("é")),
            ("%", None),
            ("%2", None),
            ("a%2", None),
            ("%2g", None),
            ("%%20", None),
            ("%C3", None),
        ] {
            assert_eq!(decode_text(value.as_bytes()).as_deref(), want, "{value}");
        }
        assert_eq!(decode(b"%FF").as_deref(), Some(&b"\xff"[..]));
    }
}
