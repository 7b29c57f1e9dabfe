//! JSON in a cookie's value: raw, or percent-encoded in whole or in part.

mod cursor;

use std::borrow::Cow;
use std::cell::OnceCell;

pub(crate) use crate::cmp::json::cursor::Cursor;
use crate::cmp::{number, percent, time};

/// The JSON in a value: the value as it is or, if that is no JSON, percent-decoded.
pub(crate) struct Json<'a> {
    value: &'a [u8],
    is_raw: bool,
    /// The decoded value, if it was needed; `None` in it if it cannot be decoded.
    decoded: OnceCell<Option<Cow<'a, [u8]>>>,
}

impl<'a> Json<'a> {
    pub(crate) fn of(value: &'a [u8]) -> Self {
        let is_raw = match memchr::memchr(b'%', value) {
            // JSON has a `%` nowhere but in strings.
            Some(percent) => value[..percent].contains(&b'"') && parse::<Skipped>(value).is_some(),
            None => true,
        };
        Json { value, is_raw, decoded: OnceCell::new() }
    }

    /// The JSON in a value that is known to be encoded, at least in part.
    pub(crate) fn encoded(value: &'a [u8]) -> Self {
        Json { value, is_raw: false, decoded: OnceCell::new() }
    }

    /// Reads it, as [`parse`] does.
    ///
    /// What banners encode is decoded while it is read, which is sooner done. Whatever cannot be read so is
    /// decoded first, and that says whether it is JSON.
    pub(crate) fn read<'b, T: FromJson<'b>>(&'b self) -> Option<T> {
        if self.is_raw {
            return parse(self.value);
        }
        let text = std::str::from_utf8(self.value).ok();
        let at_once = text.and_then(|text| whole(Cursor::encoded(text)));
        at_once.or_else(|| {
            let decoded = self.decoded.get_or_init(|| percent::decode(self.value));
            parse(decoded.as_deref()?)
        })
    }
}

/// Reads JSON. `None` if it is of another type, is nested too deeply, or has a key twice among
/// those that are read.
pub(crate) fn parse<'a, T: FromJson<'a>>(json: &'a [u8]) -> Option<T> {
    whole(Cursor::new(std::str::from_utf8(json).ok()?))
}

fn whole<'a, T: FromJson<'a>>(mut cursor: Cursor<'a>) -> Option<T> {
    let value = T::from_json(&mut cursor)?;
    cursor.is_at_end().then_some(value)
}

/// What can be read from JSON.
pub(crate) trait FromJson<'a>: Sized {
    /// Reads it from this place on; `None` if something else stands there.
    fn from_json(json: &mut Cursor<'a>) -> Option<Self>;

    /// What it is in an object that does not have it; `None` if every object has to.
    fn missing() -> Option<Self> {
        None
    }
}

/// Declares objects with members of these keys. Others are passed over, but one of these may not be given
/// twice: readers disagree on which of two counts.
macro_rules! objects {
    ($(
        $(#[$object:meta])*
        struct $name:ident<$life:lifetime> {
            $($(#[$member:meta])* $key:pat => $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$object])*
        struct $name<$life> {
            $($(#[$member])* $field: $type,)*
        }

        impl<$life> crate::cmp::json::FromJson<$life> for $name<$life> {
            fn from_json(json: &mut crate::cmp::json::Cursor<$life>) -> Option<Self> {
                $(let mut $field = None;)*
                json.members(|key, json| match &*key {
                    $($key => crate::cmp::json::once(&mut $field, json),)*
                    _ => json.skip(),
                })?;
                Some($name { $($field: crate::cmp::json::or_missing($field)?,)* })
            }
        }
    )*};
}
pub(crate) use objects;

/// Reads a member that may be given once.
pub(crate) fn once<'a, T: FromJson<'a>>(
    member: &mut Option<T>,
    json: &mut Cursor<'a>,
) -> Option<()> {
    member.replace(T::from_json(json)?).is_none().then_some(())
}

/// A member that was read, or what it is where there was none.
pub(crate) fn or_missing<'a, T: FromJson<'a>>(member: Option<T>) -> Option<T> {
    member.or_else(T::missing)
}

impl<'a> FromJson<'a> for bool {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        json.bool()
    }
}

impl<'a> FromJson<'a> for Cow<'a, str> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        json.text()
    }
}

/// A list of such values.
impl<'a, T: FromJson<'a>> FromJson<'a> for Vec<T> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        let mut items = Vec::new();
        json.items(|json| {
            let item = T::from_json(json)?;
            if items.capacity() == 0 {
                // Most lists have no more, so room is made once.
                items = Vec::with_capacity(4);
            }
            items.push(item);
            Some(())
        })?;
        Some(items)
    }
}

/// A value that may be missing, or be `null`.
impl<'a, T: FromJson<'a>> FromJson<'a> for Option<T> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        match json.peek() {
            b'n' => json.null().map(|()| None),
            _ => T::from_json(json).map(Some),
        }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

