//! What a registry file means.

mod consent;
mod guess;
#[cfg(feature = "toml")]
mod lines;
mod node;
mod table;

#[cfg(feature = "toml")]
pub(crate) use crate::registry::file::lines::from_toml;

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::registry::Registry;
use crate::registry::check::problems::Problems;
use crate::registry::check::suggestion::closest;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::builder::RegistryBuilder;
use crate::registry::declare::category::Category;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::service::Service;
use crate::registry::declare::undeclared::Undeclared;
use crate::registry::file::node::Node;
use crate::registry::file::table::Table;
use crate::registry::problem::ProblemKind;
use crate::registry::problem::key_path::KeyPath;

const ROOT: &[&str] = &[
    "version",
    "updated",
    "title",
    "consent-lifetime",
    "undeclared",
    "consent",
    "categories",
    "services",
    "cookies",
];
const CATEGORY: &[&str] =
    &["basis", "title", "purpose", "lifetime", "refresh", "refused-by-gpc", "services", "cookies"];
const SERVICE: &[&str] =
    &["title", "purpose", "provider", "lifetime", "refresh", "refused-by-gpc", "cookies"];
const FLAT_SERVICE: &[&str] = &[
    "category",
    "title",
    "purpose",
    "provider",
    "lifetime",
    "refresh",
    "refused-by-gpc",
    "cookies",
];
const COOKIE: &[&str] = &["purpose", "provider", "lifetime", "domain", "path", "refresh"];
const FLAT_COOKIE: &[&str] =
    &["category", "service", "purpose", "provider", "lifetime", "domain", "path", "refresh"];

const COOKIES: &str = "a table of cookies, or a list of their names in quotes";

/// Whether entries stand inside the one they belong to, or at the top level and name it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Nested,
    Top,
}

impl<'de> Deserialize<'de> for Registry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        builder(node).build().map_err(D::Error::custom)
    }
}

/// The builder that a file stands for, holding what was found wrong so far.
pub(crate) fn builder(node: Node) -> RegistryBuilder {
    let mut problems = Problems::default();
    let mut root = Table::with_guess(node, KeyPath::root(), ROOT, guess::category, &mut problems);
    let mut builder = Registry::builder();
    // One of the wrong type is noted as that, and not as missing.
    let missing = if root.lacks("version") { "" } else { "?" };
    builder = builder.version(root.string_or_date("version").unwrap_or_else(|| missing.to_owned()));
    if let Some(updated) = root.string_or_date("updated") {
        builder = builder.updated(updated);
    }
    if let Some(title) = root.text("title") {
        builder = builder.title(title);
    }
    if let Some(lifetime) = root.lifetime("consent-lifetime") {
        builder = builder.consent_lifetime(lifetime);
    }
    if let Some(node) = root.take("undeclared") {
        builder = builder.undeclared(undeclared(node, root.problems()));
    }
    if let Some(node) = root.take("consent") {
        builder = consent::read(node, builder, root.problems());
    }
    for (id, node) in root.entries("categories") {
        builder = builder.category(category(id, node, root.problems()));
    }
    for service in services(&mut root, Level::Top) {
        builder = builder.service(service);
    }
    for cookie in cookies(&mut root, Level::Top) {
        builder = builder.cookie(cookie);
    }
    builder.problems(problems)
}

fn undeclared(node: Node, problems: &mut Problems) -> Undeclared {
    let entry = KeyPath::root().at("undeclared");
    match node {
        Node::Text(text) => match text.as_str() {
            "strip" => return Undeclared::Strip,
            "keep-unchecked" => return Undeclared::KeepUnchecked,
            _ => problems.add(entry, ProblemKind::UnknownUndeclared { found: text }),
        },
        Node::Table(_) => {
            let mut table = Table::new(node, entry.clone(), &["category"], problems);
            if let Some(category) = table.string("category") {
                return Undeclared::Category(category);
            }
        }
        other => {
            let expected = "\"strip\", \"keep-unchecked\" or { category = \"…\" }";
            problems.add(entry, ProblemKind::WrongType { expected, found: other.kind() });
        }
    }
    Undeclared::Strip
}

fn category(id: String, node: Node, problems: &mut Problems) -> Category {
    let entry = KeyPath::root().at("categories").at(&id);
    let mut table = Table::new(node, entry, CATEGORY, problems);
    let mut category = Category::new(id, basis(&mut table));
    if let Some(title) = table.text("title") {
        category = category.title(title);
    }
    if let Some(purpose) = table.text("purpose") {
        category = category.purpose(purpose);
    }
    if let Some(lifetime) = table.lifetime("lifetime") {
        category = category.lifetime(lifetime);
    }
    if let Some(refresh) = table.bool("refresh") {
        category = category.refresh(refresh);
    }
    if let Some(refused) = table.bool("refused-by-gpc") {
        category = category.refused_by_gpc(refused);
    }
    for cookie in cookies(&mut table, Level::Nested) {
        category = category.cookie(cookie);
    }
    for service in services(&mut table, Level::Nested) {
        category = category.service(service);
    }
    category
}

