//! Finds the pattern behind a name of which a part varies from visitor to visitor.

use crate::name::pattern::collapse;

/// The number of letters and digits that a pattern must keep in order to be useful.
const LEAST_LITERALS: usize = 2;

/// Returns the name with `*` for each part that looks generated: a UUID, a number, a hash, an id of
/// letters and digits. If too little of the name would remain, it is returned unchanged.
pub(crate) fn of(name: &str) -> String {
    let mut pattern = String::with_capacity(name.len());
    let mut rest = name;
    while !rest.is_empty() {
        let is_separator = |c: char| !c.is_ascii_alphanumeric();
        if let Some(length) = uuid(rest) {
            pattern.push('*');
            rest = &rest[length..];
        } else if rest.starts_with(is_separator) {
            let separator = rest.chars().next().unwrap_or_default();
            pattern.push(separator);
            rest = &rest[separator.len_utf8()..];
        } else {
            let (word, after) = rest.split_at(rest.find(is_separator).unwrap_or(rest.len()));
            push_word(&mut pattern, word);
            rest = after;
        }
    }
    let literals = pattern.bytes().filter(u8::is_ascii_alphanumeric).count();
    if pattern.contains('*') && literals >= LEAST_LITERALS {
        collapse(&pattern)
    } else {
        name.to_owned()
    }
}

/// Returns the length of a UUID at the start of a text: hexadecimal digits in groups of 8, 4, 4, 4
/// and 12.
fn uuid(text: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(..36)?;
    let fits = bytes.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    fits.then_some(36)
}

/// Appends a word of letters and digits, with `*` for the part of it that varies.
fn push_word(pattern: &mut String, word: &str) {
    // A hash may follow a fixed beginning: Drupal's name is `SSESS` and 32 hexadecimal digits.
    let digits = word.bytes().rev().take_while(u8::is_ascii_hexdigit).count();
    let (fixed, hash) = word.split_at(word.len() - digits);
    if hash.len() >= 16 && has_digits_and_letters(hash) {
        pattern.push_str(fixed);
        pattern.push('*');
    } else if is_made_up(word) {
        pattern.push('*');
    } else {
        pattern.push_str(word);
    }
}

fn is_made_up(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    match word.len() {
        // Such a short word belongs to the name, as in `v2`.
        0..=2 => false,
        3..=5 => digits == word.len(),
        _ if digits == word.len() => true,
        // Several digits among the letters, as in `ABC123` and `1A2B3C4D5E`, are not a version
        // number behind a word. A hash may have few digits.
        length => {
            let is_hash = length >= 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
            digits >= if is_hash { 2 } else { 3 }
        }
    }
}

fn has_digits_and_letters(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_becomes_a_star() {
        for (name, want) in [
            ("_ga_ABC123", "_ga_*"),
            ("_ga_1A2B3C4D5E", "_ga_*"),
            ("cart_0f8fad5b-d9cb-469f-a165-70867728950e", "cart_*"),
            ("0f8fad5b-d9cb-469f-a165-70867728950e_cart", "*_cart"),
            ("SSESS0123456789abcdef0123456789abcdef", "SSESS*"),
            ("wp-settings-time-123", "wp-settings-time-*"),
            ("_hjSession_3571234", "_hjSession_*"),
            ("step_2024_11", "step_*_11"),
            ("a.b.c.123.456", "a.b.c.*.*"),
            ("theme", "theme"),
            ("id", "id"),
            ("auth2", "auth2"),
            ("remember_me", "remember_me"),
            ("connect.sid", "connect.sid"),
            ("0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5b-d9cb-469f-a165-70867728950e"),
            ("123456", "123456"),
            ("x_123456", "x_123456"),
            ("é_ü", "é_ü"),
            ("", ""),
        ] {
            assert_eq!(of(name), want, "{name}");
        }
    }
}
