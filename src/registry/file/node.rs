//! The values of a registry file in any format, with the tables in their order.

use std::collections::HashSet;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// The only key of the table by which `toml` represents a date.
const TOML_DATE: &str = "$__toml_private_datetime";

/// A single value. Reading a whole file into such values first, and interpreting them later, finds
/// all mistakes in it. Derived types would stop at the first one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Text(String),
    Date(String),
    Bool(bool),
    Number,
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
    Null,
}

impl Node {
    /// Returns the text, or any other value unchanged as an error.
    pub(crate) fn into_text(self) -> Result<String, Self> {
        match self {
            Self::Text(text) => Ok(text),
            other => Err(other),
        }
    }

    /// Returns the kind of the value, for error messages.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Date(_) => "a date",
            Self::Bool(_) => "true or false",
            Self::Number => "a number",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Null => "null",
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a cookie registry")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    // No key of a registry takes a number, so its value is not kept.
    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut table: Vec<(String, Node)> = Vec::new();
        let (mut keys, mut doubles) = (HashSet::new(), Vec::new());
        while let Some((key, node)) = map.next_entry::<String, Node>()? {
            // TOML forbids duplicate keys. JSON leaves them to the reader.
            if !keys.insert(key.clone()) {
                doubles.push(format!("{key:?}"));
            }
            table.push((key, node));
        }
        if !doubles.is_empty() {
            let doubles = doubles.join(", ");
            return Err(de::Error::custom(format_args!(
                "these keys stand twice in one table: {doubles}; remove one of each two"
            )));
        }
        match table.as_mut_slice() {
            [(key, Node::Text(date))] if key == TOML_DATE => Ok(Node::Date(std::mem::take(date))),
            _ => Ok(Node::Table(table)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_refuses_double_keys() {
        let node: Node =
            serde_json::from_str(r#"{"b": ["x", 1, -1, 1.5, null, true], "a": {}}"#).unwrap();
        let list = vec![
            Node::Text("x".into()),
            Node::Number,
            Node::Number,
            Node::Number,
            Node::Null,
            Node::Bool(true),
        ];
        let want = vec![("b".into(), Node::List(list)), ("a".into(), Node::Table(vec![]))];
        assert_eq!(node, Node::Table(want));
        let twice = r#"{"a": 1, "b": 2, "a": 3, "c": 4, "b": 5}"#;
        let error = serde_json::from_str::<Node>(twice).unwrap_err();
        assert!(error.to_string().contains(r#"twice in one table: "a", "b";"#), "{error}");
    }

    #[cfg(feature = "toml")]
    #[test]
    fn reads_toml_dates() {
        let node: Node = toml::from_str("a = 2025-01-15").unwrap();
        assert_eq!(node, Node::Table(vec![("a".into(), Node::Date("2025-01-15".into()))]));
    }
}
