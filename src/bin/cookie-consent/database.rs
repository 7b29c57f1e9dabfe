//! Looks up the unsorted cookies of a draft in a copy of the Open Cookie Database.

use std::path::Path;

use serde::Deserialize;
use toml_edit::{DocumentMut, Item, Table, TableLike, value};
use tower_cookie_consent::Registry;
use tower_cookie_consent::draft::UNSORTED;

use crate::Error;

/// The rows of the database.
pub(crate) struct Database(Vec<Row>);

/// A row with the columns that are read. The others are ignored.
#[derive(Deserialize)]
struct Row {
    #[serde(rename = "Platform")]
    platform: String,
    #[serde(rename = "Category")]
    category: String,
    #[serde(rename = "Cookie / Data Key name")]
    name: String,
    #[serde(rename = "Description")]
    description: String,
    #[serde(rename = "Data Controller")]
    controller: String,
    /// This is `1` if the name is only the beginning of the cookie's name.
    #[serde(rename = "Wildcard match")]
    is_prefix: String,
}

impl Database {
    /// Reads a copy of the database. An error names the file and the line.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let named = |error: csv::Error| {
            let hint = "is this a copy of open-cookie-database.csv?";
            format!("{}: {error}; {hint}", path.display())
        };
        let mut reader = csv::Reader::from_path(path).map_err(named)?;
        let rows = reader.deserialize().collect::<Result<Vec<Row>, _>>().map_err(named)?;
        Ok(Database(rows))
    }

    /// Returns the row with exactly this name, or else the one with the longest matching beginning.
    fn find(&self, name: &str) -> Option<&Row> {
        let begin = name.trim_end_matches('*');
        let exact = self.0.iter().find(|row| row.is_prefix.trim() != "1" && row.name == name);
        exact.or_else(|| {
            let fits = |row: &&Row| {
                row.is_prefix.trim() == "1" && !row.name.is_empty() && begin.starts_with(&row.name)
            };
            self.0.iter().filter(fits).max_by_key(|row| row.name.len())
        })
    }

    /// Returns the draft with its unsorted cookies moved to the categories of the database, and
    /// with their purposes and providers.
    pub(crate) fn sort(&self, draft: &str) -> Result<String, Error> {
        let mut document: DocumentMut = draft.parse()?;
        let Some(cookies) = document.get_mut("cookies").and_then(Item::as_table_like_mut) else {
            return Ok(draft.to_owned());
        };
        let mut used = Vec::new();
        for (name, cookie) in cookies.iter_mut() {
            if is_unsorted(cookie)
                && let Some(row) = self.find(name.get())
                && let Some(cookie) = cookie.as_table_like_mut()
            {
                used.push(row.describe(cookie));
            }
        }
        let some_unsorted = cookies.iter().any(|(_, cookie)| is_unsorted(cookie));
        if let Some(categories) = document.get_mut("categories").and_then(Item::as_table_like_mut) {
            for id in used {
                add_category(categories, id);
            }
            if !some_unsorted {
                categories.remove(UNSORTED);
            }
        }
        let sorted = document.to_string();
        Registry::from_toml(&sorted)?;
        Ok(sorted)
    }
}

impl Row {
    /// Gives a cookie the category, purpose and provider of this row, and returns the category.
    fn describe(&self, cookie: &mut dyn TableLike) -> &'static str {
        let category = category(&self.category);
        let controller = self.controller.trim();
        let provider = if controller.is_empty() { self.platform.trim() } else { controller };
        cookie.insert("category", value(category));
        for (key, text) in [("purpose", self.description.trim()), ("provider", provider)] {
            if !text.is_empty() {
                cookie.insert(key, value(text));
            }
        }
        category
    }
}

fn is_unsorted(cookie: &Item) -> bool {
    cookie.get("category").and_then(Item::as_str) == Some(UNSORTED)
}

/// Adds a category unless the draft has it already.
fn add_category(categories: &mut dyn TableLike, id: &str) {
    if !categories.contains_key(id) {
        let mut category = Table::new();
        // A database of strangers may call a cookie functional, but that does not make it necessary.
        category.insert("basis", value("consent"));
        categories.insert(id, Item::Table(category));
    }
}

/// Returns the category of a draft for a category of the database, which is `Functional`,
/// `Analytics`, `Marketing`, `Security` or `Personalization`.
fn category(theirs: &str) -> &'static str {
    match theirs.trim().to_ascii_lowercase().as_str() {
        "analytics" => "analytics",
        "marketing" => "marketing",
        "functional" | "personalization" | "security" => "functional",
        _ => UNSORTED,
    }
}
