//! The Open Cookie Database: what a copy of it says of the cookies that a draft could not sort.

use std::path::Path;

use serde::Deserialize;
use toml_edit::{DocumentMut, Item, Table, value};
use tower_cookie_consent::Registry;
use tower_cookie_consent::draft::UNSORTED;

use crate::Error;

/// The rows of the database that name a cookie.
pub(crate) struct Database(Vec<Row>);

/// The columns that are read; the others are passed over.
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
    /// `1` where the name is only how the cookie's name begins.
    #[serde(rename = "Wildcard match")]
    is_prefix: String,
}

impl Database {
    /// Reads a copy; the error names the file and the line.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let named = |error: csv::Error| {
            let hint = "is this a copy of open-cookie-database.csv?";
            format!("{}: {error}; {hint}", path.display())
        };
        let mut reader = csv::Reader::from_path(path).map_err(named)?;
        let rows = reader.deserialize().collect::<Result<Vec<Row>, _>>().map_err(named)?;
        Ok(Database(rows))
    }

    /// An exact name first, then the longest beginning.
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

    /// The draft with its unsorted cookies moved to what the database says of them, with purpose and
    /// provider.
    pub(crate) fn sort(&self, draft: &str) -> Result<String, Error> {
        let mut document: DocumentMut = draft.parse()?;
        let mut used = Vec::new();
        let Some(cookies) = document.get_mut("cookies").and_then(Item::as_table_like_mut) else {
            return Ok(draft.to_owned());
        };
        for (name, cookie) in cookies.iter_mut() {
            let Some(cookie) = cookie.as_table_like_mut() else { continue };
            let unsorted = cookie.get("category").and_then(Item::as_str) == Some(UNSORTED);
            let Some(row) = self.find(name.get()).filter(|_| unsorted) else { continue };
            let category = category(&row.category);
            used.push(category);
            cookie.insert("category", value(category));
            for (key, text) in [("purpose", &row.description), ("provider", &row.controller)] {
                if !text.trim().is_empty() {
                    cookie.insert(key, value(text.trim()));
                }
            }
            if row.controller.trim().is_empty() && !row.platform.trim().is_empty() {
                cookie.insert("provider", value(row.platform.trim()));
            }
        }
        let is_used = document["cookies"].as_table_like().is_some_and(|cookies| {
            cookies
                .iter()
                .any(|(_, cookie)| cookie.get("category").and_then(Item::as_str) == Some(UNSORTED))
        });
        if let Some(categories) = document.get_mut("categories").and_then(Item::as_table_like_mut) {
            for id in used {
                if !categories.contains_key(id) {
                    let mut category = Table::new();
                    // A cookie is not necessary because a database of strangers calls it functional.
                    category.insert("basis", value("consent"));
                    categories.insert(id, Item::Table(category));
                }
            }
            if !is_used {
                categories.remove(UNSORTED);
            }
        }
        let sorted = document.to_string();
        Registry::from_toml(&sorted)?;
        Ok(sorted)
    }
}

/// The category of a draft for one of the database: `Functional`, `Analytics`, `Marketing`,
/// `Security` or `Personalization`.
fn category(theirs: &str) -> &'static str {
    match theirs.trim().to_ascii_lowercase().as_str() {
        "analytics" => "analytics",
        "marketing" => "marketing",
        "functional" | "personalization" | "security" => "functional",
        _ => UNSORTED,
    }
}