/// Where no basis can be read that is noted, and the one is taken that causes no more problems.
fn basis(table: &mut Table<'_>) -> Basis {
    let entry = table.entry().at("basis");
    let lacking = table.lacks("basis");
    let kind = match table.take("basis") {
        None if lacking => ProblemKind::MissingBasis,
        None => return Basis::Necessary,
        Some(Node::Text(found)) => {
            if let Ok(basis) = found.parse() {
                return basis;
            }
            let suggestion = closest(&found, Basis::ALL.map(Basis::as_str));
            ProblemKind::UnknownBasis { found, suggestion }
        }
        Some(other) => ProblemKind::WrongType {
            expected: "\"necessary\", \"consent\", \"opt-out\" or \"prohibited\"",
            found: other.kind(),
        },
    };
    table.problems().add(entry, kind);
    Basis::Necessary
}

fn services(table: &mut Table<'_>, level: Level) -> Vec<Service> {
    let parent = table.entry().at("services");
    let mut services = Vec::new();
    for (id, node) in table.entries("services") {
        let known = if level == Level::Top { FLAT_SERVICE } else { SERVICE };
        let mut table = Table::new(node, parent.at(&id), known, table.problems());
        let mut service = Service::new(id);
        if level == Level::Top
            && let Some(category) = table.string("category")
        {
            service = service.in_category(category);
        }
        if let Some(title) = table.text("title") {
            service = service.title(title);
        }
        if let Some(purpose) = table.text("purpose") {
            service = service.purpose(purpose);
        }
        if let Some(provider) = table.text("provider") {
            service = service.provider(provider);
        }
        if let Some(lifetime) = table.lifetime("lifetime") {
            service = service.lifetime(lifetime);
        }
        if let Some(refresh) = table.bool("refresh") {
            service = service.refresh(refresh);
        }
        if let Some(refused) = table.bool("refused-by-gpc") {
            service = service.refused_by_gpc(refused);
        }
        for cookie in cookies(&mut table, Level::Nested) {
            service = service.cookie(cookie);
        }
        services.push(service);
    }
    services
}

fn cookies(table: &mut Table<'_>, level: Level) -> Vec<Declaration> {
    let parent = table.entry().at("cookies");
    let mut cookies = Vec::new();
    match table.take("cookies") {
        None => {}
        Some(Node::Table(entries)) => {
            for (name, node) in entries {
                let entry = parent.at(&name);
                cookies.push(cookie(name, node, entry, level, table.problems()));
            }
        }
        Some(Node::List(names)) => {
            if let Some(kind) = guess::list_of_cookies(&parent, &names) {
                table.problems().add(parent, kind);
                return cookies;
            }
            let mut wrong = None;
            for node in names {
                match node {
                    Node::Text(name) => cookies.push(Declaration::new(name)),
                    other => wrong = wrong.or(Some(other)),
                }
            }
            if let Some(wrong) = wrong {
                table.wrong("cookies", COOKIES, &wrong);
            }
        }
        Some(other) => table.wrong("cookies", COOKIES, &other),
    }
    cookies
}

fn cookie(
    name: String,
    node: Node,
    entry: KeyPath,
    level: Level,
    problems: &mut Problems,
) -> Declaration {
    let mut cookie = Declaration::new(name);
    let node = match node {
        Node::Text(lifetime) => return cookie.lifetime(lifetime),
        Node::Table(_) => node,
        other => {
            let expected = "a table, or the lifetime alone as a text in quotes";
            problems.add(entry, ProblemKind::WrongType { expected, found: other.kind() });
            return cookie;
        }
    };
    let known = if level == Level::Top { FLAT_COOKIE } else { COOKIE };
    let mut table = Table::with_guess(node, entry, known, guess::dotted_name, problems);
    if level == Level::Top {
        if let Some(category) = table.string("category") {
            cookie = cookie.in_category(category);
        }
        if let Some(service) = table.string("service") {
            cookie = cookie.in_service(service);
        }
    }
    if let Some(purpose) = table.text("purpose") {
        cookie = cookie.purpose(purpose);
    }
    if let Some(provider) = table.text("provider") {
        cookie = cookie.provider(provider);
    }
    if let Some(lifetime) = table.lifetime("lifetime") {
        cookie = cookie.lifetime(lifetime);
    }
    if let Some(domain) = table.string("domain") {
        cookie = cookie.domain(domain);
    }
    if let Some(path) = table.string("path") {
        cookie = cookie.path(path);
    }
    if let Some(refresh) = table.bool("refresh") {
        cookie = cookie.refresh(refresh);
    }
    cookie
}
