//! What was probably meant by what a registry file does not take.

use crate::registry::check::suggestion::closest;
use crate::registry::file::node::Node;
use crate::registry::problem::ProblemKind;
use crate::registry::problem::key_path::KeyPath;

/// What an unknown key of a table may be about: given the table's entry, what it takes, the key
/// and its value.
pub(crate) type Guess = fn(&KeyPath, &'static [&'static str], &str, &Node) -> Option<ProblemKind>;

pub(crate) fn nothing(
    _: &KeyPath,
    _: &'static [&'static str],
    _: &str,
    _: &Node,
) -> Option<ProblemKind> {
    None
}

/// A table of the top level with what a category has is one.
pub(crate) fn category(
    _: &KeyPath,
    _: &'static [&'static str],
    key: &str,
    value: &Node,
) -> Option<ProblemKind> {
    let Node::Table(values) = value else { return None };
    let telling = |key: &str| matches!(key, "basis" | "services" | "cookies");
    values.iter().any(|(key, _)| telling(key)).then(|| {
        let entry = KeyPath::root().at("categories").at(key).to_string();
        ProblemKind::MisplacedCategory { entry }
    })
}

/// What TOML reads from `connect.sid = "session"` is a cookie `connect` with a key `sid`.
pub(crate) fn dotted_name(
    cookie: &KeyPath,
    known: &'static [&'static str],
    key: &str,
    value: &Node,
) -> Option<ProblemKind> {
    if closest(key, known.iter().copied()).is_some() {
        return None;
    }
    let mut name = format!("{}.{key}", cookie.key());
    let mut value = value;
    // More dots, as far as what they lead to is no key of a cookie.
    while let Node::Table(values) = value
        && let [(key, inner)] = values.as_slice()
        && !known.contains(&key.as_str())
    {
        name.push('.');
        name.push_str(key);
        value = inner;
    }
    Some(ProblemKind::DottedName { name, known })
}

/// Tables in a list, as `[[cookies]]` writes them.
pub(crate) fn list_of_cookies(table: &KeyPath, list: &[Node]) -> Option<ProblemKind> {
    let values = list.iter().find_map(|node| match node {
        Node::Table(values) => Some(values),
        _ => None,
    })?;
    let name = values.iter().find_map(|(key, value)| match value {
        Node::Text(name) if key == "name" => Some(name.as_str()),
        _ => None,
    });
    let cookie = KeyPath::root().at(name.unwrap_or("sid")).to_string();
    Some(ProblemKind::ListOfCookies { table: table.to_string(), cookie })
}