/// A text that may be a time, as [`time::iso`] reads it.
pub(crate) struct Iso(pub(crate) Option<i64>);

impl<'a> FromJson<'a> for Iso {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        match json.encoded_time() {
            Some(seconds) => Some(Iso(Some(seconds))),
            None => json.text().map(|text| Iso(time::iso(&text))),
        }
    }
}

/// A value of any type, of which only matters that it is there.
pub(crate) struct Skipped;

impl<'a> FromJson<'a> for Skipped {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        json.skip().map(|()| Skipped)
    }
}

/// A number, as it is written.
pub(crate) struct Number<'a>(pub(crate) &'a str);

impl<'a> FromJson<'a> for Number<'a> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        json.number().map(Number)
    }
}

/// A whole number from 0 on, with its digits.
#[derive(Clone, Copy)]
pub(crate) struct Whole<'a> {
    pub(crate) number: u64,
    pub(crate) digits: &'a str,
}

impl<'a> Whole<'a> {
    fn of(digits: &'a str) -> Option<Self> {
        Some(Whole { number: number::whole(digits)?, digits })
    }
}

impl<'a> FromJson<'a> for Whole<'a> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        Whole::of(json.number()?)
    }
}

/// The members of an object, in their order. No key is given twice.
pub(crate) struct Object<'a, V>(Vec<(Cow<'a, str>, V)>);

impl<'a, V> Object<'a, V> {
    /// Returns an object of these members; `None` if a key is given twice.
    pub(crate) fn of(members: Vec<(Cow<'a, str>, V)>) -> Option<Self> {
        is_each_once(&members).then_some(Object(members))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        self.iter().find(|(its_key, _)| *its_key == key).map(|(_, value)| value)
    }
}

impl<'a, V: FromJson<'a>> FromJson<'a> for Object<'a, V> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        // Most banners have no more, so room is made once.
        let mut members = Vec::with_capacity(8);
        json.members(|key, json| {
            members.push((key, V::from_json(json)?));
            Some(())
        })?;
        Object::of(members)
    }
}

/// Tells whether no two members have the same key.
fn is_each_once<V>(members: &[(Cow<'_, str>, V)]) -> bool {
    // Few keys are compared with each other sooner than they are sorted, since most differ in length.
    if members.len() <= 16 {
        let is_new = |at: usize, key: &str| members[..at].iter().all(|(other, _)| **other != *key);
        return members.iter().enumerate().all(|(at, (key, _))| is_new(at, key));
    }
    let mut keys: Vec<&str> = members.iter().map(|(key, _)| &**key).collect();
    keys.sort_unstable();
    keys.is_sorted_by(|one, other| one < other)
}

/// A value that may be of any type.
pub(crate) enum Value<'a> {
    Bool(bool),
    Whole(Whole<'a>),
    Text(Cow<'a, str>),
    Other,
}

impl Value<'_> {
    /// A whole number or a text, as text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Whole(whole) => Some(whole.digits),
            Self::Text(text) => Some(text),
            Self::Bool(_) | Self::Other => None,
        }
    }
}

