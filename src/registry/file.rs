//! Reads registry files into the builder.

mod consent;
#[cfg(feature = "toml")]
mod lines;
mod mistake;
mod node;
mod table;

#[cfg(feature = "toml")]
pub(crate) use crate::registry::file::lines::from_toml;

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::registry::Registry;
use crate::registry::check::problems::Problems;
use crate::registry::check::suggestion::did_you_mean;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::builder::RegistryBuilder;
use crate::registry::declare::category::Category;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::floors::DeclaredFloor;
use crate::registry::declare::places::{Domains, Paths};
use crate::registry::declare::service::Service;
use crate::registry::declare::settings::Settings;
use crate::registry::declare::undeclared::Undeclared;
use crate::registry::file::node::Node;
use crate::registry::file::table::{Table, wrong_type};
use crate::registry::problem::key_path::KeyPath;

const COOKIES: &str = "a table of cookies, or a list of their names in quotes";

/// Where a service or cookie is declared: inside the category or service to which it belongs, or at
/// the top level, where it names that one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Nested,
    Top,
}

impl Level {
    /// Reads the id of the category or service to which an entry of the top level belongs.
    fn home(self, table: &mut Table<'_>, key: &'static str) -> Option<String> {
        if self == Self::Top { table.string(key) } else { None }
    }
}

impl<'de> Deserialize<'de> for Registry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        builder(node).build().map_err(D::Error::custom)
    }
}

/// Returns the builder for a file, with the problems that were found so far.
pub(crate) fn builder(node: Node) -> RegistryBuilder {
    let mut problems = Problems::default();
    let mut root = Table::new(node, KeyPath::root(), &mut problems);
    let builder = RegistryBuilder {
        settings: Settings {
            version: root.string_or_date("version").unwrap_or_default(),
            updated: root.string_or_date("updated"),
            title: root.text("title"),
            consent_lifetime: root.lifetime("consent-lifetime"),
            undeclared: undeclared(&mut root),
            ..consent::read(&mut root)
        },
        categories: categories(&mut root),
        services: services(&mut root, Level::Top),
        cookies: cookies(&mut root, Level::Top),
        problems: Problems::default(),
    };
    root.finish_with(mistake::misplaced_category);
    RegistryBuilder { problems, ..builder }
}

fn undeclared(root: &mut Table<'_>) -> Undeclared {
    let path = root.path().at("undeclared");
    match root.take("undeclared") {
        None => {}
        Some(Node::Text(text)) => match text.as_str() {
            "strip" => {}
            "keep-unchecked" => return Undeclared::KeepUnchecked,
            _ => {
                let advice = did_you_mean(&text, ["strip", "keep-unchecked"], || {
                    "write `strip`, `keep-unchecked` or `{ category = \"…\" }`".to_owned()
                });
                let message = format!("{text:?} is no rule for undeclared cookies; {advice}");
                root.problems().add_misread(path, "unknown-value", message);
            }
        },
        Some(node @ Node::Table(_)) => {
            let mut table = Table::new(node, path, root.problems());
            let category = table.string("category");
            table.finish();
            return category.map_or(Undeclared::Strip, Undeclared::Category);
        }
        Some(other) => {
            root.wrong(
                "undeclared",
                "\"strip\", \"keep-unchecked\" or { category = \"…\" }",
                &other,
            );
        }
    }
    Undeclared::Strip
}

fn categories(root: &mut Table<'_>) -> Vec<Category> {
    let parent = root.path().at("categories");
    let entries = root.entries("categories").into_iter();
    entries.map(|(id, node)| category(id, node, &parent, root.problems())).collect()
}

