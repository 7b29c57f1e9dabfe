//! The syntax of JSON (RFC 8259), read in one pass from a text.
//!
//! It is written out here, since readers of many values at once take three times as long for the few
//! hundred bytes of a banner's cookie. The tests compare it with such a reader.

use std::borrow::Cow;

use crate::cmp::{percent, time, words};

/// No CMP nests its own data deeper; sites may add theirs.
pub(super) const MAX_DEPTH: usize = 32;

/// A place in a JSON text. Each reader moves it behind what was read and the white space there, or returns
/// `None` if something else stands there; then the rest of the text cannot be read either.
pub(crate) struct Cursor<'a> {
    text: &'a str,
    /// Each `%XX` in the text is the byte that it encodes.
    is_encoded: bool,
    at: usize,
    /// The byte that begins at the place; 0 at the end, and where a `%` starts no escape.
    sign: u8,
    /// The place behind that byte.
    behind: usize,
    /// The number of lists and objects around the place.
    depth: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self::at_start(text, false)
    }

    /// A cursor in a text that is percent-encoded, and that is decoded while it is read: so no second text has to
    /// be made, and searched once more.
    ///
    /// What banners write is read as it is from the decoded text. Numbers, words and digits of escapes are read
    /// only where they are not encoded, and no half of a character is: that is for whoever decodes the text first.
    pub(super) fn encoded(text: &'a str) -> Self {
        Self::at_start(text, true)
    }

    fn at_start(text: &'a str, is_encoded: bool) -> Self {
        let mut cursor = Cursor { text, is_encoded, at: 0, sign: 0, behind: 0, depth: 0 };
        cursor.go(0);
        cursor
    }

    /// Returns `true` if nothing is left to be read.
    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// The byte with which the next value or sign begins; 0 if there is none.
    pub(crate) fn peek(&self) -> u8 {
        self.sign
    }

    /// The members of an object, each by its key. `member` reads its value.
    pub(crate) fn members(
        &mut self,
        mut member: impl FnMut(Cow<'a, str>, &mut Self) -> Option<()>,
    ) -> Option<()> {
        self.enclosed(b'{', b'}', |cursor| {
            let key = cursor.text()?;
            cursor.pass(b':')?;
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
        if self.sign != b'"' {
            return None;
        }
        let (start, end) = (self.behind, self.plain_end(self.behind)?);
        let behind = match self.text.as_bytes().get(end..)? {
            [b'"', ..] => end + 1,
            [b'%', b'2', b'2', ..] if self.is_encoded => end + 3,
            _ => return self.text_with_more(),
        };
        self.go(behind);
        self.text.get(start..end).map(Cow::Borrowed)
    }

    /// A time in Coordinated Universal Time whose colons are encoded, in seconds since the epoch. `None` leaves the
    /// place as it is: it may be another text.
    ///
    /// Times are all that most banners write with escapes inside a text, which would be put together for them.
    pub(crate) fn encoded_time(&mut self) -> Option<i64> {
        if !self.is_encoded || self.sign != b'"' {
            return None;
        }
        let (seconds, length) = time::utc(self.text.as_bytes().get(self.behind..)?, b"%3A")?;
        let (b'"', behind) = self.byte(self.behind + length)? else { return None };
        self.go(behind);
        Some(seconds)
    }

    /// A number, as it is written.
    pub(crate) fn number(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let behind_digits = |from: usize| {
            let mut end = from;
            while byte(end).is_ascii_digit() {
                end += 1;
            }
            (end > from).then_some(end)
        };
        let start = self.at;
        let first = start + usize::from(byte(start) == b'-');
        let mut end = behind_digits(first)?;
        if end > first + 1 && byte(first) == b'0' {
            return None;
        }
        if byte(end) == b'.' {
            end = behind_digits(end + 1)?;
        }
        if matches!(byte(end), b'e' | b'E') {
            end = behind_digits(end + 1 + usize::from(matches!(byte(end + 1), b'+' | b'-')))?;
        }
        self.go(end);
        self.text.get(start..end)
    }

    /// `true` or `false`.
    pub(crate) fn bool(&mut self) -> Option<bool> {
        match self.sign {
            b't' => self.word("true").map(|()| true),
            _ => self.word("false").map(|()| false),
        }
    }

    pub(crate) fn null(&mut self) -> Option<()> {
        self.word("null")
    }

    /// Passes over a value of any type.
    pub(crate) fn skip(&mut self) -> Option<()> {
        match self.sign {
            b'"' => self.skip_text(),
            b'{' => self.enclosed(b'{', b'}', |cursor| {
                cursor.skip_text()?;
                cursor.pass(b':')?;
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
        self.pass(open)?;
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        if self.sign != close {
            loop {
                read(self)?;
                if self.sign == close {
                    break;
                }
                self.pass(b',')?;
            }
        }
        self.go(self.behind);
        self.depth -= 1;
        Some(())
    }

    /// Passes over this sign.
    fn pass(&mut self, sign: u8) -> Option<()> {
        (self.sign == sign).then(|| self.go(self.behind))
    }

    /// Passes over this word.
    fn word(&mut self, word: &str) -> Option<()> {
        let is_there = self.text.as_bytes().get(self.at..)?.starts_with(word.as_bytes());
        is_there.then(|| self.go(self.at + word.len()))
    }

    /// Moves the place to the first byte from this one on that is no white space.
    fn go(&mut self, mut at: usize) {
        loop {
            let (byte, behind) = self.byte(at).unwrap_or((0, at));
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                (self.at, self.sign, self.behind) = (at, byte, behind);
                return;
            }
            at = behind;
        }
    }

    /// The byte that begins at a place, and the place behind it.
    #[inline]
    fn byte(&self, at: usize) -> Option<(u8, usize)> {
        match self.text.as_bytes().get(at..)? {
            [b'%', rest @ ..] if self.is_encoded => {
                Some((percent::byte(*rest.first_chunk()?)?, at + 3))
            }
            rest => Some((*rest.first()?, at + 1)),
        }
    }

    /// The place of the next byte that may not stand for itself in a text.
    ///
    /// One limit for all of them but the backslash is found in half of the steps that a mark for each of them
    /// would take. What it finds besides, such as spaces, is rare in what banners write.
    #[inline]
    fn plain_end(&self, from: usize) -> Option<usize> {
        words::first(
            self.text.as_bytes(),
            from,
            |word| words::below(word, b'%' + 1) | words::equal(word, b'\\'),
            |byte| byte <= b'%' || byte == b'\\',
        )
    }

    /// Passes over a text. What its escapes stand for is not looked at.
    fn skip_text(&mut self) -> Option<()> {
        if self.sign != b'"' {
            return None;
        }
        let mut at = self.behind;
        loop {
            let (byte, behind) = self.byte(self.plain_end(at)?)?;
            at = behind;
            match byte {
                b'"' => break,
                b'\\' => {
                    let (byte, behind) = self.byte(at)?;
                    at = match byte {
                        b'u' => self.utf16_unit(behind)?.1,
                        byte => escaped(byte).map(|_| behind)?,
                    };
                }
                b' '..0x80 => {}
                // Whether a character is whole is seen where it was decoded.
                _ => return None,
            }
        }
        self.go(at);
        Some(())
    }

    /// A text with more in it than what stands for itself at first sight.
    #[cold]
    fn text_with_more(&mut self) -> Option<Cow<'a, str>> {
        let start = self.behind;
        // What stands from `from` on is not in `text` yet.
        let (mut text, mut from, mut at) = (Vec::new(), start, start);
        loop {
            let end = self.plain_end(at)?;
            let (byte, behind) = self.byte(end)?;
            at = behind;
            match byte {
                b'"' if from == start => {
                    self.go(at);
                    return self.text.get(start..end).map(Cow::Borrowed);
                }
                // It stands for itself.
                b' '.. if !matches!(byte, b'"' | b'\\') && behind == end + 1 => continue,
                0..b' ' => return None,
                _ => {}
            }
            if text.capacity() == 0 {
                // Most are times with escaped colons.
                text.reserve(32);
            }
            text.extend_from_slice(self.text.as_bytes().get(from..end)?);
            match byte {
                b'"' => break,
                b'\\' => {
                    let (char, behind) = self.escape(at)?;
                    text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                    at = behind;
                }
                byte => text.push(byte),
            }
            from = at;
        }
        self.go(at);
        String::from_utf8(text).ok().map(Cow::Owned)
    }

    /// What begins behind a backslash at this place, and the place behind it.
    fn escape(&self, at: usize) -> Option<(char, usize)> {
        let (byte, behind) = self.byte(at)?;
        if byte != b'u' {
            return Some((escaped(byte)?, behind));
        }
        let (unit, behind) = self.utf16_unit(behind)?;
        if !(0xd800..0xdc00).contains(&unit) {
            return Some((char::from_u32(unit)?, behind));
        }
        let (b'\\', behind) = self.byte(behind)? else { return None };
        let (b'u', behind) = self.byte(behind)? else { return None };
        let (low, behind) = self.utf16_unit(behind)?;
        let low = (0xdc00..0xe000).contains(&low).then(|| low - 0xdc00)?;
        Some((char::from_u32(0x1_0000 + ((unit - 0xd800) << 10 | low))?, behind))
    }

    /// Four hexadecimal digits at this place, and the place behind them.
    fn utf16_unit(&self, at: usize) -> Option<(u32, usize)> {
        let digits = self.text.get(at..at + 4)?;
        // Rust would take a sign as well.
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        are_digits.then(|| Some((u32::from_str_radix(digits, 16).ok()?, at + 4)))?
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
        Some(match cursor.peek() {
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
        to_end(Cursor::new(text), read)
    }

    fn to_end<'a, T>(
        mut cursor: Cursor<'a>,
        read: impl Fn(&mut Cursor<'a>) -> Option<T>,
    ) -> Option<T> {
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

    /// What is read while it is decoded is read alike from the decoded text. Tells whether it was read so, and
    /// passed over so: not all that can be decoded has to be.
    fn compare_encoded(text: &str) -> (bool, bool) {
        let decoded = percent::decode_text(text.as_bytes());
        let decoded = decoded.as_deref();
        let read = to_end(Cursor::encoded(text), value);
        if read.is_some() {
            assert_eq!(read, decoded.and_then(|text| whole(text, value)), "{text}");
        }
        let passed = to_end(Cursor::encoded(text), Cursor::skip);
        if passed.is_some() {
            assert_eq!(passed, decoded.and_then(|text| whole(text, Cursor::skip)), "{text}");
        }
        (read.is_some(), passed.is_some())
    }

    #[test]
    fn r7_encoded_json_is_read_while_it_is_decoded() {
        for (text, want) in [
            ("%7B%22a%22%3A%5Btrue%2Cnull%2C-1.5%5D%7D", (true, true)),
            ("{%22a%22:[true%2Cnull%2C-1.5]}", (true, true)),
            ("%7b\"a%22%3a%5b%5d%7d", (true, true)),
            ("%20%0A%7B%09%7D%0D", (true, true)),
            ("%22%22", (true, true)),
            ("%22$%21 #%25%2522%22", (true, true)),
            ("%22a%20%3Ab%22", (true, true)),
            ("%22%5C%22%5Cu00e9%5C%5C%22", (true, true)),
            ("%22%5Cud83d%5Cude00%22", (true, true)),
            ("%22%5Cud83d%22", (false, true)),
            ("%22%5Cx%22", (false, false)),
            ("%22%5C", (false, false)),
            ("%22%09%22", (false, false)),
            ("%22%00%22", (false, false)),
            ("%22\u{e9}%22", (true, true)),
            // A text that is passed over is not put together, so that nobody knows whether it is one.
            ("%22%C3%A9%22", (true, false)),
            ("%22%C3%22", (false, false)),
            ("%22%C3%5Cu0041%A9%22", (false, false)),
            // This is JSON as well, once it is decoded, but nobody writes it.
            ("1%30", (false, false)),
            ("%31", (false, false)),
            ("1%2B1", (false, false)),
            ("1e%2B1", (false, false)),
            ("%74rue", (false, false)),
            ("%22%5Cu00%65%39%22", (false, false)),
            // This is none.
            ("", (false, false)),
            ("%", (false, false)),
            ("1%", (false, false)),
            ("1%2", (false, false)),
            ("%7B%7D%", (false, false)),
            ("%7B%7D%2", (false, false)),
            ("%7B%7D%00", (false, false)),
            ("%7B%7D%zz", (false, false)),
            ("%5B%25%5D", (false, false)),
            ("%22%", (false, false)),
            ("%22%2", (false, false)),
            ("%22%2g%22", (false, false)),
            ("%22a", (false, false)),
            ("%2522a%2522", (false, false)),
        ] {
            assert_eq!(compare_encoded(text), want, "{text}");
        }
    }

    #[test]
    fn r7_encoded_times_are_read_as_texts_are() {
        let at = Some(1_795_262_400);
        for (text, want) in [
            ("%222026-11-21T12%3A00%3A00.128Z%22", at),
            ("%222026-11-21T12%3a00%3a00.128Z%22", at),
            ("%222026-11-21T12:00:00.128Z%22", at),
            ("%222026-11-21T12%3A00%3A00Z%22", at),
            ("%222026-11-21T13%3A00%3A00.128%2B01%3A00%22", at),
            ("\"2026-11-21T12%3A00%3A00.128Z\" ", at),
            ("%222026-11-21T12%253A00%253A00.128Z%22", None),
            ("%222026-11-21T12%3A00%3A00.128Z ", None),
            ("%222026-11-21T12%3A00%3A00.128Z%20%22", None),
            ("%222026-11-21T12%3A00%3A00.128Z", None),
            ("%222026-02-30T12%3A00%3A00.128Z%22", None),
            ("2026-11-21T12%3A00%3A00.128Z", None),
        ] {
            let time = |cursor: &mut Cursor<'_>| {
                let seconds = cursor.encoded_time();
                seconds.or_else(|| time::iso(&cursor.text()?))
            };
            assert_eq!(to_end(Cursor::encoded(text), time), want, "{text}");
            let decoded = percent::decode_text(text.as_bytes()).unwrap();
            assert_eq!(whole(&decoded, time), want, "{text}");
            // Where nothing is encoded, a `%` is one.
            assert_eq!(Cursor::new(text).encoded_time(), None, "{text}");
        }
    }

    /// Encodes the bytes that are told to be.
    fn encode(text: &str, is_encoded: impl Fn(usize, u8) -> bool) -> String {
        let bytes = text.bytes().enumerate();
        let encoded = bytes.map(|(at, byte)| {
            let stays = byte.is_ascii() && !is_encoded(at, byte);
            if stays { char::from(byte).to_string() } else { format!("%{byte:02X}") }
        });
        encoded.collect()
    }

    proptest! {
        #[test]
        fn r7_what_is_decoded_while_it_is_read_is_as_if_it_had_been_before(
            tokens in prop::collection::vec(
                prop::sample::select(&[
                    "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"key\":", "\\", "\\\"", "\\u0061", "\\ud83d",
                    "\\ude00", "null", "true", "0", "12", "-", ".5", "e1", " ", "\n", "é", "%", "%2", "%22", "%c3",
                    "2026-11-21T12:00:00.128Z", "longer than a word",
                ][..]),
                0..12,
            ),
            which in prop::collection::vec(any::<bool>(), 1..40),
            lower: bool,
        ) {
            let text = encode(&tokens.concat(), |at, _| which[at % which.len()]);
            compare_encoded(&text);
            compare_encoded(&tokens.concat());
            compare_encoded(&if lower { text.to_lowercase() } else { text });
        }

        #[test]
        fn r7_what_scripts_encode_is_read_while_it_is_decoded(
            texts in prop::collection::vec(any::<String>(), 0..5), number: u64, all: bool,
        ) {
            let written = serde_json::json!({"list": texts, "": {"number": number, "not": [null, true]}});
            // By `encodeURIComponent`, or of that only what has a meaning in cookies.
            let text = encode(&written.to_string(), |_, byte| match byte {
                b'"' | b',' | b';' | b'\\' | b'%' | b' ' => true,
                b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => false,
                byte => all && !byte.is_ascii_alphanumeric(),
            });
            prop_assert_eq!(to_end(Cursor::encoded(&text), value), Some(written));
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
            assert_eq!(to_end(Cursor::encoded(&text), value).is_some(), want, "{text}");
        }
    }
}
