//! Finds bytes eight at a time: what banners write between two signs is too short for a vectorised
//! search to be worth setting up.

pub(crate) use crate::set_cookie::find::equal;

use crate::set_cookie::find::EACH;

/// Marks the bytes of a word that are below a limit of 128 at most, as [`equal`] marks.
#[inline]
pub(crate) const fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(EACH * limit as u64) & !word & (EACH * 0x80)
}

/// The place of the first byte from this one on that `marks` marks in a word, and that `is` says yes to.
#[inline]
pub(crate) fn first(
    text: &[u8],
    mut from: usize,
    marks: impl Fn(u64) -> u64,
    is: impl Fn(u8) -> bool,
) -> Option<usize> {
    let mut rest = text.get(from..)?;
    while let Some((word, behind)) = rest.split_first_chunk::<8>() {
        let marks = marks(u64::from_le_bytes(*word));
        if marks != 0 {
            return Some(from + marks.trailing_zeros() as usize / 8);
        }
        (rest, from) = (behind, from + word.len());
    }
    rest.iter().position(|byte| is(*byte)).map(|at| from + at)
}

/// The place of the first such byte from this one on.
#[inline]
pub(crate) fn find(text: &[u8], from: usize, byte: u8) -> Option<usize> {
    first(text, from, |word| equal(word, byte), |it| it == byte)
}

/// The parts between signs of this kind, of which there is one more than signs.
pub(crate) fn split(bytes: &[u8], sign: u8) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let bytes = rest?;
        let end = find(bytes, 0, sign);
        rest = end.map(|end| &bytes[end + 1..]);
        Some(&bytes[..end.unwrap_or(bytes.len())])
    })
}

/// Does the same with a text, which is cut at a sign of ASCII.
pub(crate) fn split_text(text: &str, sign: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some((part, behind)) = split_once(text, sign) else { return rest.take() };
        rest = Some(behind);
        Some(part)
    })
}

/// Cuts a text at the first sign of this kind, which is one of ASCII.
#[inline]
pub(crate) fn split_once(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = find(text.as_bytes(), 0, sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn r7_words_find_what_a_loop_finds(
            // With the neighbours of what is searched for, and what a borrow might make of them.
            text in prop::collection::vec(
                prop_oneof![any::<u8>(), prop::sample::select(&b"\0\x1f \"\\!#[]\x80\xa2\xdc"[..])],
                0..40,
            ),
            from in 0_usize..48,
        ) {
            let loop_finds = |is: fn(u8) -> bool| (from..text.len()).find(|at| is(text[*at]));
            prop_assert_eq!(find(&text, from, b'"'), loop_finds(|byte| byte == b'"'));
            let is = |byte| matches!(byte, b'"' | 0..0x20);
            let marks = |word| equal(word, b'"') | below(word, 0x20);
            prop_assert_eq!(first(&text, from, marks, is), loop_finds(is));
        }

        #[test]
        fn r7_texts_are_cut_as_the_library_cuts_them(text in "[a:,é]{0,30}") {
            prop_assert!(split_text(&text, b',').eq(text.split(',')));
            let bytes = text.as_bytes();
            prop_assert!(split(bytes, b',').eq(bytes.split(|byte| *byte == b',')));
            prop_assert_eq!(split_once(&text, b':'), text.split_once(':'));
        }
    }
}
