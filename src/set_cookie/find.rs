//! Finds bytes in a line, eight or sixteen at a time.
//!
//! The texts are short, so that a library would take longer to set up a vectorised search than to search.
//! A response whose three lines are kept takes 4 % fewer instructions so than with such searches and loops.

/// One in each byte.
pub(crate) const EACH: u64 = u64::MAX / 0xff;

/// The place of the first `;` from this one on.
#[inline]
pub(super) fn semicolon(text: &[u8], from: usize) -> Option<usize> {
    first(text, from, |word| equal(word, b';'))
}

/// The place of the first `;` of a text in which it may be far away; the text's length where there is none.
#[inline(never)]
pub(crate) fn far_semicolon(text: &[u8]) -> usize {
    let is_semicolon = |byte: u8| byte == b';';
    let (chunks, rest) = text.as_chunks::<16>();
    for (number, chunk) in chunks.iter().enumerate() {
        if chunk.iter().fold(false, |any, byte| any | is_semicolon(*byte)) {
            let (words, _) = chunk.as_chunks();
            let [first, second] = [0, 1].map(|at| equal(u64::from_le_bytes(words[at]), b';'));
            let bits =
                if first != 0 { first.trailing_zeros() } else { 64 + second.trailing_zeros() };
            return number * chunk.len() + bits as usize / 8;
        }
    }
    semicolon(text, text.len() - rest.len()).unwrap_or(text.len())
}

/// The place of the first `=`.
#[inline]
pub(crate) fn equals(text: &[u8]) -> Option<usize> {
    first(text, 0, |word| equal(word, b'='))
}

/// The place of the first `=` or `;`, which is near the start.
#[inline]
pub(super) fn equals_or_semicolon(text: &[u8]) -> Option<usize> {
    let (words, rest) = text.as_chunks();
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let marks = equal(word, b'=') | equal(word, b';');
        if marks != 0 {
            return Some(size_of::<u64>() * at + marks.trailing_zeros() as usize / 8);
        }
    }
    let in_rest = rest.iter().position(|byte| matches!(byte, b'=' | b';'))?;
    Some(text.len() - rest.len() + in_rest)
}

/// The place of the first `&`.
#[inline]
pub(crate) fn ampersand(text: &[u8]) -> Option<usize> {
    first(text, 0, |word| equal(word, b'&'))
}

/// The place of the first `x` or `X` from this one on.
#[inline]
pub(super) fn x(text: &[u8], mut from: usize) -> Option<usize> {
    const CASE: u8 = 0x20;
    let is_x = |byte: u8| byte | CASE == b'x';
    // Few of a line's bytes are one.
    while let Some(chunk) = text.get(from..)?.first_chunk::<16>()
        && !chunk.iter().fold(false, |any, byte| any | is_x(*byte))
    {
        from += chunk.len();
    }
    first(text, from, |word| equal(word | (EACH * u64::from(CASE)), b'x'))
}

/// The place of the first byte from this one on that is marked by the highest bit of its byte in what
/// `marks` makes of eight bytes. Bits behind the first mark mean nothing.
#[inline]
fn first(text: &[u8], mut from: usize, marks: impl Fn(u64) -> u64) -> Option<usize> {
    loop {
        let marks = marks(word(text, from)?);
        if marks != 0 {
            return Some(from + marks.trailing_zeros() as usize / 8);
        }
        from += size_of::<u64>();
    }
}

/// Eight bytes from this place on, the first in the lowest bits, and zeros behind the end of the text;
/// `None` where no byte is left.
#[inline]
fn word(text: &[u8], from: usize) -> Option<u64> {
    let rest = text.get(from..).filter(|rest| !rest.is_empty())?;
    Some(match (rest.first_chunk(), text.last_chunk()) {
        (Some(word), _) => u64::from_le_bytes(*word),
        // The bytes before this place leave the word.
        (None, Some(last)) => u64::from_le_bytes(*last) >> (u64::BITS as usize - 8 * rest.len()),
        (None, None) => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    })
}

/// The number of bytes that stand before the first one like this.
#[cfg(feature = "cmp")]
#[inline]
pub(crate) fn bytes_before(bytes: [u8; 8], byte: u8) -> usize {
    equal(u64::from_le_bytes(bytes), byte).trailing_zeros() as usize / 8
}

/// Marks the first byte of a word that is this one by its highest bit, and perhaps some behind it: where
/// both are the same, their difference is zero, and subtracting one from each byte sets the highest bit of
/// a zero, and that of a byte behind it by the borrow.
#[inline]
pub(crate) const fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (EACH * byte as u64);
    difference.wrapping_sub(EACH) & !difference & (EACH * 0x80)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn r1_bytes_are_found_where_a_loop_finds_them(
            text in prop::collection::vec(
                prop_oneof![
                    8 => any::<u8>(), 1 => Just(b';'), 1 => Just(b'='), 1 => Just(b'&'), 1 => Just(b'x'), 1 => Just(b'X'),
                    // Neighbours of those that are searched for, and what a borrow might make of them.
                    2 => prop::sample::select(&b"\0\x01%\':<xyYwW\x80\xbb\xf8"[..]),
                ],
                0..70,
            ),
            from in 0_usize..80,
        ) {
            let loop_finds = |from: usize, is: fn(u8) -> bool| {
                (from..text.len()).find(|at| is(text[*at]))
            };
            prop_assert_eq!(semicolon(&text, from), loop_finds(from, |byte| byte == b';'));
            let far = loop_finds(0, |byte| byte == b';');
            prop_assert_eq!(far_semicolon(&text), far.unwrap_or(text.len()));
            prop_assert_eq!(equals(&text), loop_finds(0, |byte| byte == b'='));
            let either = loop_finds(0, |byte| matches!(byte, b'=' | b';'));
            prop_assert_eq!(equals_or_semicolon(&text), either);
            prop_assert_eq!(ampersand(&text), loop_finds(0, |byte| byte == b'&'));
            prop_assert_eq!(x(&text, from), loop_finds(from, |byte| byte | 0x20 == b'x'));
            #[cfg(feature = "cmp")]
            if let Some(word) = text.first_chunk() {
                let before = loop_finds(0, |byte| byte == b';').unwrap_or(8).min(8);
                prop_assert_eq!(bytes_before(*word, b';'), before);
            }
        }
    }
}
