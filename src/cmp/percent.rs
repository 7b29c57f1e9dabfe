//! Percent-encoding, as `decodeURIComponent` undoes it.

use std::borrow::Cow;

use crate::cmp::words;
use crate::set_cookie::find::bytes_before;

/// The bytes behind `%XX`; `+` is a plus. `None` where a `%` starts no escape.
///
/// Banners escape every quote and comma, so that the next `%` is never far. What is between is moved
/// eight bytes at once, where a search would take longer to set up than what it runs over.
pub(crate) fn decode(value: &[u8]) -> Option<Cow<'_, [u8]>> {
    let Some(first) = memchr::memchr(b'%', value) else { return Some(value.into()) };
    let mut decoded = value.to_vec();
    // There is always room for as much as is left to be decoded.
    let (mut rest, mut room) = (&value[first..], &mut decoded[first..]);
    loop {
        // One escape mostly follows another.
        while let [b'%', high, low, behind @ ..] = rest {
            *room.split_off_first_mut()? = byte([*high, *low])?;
            rest = behind;
        }
        let (Some(from), Some(to)) = (rest.first_chunk::<8>(), room.first_chunk_mut::<8>()) else {
            break;
        };
        *to = *from;
        let plain = bytes_before(*from, b'%');
        rest = &rest[plain..];
        room.split_off_mut(..plain)?;
    }
    while let [first, behind @ ..] = rest {
        let (byte, behind) = match (first, behind) {
            (b'%', [high, low, behind @ ..]) => (byte([*high, *low])?, behind),
            (b'%', _) => return None,
            (plain, _) => (*plain, behind),
        };
        *room.split_off_first_mut()? = byte;
        rest = behind;
    }
    let left = room.len();
    decoded.truncate(decoded.len() - left);
    Some(decoded.into())
}

/// The byte that two hexadecimal digits behind a `%` stand for.
#[inline]
pub(crate) fn byte([high, low]: [u8; 2]) -> Option<u8> {
    let (high, low) = (DIGITS[usize::from(high)], DIGITS[usize::from(low)]);
    (high | low <= 15).then_some(high << 4 | low)
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
    let mut rest = value;
    while let Some(at) = words::find(rest, 0, b'%') {
        match &rest[at + 1..] {
            [high, low, behind @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                rest = behind;
            }
            _ => return false,
        }
    }
    true
}

/// The place where the first byte of this kind begins, encoded or not; `None` also if a `%` before it starts no escape.
pub(crate) fn find(value: &[u8], wanted: u8) -> Option<usize> {
    let marks = |word| words::equal(word, wanted) | words::equal(word, b'%');
    let mut from = 0;
    loop {
        let at = words::first(value, from, marks, |byte| byte == wanted || byte == b'%')?;
        if value[at] == wanted || byte(*value.get(at + 1..)?.first_chunk()?)? == wanted {
            return Some(at);
        }
        from = at + 3;
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
            assert_eq!(is_sound(value.as_bytes()), decode(value.as_bytes()).is_some(), "{value}");
        }
        assert_eq!(decode(b"%FF").as_deref(), Some(&b"\xff"[..]));
    }

    #[test]
    fn r7_a_byte_is_found_encoded_or_not() {
        for (value, want) in [
            ("", None),
            ("a", None),
            ("{", Some(0)),
            ("a%3A{%7B", Some(4)),
            ("a%3A%7B{", Some(4)),
            ("%7b", Some(0)),
            ("longer than a word%7B", Some(18)),
            ("%25%37B", None),
            ("%257B{", Some(5)),
            ("%{", None),
            ("%7", None),
            ("%zz{", None),
            ("%7B%", Some(0)),
        ] {
            assert_eq!(find(value.as_bytes(), b'{'), want, "{value}");
        }
    }

    #[test]
    fn r7_escapes_are_found_wherever_they_stand() {
        for before in 0..20 {
            for between in 0..20 {
                let plain = |length| "$\u{a5}&".chars().cycle().take(length).collect::<String>();
                let (before, between) = (plain(before), plain(between));
                for end in ["", "a", "%2"] {
                    let value = format!("{before}%25{between}%e9%41{end}");
                    let want =
                        [before.as_bytes(), b"%", between.as_bytes(), b"\xe9A", end.as_bytes()];
                    let want = (end != "%2").then(|| want.concat());
                    assert_eq!(decode(value.as_bytes()).as_deref(), want.as_deref(), "{value}");
                }
            }
        }
    }
}
