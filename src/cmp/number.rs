//! Whole numbers in a text, as scripts write them.

/// Reads a number that is digits alone. Rust would take a leading `+` as well, which no script
/// writes.
pub(crate) fn whole(text: &str) -> Option<u64> {
    let add = |number: u64, byte: u8| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    if text.is_empty() { None } else { text.bytes().try_fold(0, add) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r18_numbers_are_digits_alone() {
        for (text, want) in [
            ("0", Some(0)),
            ("0052", Some(52)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("", None),
            ("+1", None),
            ("-1", None),
            (" 1", None),
            ("1.0", None),
            ("1e3", None),
            ("0x1", None),
            ("\u{661}", None),
        ] {
            assert_eq!(whole(text), want, "{text}");
        }
    }
}
