//! Finds bytes eight at a time: what banners write between two signs is too short for a vectorised
//! search to be worth setting up.

/// One in each byte.
const EACH: u64 = u64::MAX / 0xff;

/// The highest bit of each byte.
const HIGH: u64 = EACH * 0x80;

/// Marks the bytes of a word that are this one, by their highest bits. A byte behind the first mark may
/// be marked without reason, by the borrow of the subtraction.
#[inline]
pub(crate) const fn equal(word: u64, byte: u8) -> u64 {
    let zero = word ^ (EACH * byte as u64);
    zero.wrapping_sub(EACH) & !zero & HIGH
}

/// Marks the bytes of a word that are below a limit of 128 at most, as [`equal`] marks.
#[inline]
pub(crate) const fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(EACH * limit as u64) & !word & HIGH
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

/// The parts of a text between signs of this kind, of which there is one more than signs.
pub(crate) fn split(text: &str, sign: u8) -> impl Iterator<Item = &str> {
    debug_assert!(sign.is_ascii(), "a text is cut nowhere else");
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = find(text.as_bytes(), 0, sign);
        rest = end.map(|end| &text[end + 1..]);
        Some(end.map_or(text, |end| &text[..end]))
    })
}

/// Cuts a text at the first sign of this kind.
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
            prop_assert!(split(&text, b',').eq(text.split(',')));
            prop_assert_eq!(split_once(&text, b':'), text.split_once(':'));
        }
    }
}
