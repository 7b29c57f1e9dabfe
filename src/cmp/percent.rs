//! Percent-encoding, as `decodeURIComponent` undoes it.

use std::borrow::Cow;

/// The bytes behind `%XX`; `+` is a plus. `None` where a `%` starts no escape.
pub(crate) fn decode(value: &[u8]) -> Option<Cow<'_, [u8]>> {
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'%', rest) {
        let digits = rest.get(at + 1..at + 3)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        rest = &rest[at + 3..];
    }
    Some(percent_encoding::percent_decode(value).into())
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
