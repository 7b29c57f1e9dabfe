//! JSON in a cookie's value: raw, or percent-encoded in whole or in part.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::cmp::percent;

/// No CMP nests its own data deeper; sites may add theirs.
const MAX_DEPTH: usize = 32;

/// The JSON in a value: the value as it is or, if that is no JSON, percent-decoded.
pub(crate) fn decode(value: &[u8]) -> Option<Cow<'_, [u8]>> {
    let Some(percent) = memchr::memchr(b'%', value) else { return Some(value.into()) };
    // JSON has a `%` nowhere but in strings.
    let may_be_raw = value[..percent].contains(&b'"');
    let is_raw = may_be_raw && serde_json::from_slice::<IgnoredAny>(value).is_ok();
    if is_raw { Some(value.into()) } else { percent::decode(value) }
}

/// Reads JSON. `None` if it is of another type, is nested too deeply, or has a key twice among
/// those that are read.
pub(crate) fn parse<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Option<T> {
    // serde_json has a limit of its own, which does not hold for what is passed over.
    if is_deep(json) {
        return None;
    }
    // It is read as text, so that serde_json need not check the bytes of each string.
    serde_json::from_str(std::str::from_utf8(json).ok()?).ok()
}

/// Tells whether brackets that are not in strings are nested too deeply.
fn is_deep(json: &[u8]) -> bool {
    // Most values have fewer brackets than the limit, and those are counted quickly.
    if json.iter().filter(|byte| matches!(byte, b'{' | b'[')).count() <= MAX_DEPTH {
        return false;
    }
    let (mut depth, mut in_string) = (0_usize, false);
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                bytes.next();
            }
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

/// The members of an object, in the [order](by_length) of their keys. No key is given twice: readers
/// disagree on which of two counts.
pub(crate) struct Object<'a, V>(Vec<(Cow<'a, str>, V)>);

impl<'a, V> Object<'a, V> {
    /// Returns an object of these members; `None` if a key is given twice.
    pub(crate) fn of(mut members: Vec<(Cow<'a, str>, V)>) -> Option<Self> {
        members.sort_unstable_by(|(one, _), (other, _)| by_length(one, other));
        let is_each_once =
            members.is_sorted_by(|(one, _), (other, _)| by_length(one, other).is_lt());
        is_each_once.then_some(Object(members))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        let at = self.0.binary_search_by(|(its_key, _)| by_length(its_key, key)).ok()?;
        Some(&self.0[at].1)
    }
}

impl<'de: 'a, 'a, V: Deserialize<'de>> Deserialize<'de> for Object<'a, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Members<V> {
            type Value = Object<'de, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                // Most banners have no more, so room is made once.
                let mut members = Vec::with_capacity(8);
                while let Some((Str(key), value)) = map.next_entry()? {
                    members.push((key, value));
                }
                Object::of(members).ok_or_else(|| A::Error::custom("a key is given twice"))
            }
        }

        deserializer.deserialize_map(Members(PhantomData))
    }
}

/// An order of texts in which most are told apart by their lengths, without a look at their bytes.
fn by_length(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// A string, borrowed where it has no escapes.
#[derive(Deserialize)]
pub(crate) struct Str<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// A value that may be of any type.
pub(crate) enum Value<'a> {
    Bool(bool),
    Integer(u64),
    Text(Cow<'a, str>),
    Other,
}

impl Value<'_> {
    /// A whole number or a text, as text.
    pub(crate) fn to_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Integer(integer) => Some(integer.to_string().into()),
            Self::Text(text) => Some((&**text).into()),
            Self::Bool(_) | Self::Other => None,
        }
    }
}

/// By hand: what serde derives for such an enum reads a value into a tree first, and makes an error of
/// each variant that it is not.
impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyType;

        impl<'de> Visitor<'de> for AnyType {
            type Value = Value<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_bool<E>(self, bool: bool) -> Result<Self::Value, E> {
                Ok(Value::Bool(bool))
            }

            fn visit_u64<E>(self, integer: u64) -> Result<Self::Value, E> {
                Ok(Value::Integer(integer))
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Value::Text(text.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Value::Text(text.to_owned().into()))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Value::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Value::Other)
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Value::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                IgnoredAny.visit_seq(seq)?;
                Ok(Value::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                IgnoredAny.visit_map(map)?;
                Ok(Value::Other)
            }
        }

        deserializer.deserialize_any(AnyType)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_raw_first_then_decoded() {
        let keys = |value: &[u8]| {
            let json = decode(value)?;
            let object: Object<'_, bool> = parse(&json)?;
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
    fn r7_deep_json_is_none() {
        let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
        assert!(parse::<IgnoredAny>(nested(MAX_DEPTH).as_bytes()).is_some());
        assert!(parse::<IgnoredAny>(nested(MAX_DEPTH + 1).as_bytes()).is_none());
        let in_string = format!("\"\\\"{}\"", "[".repeat(1_000));
        assert!(parse::<IgnoredAny>(in_string.as_bytes()).is_some());
        let flat = format!("[{}0]", "[],".repeat(1_000));
        assert!(parse::<IgnoredAny>(flat.as_bytes()).is_some());
    }
}
