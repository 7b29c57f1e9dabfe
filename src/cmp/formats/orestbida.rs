//! orestbida's cookieconsent ("vanilla-cookieconsent"): a JSON object with the granted categories.
//!
//! Version 3 percent-encodes it, version 2 does so on request, and calls the categories `level`
//! before 2.8.1. Categories and services are the site's own.

use std::collections::HashMap;

use serde::Deserialize;

use crate::cmp::format::Format;
use crate::cmp::json;
use crate::cmp::json::Object;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) const FORMAT: Format =
    Format { owns: |name| name == b"cc_cookie", read: |reader| reader.choice(FORMAT.owns, read) };

#[derive(Deserialize)]
struct Cookie {
    categories: Option<Vec<String>>,
    level: Option<Vec<String>>,
    revision: Option<u64>,
    /// The granted services of each category.
    services: Option<Object<Vec<String>>>,
    #[serde(rename = "consentTimestamp", alias = "consent_date")]
    made: Option<String>,
    #[serde(rename = "lastConsentTimestamp", alias = "last_consent_update")]
    renewed: Option<String>,
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let cookie: Cookie = json::read(value)?;
    if let Some(time) = cookie.renewed.or(cookie.made) {
        statement.made_at(time::iso(&time)?);
    }
    if let Some(revision) = cookie.revision {
        statement.revision(&revision.to_string());
    }
    let services = cookie.services.map_or_else(HashMap::new, |services| services.0);
    for service in services.values().flatten() {
        statement.decide(service, true);
    }
    for category in cookie.categories.or(cookie.level)? {
        statement.decide(&category, true);
        // A category without services of its own goes as a whole.
        if services.get(&category).is_some_and(|services| !services.is_empty()) {
            statement.itemize(&category);
        }
    }
    statement.refuse_rest();
    Some(())
}
