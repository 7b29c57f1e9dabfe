//! Percent-encoding, as `decodeURIComponent` undoes it.

use std::borrow::Cow;

/// The bytes behind `%XX`; `+` is a plus. `None` where a `%` starts no escape.
///
/// Banners escape every quote and comma, so that the next `%` is never far: bytes are moved one by
/// one, and digits looked up in a table.
pub(crate) fn decode(value: &[u8]) -> Option<Cow<'_, [u8]>> {
    let Some(first) = memchr::memchr(b'%', value) else { return Some(value.into()) };
    let mut decoded = value.to_vec();
    let (mut rest, mut length) = (&value[first..], first);
    while let [byte, behind @ ..] = rest {
        rest = behind;
        decoded[length] = *byte;
        if *byte == b'%' {
            let [high, low, behind @ ..] = behind else { return None };
            let (high, low) = (DIGITS[usize::from(*high)], DIGITS[usize::from(*low)]);
            if high | low > 15 {
                return None;
            }
            decoded[length] = high << 4 | low;
            rest = behind;
        }
        length += 1;
    }
    decoded.truncate(length);
    Some(decoded.into())
}

/// The value of each byte as a hexadecimal digit; of those that are none, more than 15.
const DIGITS: [u8; 256] = {
    let mut digits = [u8::MAX; 256];
    let mut digit: u8 = 0;
    while digit < 16 {
        digits[b"0123456789abcdef"[digit as usize] as usize] = digit;
        digits[b"0123456789ABCDEF"[digit as usize] as usize] = digit;
        digit += 1;
    }
    digits
};

/// Returns `true` if every `%` starts an escape.
pub(crate) fn is_sound(value: &[u8]) -> bool {
    let mut bytes = value.iter();
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    while let Some(byte) = bytes.next() {
        if *byte == b'%' && !(is_digit(bytes.next()) && is_digit(bytes.next())) {
            return false;
        }
    }
    true
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
            assert_eq!(is_sound(value.as_bytes()), decode(value.as_bytes()).is_some(), "{value}");
        }
        assert_eq!(decode(b"%FF").as_deref(), Some(&b"\xff"[..]));
    }
}
