//! The syntax of JSON (RFC 8259), read in one pass from a text.
//!
//! It is written out here, since readers of many values at once take three times as long for the few
//! hundred bytes of a banner's cookie. The tests compare it with such a reader.

use std::borrow::Cow;

use crate::cmp::words;

/// No CMP nests its own data deeper; sites may add theirs.
pub(super) const MAX_DEPTH: usize = 32;

/// A place in a JSON text. Each reader moves it behind what was read, or returns `None` if something else
/// stands there; then the rest of the text cannot be read either.
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// The number of lists and objects around the place.
    depth: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Cursor { text, at: 0, depth: 0 }
    }

    /// Returns `true` if nothing stands behind the place but white space.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// The byte with which the next value or sign begins, where the place is moved; `None` at the end.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// The members of an object, each by its key. `member` reads its value.
    pub(crate) fn members(
        &mut self,
        mut member: impl FnMut(Cow<'a, str>, &mut Self) -> Option<()>,
    ) -> Option<()> {
        self.enclosed(b'{', b'}', |cursor| {
            let key = cursor.text()?;
            cursor.sign(b':')?;
            member(key, cursor)
        })
    }

    /// The items of a list, each of which `item` reads.
    pub(crate) fn items(&mut self, item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.enclosed(b'[', b']', item)
    }

    /// A text, borrowed where it has no escapes.
    #[inline]
    pub(crate) fn text(&mut self) -> Option<Cow<'a, str>> {
        self.sign(b'"')?;
        let (start, end) = (self.at, self.plain_end()?);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return self.escaped_text().map(Cow::Owned);
        }
        self.at = end + 1;
        self.text.get(start..end).map(Cow::Borrowed)
    }

    /// A number, as it is written.
    pub(crate) fn number(&mut self) -> Option<&'a str> {
        self.peek()?;
        let (bytes, start) = (self.text.as_bytes(), self.at);
        let is = |at: usize, signs: &[u8]| bytes.get(at).is_some_and(|byte| signs.contains(byte));
        let behind_digits = |from: usize| {
            let digits = bytes.get(from..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (digits > 0).then_some(from + digits)
        };
        let first = start + usize::from(is(start, b"-"));
        let mut end = behind_digits(first)?;
        if end > first + 1 && is(first, b"0") {
            return None;
        }
        if is(end, b".") {
            end = behind_digits(end + 1)?;
        }
        if is(end, b"eE") {
            end = behind_digits(end + 1 + usize::from(is(end + 1, b"+-")))?;
        }
        self.at = end;
        self.text.get(start..end)
    }

    /// `true` or `false`.
    pub(crate) fn bool(&mut self) -> Option<bool> {
        match self.peek()? {
            b't' => self.word("true").map(|()| true),
            _ => self.word("false").map(|()| false),
        }
    }

    pub(crate) fn null(&mut self) -> Option<()> {
        self.peek()?;
        self.word("null")
    }

    /// Passes over a value of any type.
    pub(crate) fn skip(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.skip_text(),
            b'{' => self.enclosed(b'{', b'}', |cursor| {
                cursor.skip_text()?;
                cursor.sign(b':')?;
                cursor.skip()
            }),
            b'[' => self.items(Self::skip),
            b't' | b'f' => self.bool().map(drop),
            b'n' => self.null(),
            _ => self.number().map(drop),
        }
    }

    /// What stands between two brackets, separated by commas. Those of too many around each other are
    /// not read, whatever is in them.
    fn enclosed(
        &mut self,
        open: u8,
        close: u8,
        mut read: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.sign(open)?;
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        if self.peek()? != close {
            loop {
                read(self)?;
                match self.peek()? {
                    b',' => self.at += 1,
                    byte if byte == close => break,
                    _ => return None,
                }
            }
        }
        self.at += 1;
        self.depth -= 1;
        Some(())
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// A sign, which white space may come before.
    #[inline]
    fn sign(&mut self, sign: u8) -> Option<()> {
        (self.peek()? == sign).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let is_there = self.text.as_bytes().get(self.at..)?.starts_with(word.as_bytes());
        is_there.then(|| self.at += word.len())
    }

    /// The place of the next byte that does not stand for itself in a text.
    #[inline]
    fn plain_end(&self) -> Option<usize> {
        words::first(
            self.text.as_bytes(),
            self.at,
            |word| words::equal(word, b'"') | words::equal(word, b'\\') | words::below(word, b' '),
            |byte| matches!(byte, b'"' | b'\\' | 0..b' '),
        )
    }

    /// Passes over a text. What its escapes stand for is not looked at.
    fn skip_text(&mut self) -> Option<()> {
        self.sign(b'"')?;
        loop {
            self.at = self.plain_end()?;
            match self.byte()? {
                b'"' => break,
                b'\\' => self.at += 1,
                _ => return None,
            }
            match self.byte()? {
                b'u' => {
                    self.at += 1;
                    self.utf16_unit()?;
                }
                byte => {
                    escaped(byte)?;
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        Some(())
    }

    /// The rest of a text, whose first quote was passed.
    #[cold]
    fn escaped_text(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let end = self.plain_end()?;
            text.push_str(self.text.get(self.at..end)?);
            self.at = end + 1;
            match self.text.as_bytes().get(end)? {
                b'"' => return Some(text),
                b'\\' => text.push(self.escape()?),
                _ => return None,
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = self.byte()?;
        self.at += 1;
        if byte != b'u' {
            return escaped(byte);
        }
        let unit = self.utf16_unit()?;
        if !(0xd800..0xdc00).contains(&unit) {
            return char::from_u32(unit);
        }
        self.word("\\u")?;
        let low = self.utf16_unit().filter(|low| (0xdc00..0xe000).contains(low))?;
        char::from_u32(0x1_0000 + ((unit - 0xd800) << 10 | (low - 0xdc00)))
    }

    fn utf16_unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        // Rust would take a sign as well.
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        are_digits.then(|| u32::from_str_radix(digits, 16).ok())?
    }
}

/// What a byte behind a backslash stands for.
fn escaped(byte: u8) -> Option<char> {
    Some(match byte {
        b'"' | b'\\' | b'/' => char::from(byte),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// Whole values as the library that the tests compare with has them.
    fn value(cursor: &mut Cursor<'_>) -> Option<Value> {
        Some(match cursor.peek()? {
            b'"' => Value::String(cursor.text()?.into_owned()),
            b'{' => {
                let mut members = serde_json::Map::new();
                cursor.members(|key, cursor| {
                    members.insert(key.into_owned(), value(cursor)?);
                    Some(())
                })?;
                Value::Object(members)
            }
            b'[' => {
                let mut items = Vec::new();
                cursor.items(|cursor| {
                    items.push(value(cursor)?);
                    Some(())
                })?;
                Value::Array(items)
            }
            b't' | b'f' => Value::Bool(cursor.bool()?),
            b'n' => {
                cursor.null()?;
                Value::Null
            }
            _ => serde_json::from_str(cursor.number()?).ok()?,
        })
    }

    fn whole<'a, T>(text: &'a str, read: impl Fn(&mut Cursor<'a>) -> Option<T>) -> Option<T> {
        let mut cursor = Cursor::new(text);
        let read = read(&mut cursor)?;
        cursor.is_at_end().then_some(read)
    }

    /// What the library reads and what it passes over is read and passed over here.
    fn compare(text: &str) {
        assert_eq!(whole(text, value), serde_json::from_str(text).ok(), "{text}");
        let passes_over = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        assert_eq!(whole(text, Cursor::skip).is_some(), passes_over, "{text}");
    }

    #[test]
    fn r7_json_is_what_its_rfc_says() {
        for text in [
            "",
            " ",
            "nul",
            "null",
            " \t\r\nnull ",
            "\u{a0}null",
            "nullx",
            "true",
            "false",
            "tru",
            "True",
            "0",
            "-0",
            "-",
            "00",
            "01",
            "-01",
            "1.",
            "1.5",
            ".5",
            "1e",
            "1e5",
            "1E+5",
            "1e-",
            "1e999",
            "+1",
            "0x1",
            "NaN",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775809",
            "\"",
            "\"\"",
            "\"a",
            "\"a\"",
            "'a'",
            "\"\t\"",
            "\"\u{7f}\"",
            "\"é\u{1f600}\"",
            "\"\\\"",
            "\"\\\\\"",
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\x""#,
            r#""\u""#,
            r#""\u12""#,
            r#""\u00e9""#,
            r#""\u00E9""#,
            r#""\u+123""#,
            r#""\u123é""#,
            r#""\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ude00""#,
            r#""\ud83dx""#,
            r#""\ud83d\n""#,
            r#""\ud83d\u0041""#,
            "[",
            "[]",
            "[ ]",
            "[1]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1, 2 ]",
            "[1}",
            "{",
            "{}",
            "{ }",
            "{1:2}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1}",
            "{ \"a\" : 1 , \"b\" : [ { } ] }",
            "{\"a\":1,}",
            "{,\"a\":1}",
            "{\"a\":1]",
            "{\"a\":1}}",
            "[]]",
            "{} {}",
            "{\"\\u0061\":1}",
            "//",
            "[1/**/]",
        ] {
            compare(text);
        }
    }

    proptest! {
        #[test]
        fn r7_json_is_read_as_a_library_reads_it(
            tokens in prop::collection::vec(
                prop::sample::select(&[
                    "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"key\":", "\\", "\\\"", "\\u0061", "\\ud83d",
                    "\\ude00", "null", "true", "false", "0", "12", "-", ".5", "e1", " ", "\n", "é", "longer than a word",
                ][..]),
                0..12,
            ),
        ) {
            compare(&tokens.concat());
        }

        #[test]
        fn r7_what_a_library_writes_is_read(
            texts in prop::collection::vec(any::<String>(), 0..5), number: u64, spaces: bool,
        ) {
            let written = serde_json::json!({"list": texts, "": {"number": number, "not": [null, true]}});
            let text = if spaces { format!("{written:#}") } else { written.to_string() };
            prop_assert_eq!(whole(&text, value), Some(written));
        }
    }

    #[test]
    fn r7_deep_json_is_none() {
        let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
        for (text, want) in [
            (nested(MAX_DEPTH), true),
            (nested(MAX_DEPTH + 1), false),
            (nested(100_000), false),
            (format!("{}1{}", "{\"a\":".repeat(MAX_DEPTH), "}".repeat(MAX_DEPTH)), true),
            (format!("{}1{}", "{\"a\":".repeat(MAX_DEPTH + 1), "}".repeat(MAX_DEPTH + 1)), false),
            (format!("\"\\\"{}\"", "[".repeat(1_000)), true),
            (format!("[{}0]", "[],".repeat(1_000)), true),
        ] {
            assert_eq!(whole(&text, Cursor::skip).is_some(), want, "{text}");
            assert_eq!(whole(&text, value).is_some(), want, "{text}");
        }
    }
}