fn category(id: String, node: Node, parent: &KeyPath, problems: &mut Problems) -> Category {
    let path = parent.at(&id);
    let mut table = Table::new(node, path.clone(), problems);
    let basis = table.word("basis");
    let category = Category {
        id,
        // A basis that cannot be read is reported as a problem. The value here only avoids further
        // problems.
        basis: basis.unwrap_or(Basis::Necessary),
        title: table.text("title"),
        purpose: table.text("purpose"),
        lifetime: table.lifetime("lifetime"),
        refresh: table.bool("refresh"),
        attributes: attributes(&mut table),
        refused_by_gpc: table.bool("refused-by-gpc").unwrap_or(false),
        cookies: cookies(&mut table, Level::Nested),
        services: services(&mut table, Level::Nested),
    };
    table.finish();
    let path = path.at("basis");
    if basis.is_none() && !problems.has_misread(&path) {
        let message = "has no `basis`; write `necessary`, `consent`, `opt-out` or `prohibited`";
        problems.add(path, "missing-basis", message);
    }
    category
}

/// Reads the keys for attributes, which categories, services and cookies have in common.
fn attributes(table: &mut Table<'_>) -> DeclaredFloor {
    DeclaredFloor {
        secure: table.bool("secure"),
        http_only: table.bool("http-only"),
        same_site: table.word("same-site"),
        partitioned: table.bool("partitioned"),
    }
}

fn services(table: &mut Table<'_>, level: Level) -> Vec<Service> {
    let parent = table.path().at("services");
    let entries = table.entries("services").into_iter();
    entries.map(|(id, node)| service(id, node, &parent, level, table.problems())).collect()
}

fn service(
    id: String,
    node: Node,
    parent: &KeyPath,
    level: Level,
    problems: &mut Problems,
) -> Service {
    let mut table = Table::new(node, parent.at(&id), problems);
    let service = Service {
        id,
        category: level.home(&mut table, "category"),
        title: table.text("title"),
        purpose: table.text("purpose"),
        provider: table.text("provider"),
        lifetime: table.lifetime("lifetime"),
        refresh: table.bool("refresh"),
        attributes: attributes(&mut table),
        refused_by_gpc: table.bool("refused-by-gpc").unwrap_or(false),
        cookies: cookies(&mut table, Level::Nested),
    };
    table.finish();
    service
}

fn cookies(table: &mut Table<'_>, level: Level) -> Vec<Declaration> {
    let parent = table.path().at("cookies");
    match table.take("cookies") {
        None => Vec::new(),
        Some(Node::Table(entries)) => entries
            .into_iter()
            .map(|(name, node)| cookie(name, node, &parent, level, table.problems()))
            .collect(),
        Some(Node::List(list)) => listed_cookies(list, &parent, table),
        Some(other) => {
            table.wrong("cookies", COOKIES, &other);
            Vec::new()
        }
    }
}

/// Reads a list of cookies that gives only their names. The first element that is not a name is
/// reported.
fn listed_cookies(list: Vec<Node>, path: &KeyPath, table: &mut Table<'_>) -> Vec<Declaration> {
    if mistake::list_of_cookies(path, &list, table.problems()) {
        return Vec::new();
    }
    let (names, others): (Vec<_>, Vec<_>) =
        list.into_iter().map(Node::into_text).partition(Result::is_ok);
    if let Some(Err(other)) = others.first() {
        table.wrong("cookies", COOKIES, other);
    }
    names.into_iter().flatten().map(Declaration::new).collect()
}

fn cookie(
    name: String,
    node: Node,
    parent: &KeyPath,
    level: Level,
    problems: &mut Problems,
) -> Declaration {
    let path = parent.at(&name);
    let node = match node {
        Node::Text(lifetime) => return Declaration::new(name).lifetime(lifetime),
        Node::Table(_) => node,
        other => {
            let expected = "a table, or the lifetime alone as a text in quotes";
            wrong_type(problems, path, expected, &other);
            return Declaration::new(name);
        }
    };
    let mut table = Table::new(node, path, problems);
    let cookie = Declaration {
        name,
        category: level.home(&mut table, "category"),
        service: level.home(&mut table, "service"),
        purpose: table.text("purpose"),
        provider: table.text("provider"),
        lifetime: table.lifetime("lifetime"),
        domain: table.texts("domain").map(Domains::from),
        path: table.texts("path").map(Paths::from),
        refresh: table.bool("refresh"),
        attributes: attributes(&mut table),
    };
    table.finish_with(mistake::dotted_name);
    cookie
}
