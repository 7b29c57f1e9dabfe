//! Recognises known mistakes in registry files, and says what was probably meant.

use crate::registry::check::problems::Problems;
use crate::registry::check::suggestion::closest;
use crate::registry::file::node::Node;
use crate::registry::problem::key_path::KeyPath;

/// Words from policy pages and other programs, each with the keys that may be meant by it.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("category", &["categories"]),
    ("company", &["provider"]),
    ("consent-duration", &["consent-lifetime"]),
    ("description", &["purpose"]),
    ("duration", &["lifetime", "consent-lifetime"]),
    ("expiration", &["lifetime"]),
    ("expires", &["lifetime"]),
    ("expiry", &["lifetime"]),
    ("host", &["domain"]),
    ("label", &["title"]),
    ("legal-basis", &["basis"]),
    ("max-age", &["lifetime"]),
    ("name", &["title"]),
    ("owner", &["provider"]),
    ("retention", &["lifetime"]),
    ("ttl", &["lifetime"]),
    ("type", &["category", "basis"]),
    ("url", &["provider"]),
    ("vendor", &["provider"]),
];

/// Returns the key that was probably meant by an unknown one.
pub(crate) fn meant(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let written = key.replace('_', "-").to_ascii_lowercase();
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == written);
    let synonyms = synonym.map_or(&[][..], |(_, keys)| keys);
    let synonym = || synonyms.iter().copied().find(|key| known.contains(key));
    closest(key, known.iter().copied()).or_else(synonym)
}

/// Reports a table of the top level that looks like a category.
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

/// Reports a cookie name with a dot that is not in quotes: TOML reads `connect.sid = "session"` as
/// a cookie `connect` with a key `sid`.
pub(crate) fn dotted_name(
    (key, value): (&str, &Node),
    cookie: &KeyPath,
    known: &[&'static str],
    problems: &mut Problems,
) -> bool {
    if meant(key, known).is_some() {
        return false;
    }
    if key == "name" {
        let message = "is no key of this table; the name of a cookie is the key that leads to it, as \
                       in `\"_ga\" = { … }`";
        problems.add_misread(cookie.at(key), "unknown-key", message);
        return true;
    }
    let mut name = format!("{}.{key}", cookie.key());
    let mut value = value;
    // The name may have more dots. It ends before a table whose key belongs to a cookie.
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

/// Reports a list, such as `[[categories]]`, where each entry has its id as the key that leads to it.
pub(crate) fn list_of_entries(entries: &KeyPath, list: &[Node], problems: &mut Problems) {
    let id = list.iter().find_map(|node| match node {
        Node::Text(id) => Some(id.as_str()),
        Node::Table(values) => values.iter().find_map(|(key, value)| match value {
            Node::Text(id) if matches!(key.as_str(), "id" | "name") => Some(id.as_str()),
            _ => None,
        }),
        _ => None,
    });
    let table = entries.at(id.unwrap_or("analytics"));
    let message = format!("is a list; write a table for each entry, such as [{table}]");
    problems.add_misread(entries.clone(), "wrong-type", message);
}

/// Reports a list of tables, such as `[[cookies]]`.
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
