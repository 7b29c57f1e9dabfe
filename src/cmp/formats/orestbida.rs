//! Reads the cookie of orestbida's cookieconsent ("vanilla-cookieconsent"): a JSON object with the
//! granted categories.
//!
//! Version 3 percent-encodes it, and version 2 does so if configured. Before 2.8.1 the categories
//! were called `level`. The site chooses its categories and services.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::{Iso, Json, Object, Whole, objects};
use crate::cmp::reader::Reader;
use crate::cmp::sorted::Sorted;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

objects! {
    struct Cookie<'a> {
        "categories" => categories: Option<Sorted<Cow<'a, str>>>,
        "level" => level: Option<Sorted<Cow<'a, str>>>,
        "revision" => revision: Option<Whole<'a>>,
        /// The granted services of each category.
        "services" => services: Option<Object<'a, Vec<Cow<'a, str>>>>,
        "consentTimestamp" | "consent_date" => made: Option<Iso>,
        "lastConsentTimestamp" | "last_consent_update" => renewed: Option<Iso>,
    }
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let cookie: Cookie<'_> = json.read()?;
    if let Some(time) = cookie.renewed.or(cookie.made) {
        statement.made_at(time.0?);
    }
    if let Some(revision) = cookie.revision {
        statement.revision(revision.digits);
    }
    // If both exist, one is a copy of the other.
    let lists = [cookie.categories, cookie.level].into_iter().flatten();
    let granted = lists.reduce(|one, copy| one.and(&copy))?;
    for category in granted.iter() {
        statement.decide(category, true);
    }
    // Every category is listed here, whatever was granted.
    for (category, services) in cookie.services.iter().flat_map(Object::iter) {
        for service in services {
            statement.grant_service(category, service);
        }
        if !granted.contains(category) {
            statement.decide(category, false);
        } else if !services.is_empty() {
            // A category without services is granted or refused as a whole.
            statement.itemize(category);
        }
    }
    statement.refuse_rest();
    Some(())
}
