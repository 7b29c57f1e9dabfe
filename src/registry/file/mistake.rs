//! Known mistakes: what was probably meant by what a registry file does not take.

use crate::registry::check::problems::Problems;
use crate::registry::check::suggestion::closest;
use crate::registry::file::node::Node;
use crate::registry::problem::key_path::KeyPath;

/// A table of the top level with what a category has is one.
pub(crate) fn misplaced_category(
    (key, value): (&str, &Node),
    root: &KeyPath,
    _: &[&'static str],
    problems: &mut Problems,
) -> bool {
    let telling = |key: &str| matches!(key, "basis" | "services" | "cookies");
    let Node::Table(values) = value else { return false };
    if !values.iter().any(|(key, _)| telling(key)) {
        return false;
    }
    let categories = root.at("categories");
    let message = format!("is no key of this table; did you mean `[{}]`?", categories.at(key));
    problems.mark_misread(categories);
    problems.add(root.at(key), "misplaced-category", message);
    true
}

/// A name with a dot that is not in quotes: TOML reads `connect.sid = "session"` as a cookie
/// `connect` with a key `sid`.
pub(crate) fn dotted_name(
    (key, value): (&str, &Node),
    cookie: &KeyPath,
    known: &[&'static str],
    problems: &mut Problems,
) -> bool {
    if closest(key, known.iter().copied()).is_some() {
        return false;
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
    let message = format!(
        "is no key of this table; it takes {}; or is the name {name:?}? then put it in quotes",
        known.join(", ")
    );
    problems.add_misread(cookie.at(key), "dotted-name", message);
    true
}

/// Tables in a list, as `[[cookies]]` writes them.
pub(crate) fn list_of_cookies(table: &KeyPath, list: &[Node], problems: &mut Problems) -> bool {
    let tables = list.iter().filter_map(|node| match node {
        Node::Table(values) => Some(values),
        _ => None,
    });
    let Some(values) = tables.into_iter().next() else { return false };
    let name = values.iter().find_map(|(key, value)| match value {
        Node::Text(name) if key == "name" => Some(name.as_str()),
        _ => None,
    });
    let cookie = KeyPath::root().at(name.unwrap_or("sid"));
    let message = format!(
        "is a list of tables; write [{table}] with one line per cookie: `{cookie} = {{ … }}`"
    );
    problems.add(table.clone(), "list-of-cookies", message);
    true
}
