//! Names from the network, made harmless to terminals and logs.

use std::fmt::{self, Write};

/// A text from the network, as it may be shown in a terminal or a log.
///
/// `Display` escapes everything that moves, hides or turns what stands around it: control characters
/// (C0 and C1), marks of writing direction, and other characters that show nothing. The names in a
/// [`Report`](crate::Report) are such texts; its own `Display` escapes them.
///
/// ```
/// use tower_cookie_consent::Escaped;
///
/// assert_eq!(Escaped("_ga").to_string(), "_ga");
/// assert_eq!(Escaped("a\u{202e}b\n").to_string(), "a\\u{202e}b\\n");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '"' | '\'' => f.write_char(c)?,
                c => write!(f, "{}", c.escape_debug())?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r15_what_disturbs_a_terminal_is_escaped() {
        for (name, want) in [
            ("_ga", "_ga"),
            ("caf\u{e9} \"a\" 'b'", "caf\u{e9} \"a\" 'b'"),
            ("a\\b", "a\\\\b"),
            ("a\tb\u{7f}", "a\\tb\\u{7f}"),
            ("\u{9b}31mred", "\\u{9b}31mred"),
            ("\u{202e}moc.elpmaxe", "\\u{202e}moc.elpmaxe"),
            ("a\u{2066}b\u{200f}c\u{2069}", "a\\u{2066}b\\u{200f}c\\u{2069}"),
            ("a\u{200b}b\u{feff}", "a\\u{200b}b\\u{feff}"),
        ] {
            assert_eq!(Escaped(name).to_string(), want, "{name:?}");
        }
    }
}
