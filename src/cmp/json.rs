//! JSON in a cookie's value: raw, or percent-encoded in whole or in part.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::cmp::percent;

/// No CMP's own data is nested deeper; sites may add theirs.
const MAX_DEPTH: usize = 32;

/// Reads a value as it is or, if that is no JSON of this type, percent-decoded. JSON of another
/// type, deeply nested, or with a key given twice among those read, is `None`.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(value: &[u8]) -> Option<T> {
    parse(value).or_else(|| parse(&percent::decode(value)?))
}

/// Reads JSON as it stands.
pub(crate) fn parse<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Option<T> {
    if is_deep(json) {
        return None;
    }
    serde_json::from_slice(json).ok()
}

/// Whether brackets that are not in strings are nested too deeply.
fn is_deep(json: &[u8]) -> bool {
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

/// An object of keys that the CMP's users name, each given once.
pub(crate) struct Object<V>(pub(crate) HashMap<String, V>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Object<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Members<V> {
            type Value = Object<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Object<V>, A::Error> {
                let mut object = HashMap::new();
                while let Some((key, value)) = members.next_entry()? {
                    // Readers disagree on which of two counts.
                    if object.insert(key, value).is_some() {
                        return Err(A::Error::custom("a key given twice"));
                    }
                }
                Ok(Object(object))
            }
        }

        deserializer.deserialize_map(Members(PhantomData))
    }
}

/// A value that may be of any type.
pub(crate) enum Value {
    Bool(bool),
    Integer(u64),
    Text(String),
    Other,
}

impl Value {
    /// A whole number or a text, as text.
    pub(crate) fn to_text(&self) -> Option<String> {
        match self {
            Self::Integer(integer) => Some(integer.to_string()),
            Self::Text(text) => Some(text.clone()),
            Self::Bool(_) | Self::Other => None,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(Value::Bool(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
                Ok(Value::Integer(value))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
                Ok(Value::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
                Ok(Value::Other)
            }

            fn visit_str<E>(self, value: &str) -> Result<Value, E> {
                Ok(Value::Text(value.to_owned()))
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
                while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Value::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Value::Other)
            }
        }

        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_raw_first_then_decoded() {
        let keys = |value: &[u8]| {
            read::<Object<bool>>(value).map(|object| {
                let mut keys: Vec<_> = object.0.into_keys().collect();
                keys.sort();
                keys
            })
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