impl<'a> FromJson<'a> for Value<'a> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        Some(match json.peek() {
            b'"' => Value::Text(json.text()?),
            b't' | b'f' => Value::Bool(json.bool()?),
            b'-' | b'0'..=b'9' => Whole::of(json.number()?).map_or(Value::Other, Value::Whole),
            _ => {
                json.skip()?;
                Value::Other
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_raw_first_then_decoded() {
        let keys = |value: &[u8]| {
            let json = Json::of(value);
            let object: Object<'_, bool> = json.read()?;
            Some(object.iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>())
        };
        for (value, want) in [
            (&b"{}"[..], Some(&[][..])),
            (b"{\"a\":true,\"b\":false}", Some(&["a", "b"])),
            (b"{%22a%22:true%2C%22b%22:false}", Some(&["a", "b"])),
            (b"%7B%22a%22%3Atrue%7D", Some(&["a"])),
            (b"{\"100%\":true}", Some(&["100%"])),
            (b"{\"%61\":true}", Some(&["%61"])),
            ("{\"é\":true}".as_bytes(), Some(&["é"])),
            (b"{\"a\":true,\"a\":true}", None),
            (b"{\"a\":true,\"\\u0061\":false}", None),
            (b"{\"a\":1}", None),
            (b"{\"a\":true}x", None),
            (b"{\"a\":true", None),
            (b"{\"\xff\":true}", None),
            (b"%7B%22a%22%3Atrue%7", None),
            (b"{%22a%22:%74rue%2C%22%C3%A9%22:true}", Some(&["a", "é"])),
            (b"{%22\xc3%A9%22:true}", Some(&["é"])),
            (b"{%22\xc3%22:true}", None),
            (b"{%22a%22:true%2C%22%61%22:true}", None),
            (b"{%22a%22:true}%", None),
            (b"[]", None),
            (b"", None),
        ] {
            assert_eq!(
                keys(value).as_deref(),
                want.map(|keys| keys.iter().map(ToString::to_string).collect::<Vec<_>>())
                    .as_deref(),
                "{}",
                value.escape_ascii()
            );
        }
    }

    #[test]
    fn r7_no_key_is_given_twice_however_many_there_are() {
        for count in [1, 2, 16, 17, 400] {
            let keys = |last: usize| (1..count).chain([last]).map(|n| format!("\"key-{n}\":true"));
            let object = |last| format!("{{{}}}", keys(last).collect::<Vec<_>>().join(","));
            assert!(parse::<Object<'_, bool>>(object(count).as_bytes()).is_some(), "{count}");
            let with_the_first = object(1);
            let with_the_first = parse::<Object<'_, bool>>(with_the_first.as_bytes());
            assert_eq!(with_the_first.is_none(), count > 1, "{count}");
        }
    }

    objects! {
        struct Members<'a> {
            "a" | "alias" => a: Option<Whole<'a>>,
            "b" => b: Vec<Cow<'a, str>>,
        }
    }

    #[test]
    fn r7_members_are_read_by_their_keys() {
        for (json, want) in [
            (r#"{"b":[]}"#, Some((None, &[][..]))),
            (r#"{"a":null,"b":["x","y"]}"#, Some((None, &["x", "y"]))),
            (r#"{"alias":7,"b":["\u0061"],"c":{},"c":1}"#, Some((Some(7), &["a"]))),
            (r#"{"a":18446744073709551615,"b":[]}"#, Some((Some(u64::MAX), &[]))),
            (r#"{"a":18446744073709551616,"b":[]}"#, None),
            (r#"{"a":-1,"b":[]}"#, None),
            (r#"{"a":1.0,"b":[]}"#, None),
            (r#"{"a":"1","b":[]}"#, None),
            (r#"{"a":1}"#, None),
            (r#"{"b":null}"#, None),
            (r#"{"b":[1]}"#, None),
            (r#"{"a":1,"alias":1,"b":[]}"#, None),
            (r#"{"a":null,"a":null,"b":[]}"#, None),
            (r#"{"b":[],"\u0062":[]}"#, None),
            ("[1,[]]", None),
        ] {
            let members = parse::<Members<'_>>(json.as_bytes());
            let got =
                members.as_ref().map(|it| (it.a.map(|a| a.number), it.b.iter().map(|b| &**b)));
            let got = got.map(|(a, b)| (a, b.collect::<Vec<_>>()));
            assert_eq!(got, want.map(|(a, b): (_, &[&str])| (a, b.to_vec())), "{json}");
        }
    }

    #[test]
    fn r7_a_value_of_any_type() {
        for (json, want) in [
            ("7", Some(Some("7"))),
            ("\"7\"", Some(Some("7"))),
            ("true", Some(None)),
            ("null", Some(None)),
            ("-7", Some(None)),
            ("0.5", Some(None)),
            ("18446744073709551616", Some(None)),
            ("{\"a\":[]}", Some(None)),
            ("[7]", Some(None)),
            ("07", None),
            ("[7", None),
            ("x", None),
        ] {
            let value = parse::<Value<'_>>(json.as_bytes());
            assert_eq!(value.as_ref().map(Value::as_text), want, "{json}");
        }
    }
}
