//! Replacing the lifetime in a `Set-Cookie` line, and nothing else.

use crate::set_cookie::attribute::for_each_lifetime;

/// Replaces a line's lifetime (R12).
///
/// Removes every `Max-Age` and `Expires` attribute and appends one `; Max-Age=N` with `max_age` in
/// seconds, or none for a session cookie. Every other byte stays: unknown attributes, order, case
/// and spacing. Allocates once, exactly as much as the new line needs.
///
/// ```
/// use tower_cookie_consent::set_cookie::replace_lifetime;
///
/// let line = b"a=b; expires=Thu, 01 Jan 2099 00:00:00 GMT;Secure";
/// assert_eq!(replace_lifetime(line, Some(60)), b"a=b;Secure; Max-Age=60");
/// assert_eq!(replace_lifetime(line, None), b"a=b;Secure");
/// ```
pub fn replace_lifetime(line: &[u8], max_age: Option<u64>) -> Vec<u8> {
    const ATTRIBUTE: &[u8] = b"; Max-Age=";

    let tail = memchr::memchr(b';', line).unwrap_or(line.len());
    let mut length = line.len() + max_age.map_or(0, |n| ATTRIBUTE.len() + decimal_digits(n));
    for_each_lifetime(&line[tail..], |_, _, taken| length -= taken.len());

    let mut edited = Vec::with_capacity(length);
    let mut copied = 0;
    for_each_lifetime(&line[tail..], |_, _, taken| {
        edited.extend_from_slice(&line[copied..tail + taken.start]);
        copied = tail + taken.end;
    });
    edited.extend_from_slice(&line[copied..]);
    if let Some(seconds) = max_age {
        edited.extend_from_slice(ATTRIBUTE);
        push_decimal(&mut edited, seconds);
    }
    edited
}

fn decimal_digits(n: u64) -> usize {
    n.checked_ilog10().unwrap_or(0) as usize + 1
}

fn push_decimal(line: &mut Vec<u8>, mut n: u64) {
    let start = line.len();
    line.resize(start + decimal_digits(n), b'0');
    for digit in line[start..].iter_mut().rev() {
        *digit += (n % 10) as u8;
        n /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r12_only_the_lifetime_changes() {
        for (line, max_age, want) in [
            ("a=b", Some(0), "a=b; Max-Age=0"),
            ("a=b", None, "a=b"),
            ("a=b;", Some(5), "a=b;; Max-Age=5"),
            ("a=b; Max-Age=9; Path=/", Some(u64::MAX), "a=b; Path=/; Max-Age=18446744073709551615"),
            (
                "a=b ;MAX-AGE;expires = x ;X-New=1; SameSite=lax ",
                Some(10),
                "a=b ;X-New=1; SameSite=lax ; Max-Age=10",
            ),
            ("a=Max-Age=9; maxage=3; Max-Age =1;Max-Age=2", None, "a=Max-Age=9; maxage=3"),
            ("Max-Age=9", Some(1), "Max-Age=9; Max-Age=1"),
            ("", Some(1), "; Max-Age=1"),
        ] {
            let got = replace_lifetime(line.as_bytes(), max_age);
            assert_eq!(got.escape_ascii().to_string(), want, "{line}");
            assert_eq!(got.capacity(), got.len(), "one exact allocation for {line}");
        }
    }
}
