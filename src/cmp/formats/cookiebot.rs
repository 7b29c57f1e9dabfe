//! Reads Cookiebot's cookie `CookieConsent`, a JavaScript object with unquoted keys and
//! single-quoted texts.
//!
//! A number other than `0`, or a `method` other than `explicit`, or none, means that Cookiebot
//! assumed a consent without asking. A `stamp` of `-1` says the same, and one of `0` that its server has not
//! registered the answer. In both cases nothing is granted. What is `false` there is refused: captures in public
//! repositories have `marketing:false` beside `implied`.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::Object;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{number, percent, time, words};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

const CATEGORIES: [&str; 4] = ["necessary", "preferences", "statistics", "marketing"];

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let text = percent::decode_text(value)?;
    if text == "0" {
        // Older versions wrote this for a refusal of everything.
        CATEGORIES[1..].iter().for_each(|category| statement.decide(category, false));
        return Some(());
    }
    let members = Object::of(Members(text.strip_prefix('{')?).collect::<Option<Vec<_>>>()?)?;
    let member = |key| members.get(key).copied();
    let is_stamped = !matches!(member("stamp")?, "'-1'" | "''" | "'0'" | "0" | "-1");
    if !is_stamped || member("method") != Some("'explicit'") {
        statement.only_object();
    }
    if let Some(version) = member("ver") {
        statement.revision(version.trim_matches('\''));
    }
    if let Some(millis) = member("utc") {
        statement.made_at(time::millis(number::whole(millis)?)?);
    }
    for category in CATEGORIES {
        match member(category)? {
            "true" => statement.decide(category, true),
            "false" => statement.decide(category, false),
            _ => return None,
        }
    }
    Some(())
}

/// Returns the members of an object up to its `}`, or `None` if they cannot be separated.
struct Members<'a>(&'a str);

impl<'a> Iterator for Members<'a> {
    type Item = Option<(Cow<'a, str>, &'a str)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0 == "}" {
            return None;
        }
        Some(self.member())
    }
}

impl<'a> Members<'a> {
    fn member(&mut self) -> Option<(Cow<'a, str>, &'a str)> {
        let (key, rest) = words::split_once(self.0, b':')?;
        let length = match rest.as_bytes() {
            [b'\'', ..] => words::find(rest.as_bytes(), 1, b'\'')? + 1,
            // Words are so short that a plain loop finds their end sooner.
            bytes => bytes.iter().position(|byte| matches!(byte, b',' | b'}'))?,
        };
        let (value, rest) = rest.split_at(length);
        self.0 = match rest.strip_prefix(',') {
            Some(further) => further,
            None if rest == "}" => rest,
            None => return None,
        };
        Some((trim(key).into(), trim(value)))
    }
}

/// Trims white space, of which most texts have none, as their first and last byte show.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}
