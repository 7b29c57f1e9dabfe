//! Writes what was recorded into a registry file.

use std::fmt;

use toml_edit::{DocumentMut, Item, Key, Table, TableLike, value};

use crate::draft::known::{self, Purpose};
use crate::draft::traffic::Sighting;
use crate::lifetime::MaxLifetime;
use crate::registry::{Basis, ConfigError, Registry};

/// The id of the category in a draft for cookies whose purpose is unknown.
pub const UNSORTED: &str = "unsorted";

/// The error of adding a draft to a registry file.
#[derive(Debug)]
#[non_exhaustive]
pub enum DraftError {
    /// The existing file is not a valid registry file. The error lists all its problems.
    Registry(ConfigError),
    /// A key of the existing file that should be a table holds something else, so that cookies
    /// cannot be added to it.
    NoPlace {
        /// The key.
        key: &'static str,
    },
}

impl From<ConfigError> for DraftError {
    fn from(error: ConfigError) -> Self {
        DraftError::Registry(error)
    }
}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DraftError::Registry(error) => error.fmt(f),
            DraftError::NoPlace { key } => {
                write!(f, "`{key}` of the file is no table: what was seen cannot be added to it")
            }
        }
    }
}

impl std::error::Error for DraftError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DraftError::Registry(error) => Some(error),
            DraftError::NoPlace { .. } => None,
        }
    }
}

/// The beginning of a new registry file.
const EMPTY: &str = "\
# Drafted from what responses set. Read every line: who sets the cookie, what for, for how long?
# Then move it into the category that your policy page names.
version = \"draft\"
";

/// Returns the file with the recorded cookies that it did not declare before.
pub(crate) fn write(
    existing: &str,
    sightings: &[(String, Sighting)],
    left_out: u64,
) -> Result<String, DraftError> {
    let declared = match existing.trim() {
        "" => None,
        _ => Some(Registry::from_toml(existing)?),
    };
    let text = if declared.is_some() { existing } else { EMPTY };
    let is_declared = |name: &str| {
        // A pattern is declared if a name that it matches is.
        declared.as_ref().is_some_and(|registry| {
            let carries_the_choice = registry.consent_cookie().name() == name;
            carries_the_choice || registry.declaration(example(name).as_bytes()).is_some()
        })
    };
    let new: Vec<_> = sightings.iter().filter(|(name, _)| !is_declared(name)).collect();
    if new.is_empty() && declared.is_some() {
        return Ok(existing.to_owned());
    }
    let file = with_cookies(text, declared.as_ref(), &new, left_out)?;
    if Registry::from_toml(&file).is_ok() {
        return Ok(file);
    }
    let kept = without_conflicts(text, declared.as_ref(), &new)?;
    let doubtful = u64::try_from(new.len() - kept.len()).unwrap_or(u64::MAX);
    let file = with_cookies(text, declared.as_ref(), &kept, left_out.saturating_add(doubtful))?;
    Registry::from_toml(&file)?;
    Ok(file)
}

/// Returns the lines that can be added together. Lines conflict if a pattern claims a name that
/// another one claims, or if the prefix of a name forbids its domain. So they are tried one by one,
/// exact names first, and those that fail are left out.
fn without_conflicts<'a>(
    text: &str,
    declared: Option<&Registry>,
    new: &[&'a (String, Sighting)],
) -> Result<Vec<&'a (String, Sighting)>, DraftError> {
    let (patterns, names): (Vec<_>, Vec<_>) =
        new.iter().copied().partition(|(name, _)| name.contains('*'));
    let mut kept = Vec::new();
    for line in names.into_iter().chain(patterns) {
        kept.push(line);
        if Registry::from_toml(&with_cookies(text, declared, &kept, 0)?).is_err() {
            kept.pop();
        }
    }
    Ok(kept)
}

/// Returns the text with these cookies, and their categories, added to it.
fn with_cookies(
    text: &str,
    declared: Option<&Registry>,
    new: &[&(String, Sighting)],
    left_out: u64,
) -> Result<String, DraftError> {
    // The text was read as a registry before, so this cannot fail.
    let mut document: DocumentMut =
        text.parse().map_err(|_| DraftError::NoPlace { key: "version" })?;
    for (name, sighting) in new {
        let place = place(name, declared);
        add_category(&mut document, &place.category, place.basis, declared)?;
        let cookies = table(document.as_table_mut(), "cookies")?;
        add_cookie(cookies, name, sighting, &place);
    }
    if new.is_empty() && declared.is_none() {
        add_category(&mut document, "essential", Basis::Necessary, None)?;
    }
    let mut file = document.to_string();
    if left_out > 0 {
        let words = "more were set under names that are not written down here";
        file = format!("{file}\n# {left_out} {words}.\n");
    }
    Ok(file)
}

/// The category in which a cookie is declared, and the party that is known to set it.
struct Place {
    category: String,
    /// The basis with which the category is added if the file does not have it.
    basis: Basis,
    setter: Option<&'static str>,
}

fn place(name: &str, declared: Option<&Registry>) -> Place {
    let Some(cookie) = known::find(&example(name)) else {
        return Place { category: UNSORTED.to_owned(), basis: Basis::Consent, setter: None };
    };
    let (basis, usual): (Basis, &[&str]) = match cookie.purpose {
        Purpose::Necessary => (Basis::Necessary, &["essential", "necessary"]),
        Purpose::Functional => (Basis::Consent, &["functional", "preferences"]),
        Purpose::Analytics => (Basis::Consent, &["analytics", "statistics", "performance"]),
        Purpose::Marketing => (Basis::Consent, &["marketing", "advertising"]),
    };
    let is_necessary = basis == Basis::Necessary;
    let found = declared.and_then(|registry| {
        let named = usual.iter().find_map(|id| registry.category(id));
        let found = named.filter(|category| (category.basis() == Basis::Necessary) == is_necessary);
        // Every necessary category will do, since the law knows only one kind.
        let alike = || registry.categories().find(|category| category.basis() == basis);
        if is_necessary { found.or_else(alike) } else { found }
    });
    let category = found.map_or(usual[0], |category| category.id()).to_owned();
    Place { category, basis, setter: Some(cookie.setter) }
}

/// Returns a name that a pattern matches.
fn example(name: &str) -> String {
    name.replace('*', "x")
}

/// Adds a category unless the file has it already.
fn add_category(
    document: &mut DocumentMut,
    id: &str,
    basis: Basis,
    declared: Option<&Registry>,
) -> Result<(), DraftError> {
    if declared.is_some_and(|registry| registry.category(id).is_some()) {
        return Ok(());
    }
    let categories = table(document.as_table_mut(), "categories")?;
    if categories.contains_key(id) {
        return Ok(());
    }
    let mut category = Table::new();
    category.insert("basis", value(basis.as_str()));
    if id == UNSORTED {
        let comment = "\n# Nobody knows yet what these are for, so they need consent.\n";
        category.decor_mut().set_prefix(comment);
    }
    categories.insert(id, Item::Table(category));
    Ok(())
}

/// Returns the table with this key at the top level, and adds it if the file does not have it.
fn table<'a>(root: &'a mut Table, key: &'static str) -> Result<&'a mut dyn TableLike, DraftError> {
    let item = root.entry(key).or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(key == "categories");
        Item::Table(table)
    });
    item.as_table_like_mut().ok_or(DraftError::NoPlace { key })
}

fn add_cookie(cookies: &mut dyn TableLike, name: &str, sighting: &Sighting, place: &Place) {
    let mut cookie = toml_edit::InlineTable::new();
    cookie.insert("category", place.category.as_str().into());
    cookie.insert("lifetime", lifetime(sighting.longest_seconds).into());
    if let Some(domain) = &sighting.domain {
        cookie.insert("domain", domain.trim_start_matches('.').into());
    }
    if let Some(path) = sighting.path.as_deref().filter(|path| *path != "/") {
        cookie.insert("path", path.into());
    }
    let mut key = Key::new(name);
    key.leaf_decor_mut().set_prefix(comment(sighting, place.setter));
    match cookies.entry_format(&key) {
        toml_edit::Entry::Vacant(entry) => {
            entry.insert(value(cookie));
        }
        toml_edit::Entry::Occupied(_) => {}
    }
}

/// Returns the comment above a cookie, which says what was recorded of it.
fn comment(sighting: &Sighting, setter: Option<&str>) -> String {
    let mut attributes = Vec::new();
    if sighting.http_only {
        attributes.push("HttpOnly".to_owned());
    }
    if sighting.secure {
        attributes.push("Secure".to_owned());
    }
    if sighting.partitioned {
        attributes.push("Partitioned".to_owned());
    }
    if let Some(same_site) = &sighting.same_site {
        attributes.push(format!("SameSite={same_site}"));
    }
    let times =
        if sighting.count == 1 { "once".to_owned() } else { format!("{} times", sighting.count) };
    let setter = setter.map_or_else(String::new, |setter| format!("{setter}; "));
    let facts = [format!("set {times}, first for {}", sighting.first_path)];
    let facts = facts.into_iter().chain(attributes).collect::<Vec<_>>().join("; ");
    format!("# {setter}{facts}\n")
}

/// Returns the longest recorded lifetime in words.
fn lifetime(seconds: Option<u64>) -> String {
    match seconds {
        None => "session".to_owned(),
        Some(seconds) => MaxLifetime::Seconds(meant(seconds).min(LONGEST)).to_string(),
    }
}

/// Returns the lifetime that was meant by one that is a few seconds more or less. A server computes an
/// `Expires` while it works on the response, and sends a `Date` of another second.
fn meant(seconds: u64) -> u64 {
    let minutes = seconds.saturating_add(30) / 60 * 60;
    let is_near = seconds.abs_diff(minutes) <= 5 && seconds >= 3_600 - 5;
    if is_near { minutes } else { seconds }
}

/// The longest time for which browsers keep a cookie: 400 days (RFC 6265bis, section 5.5).
const LONGEST: u64 = 400 * 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    fn sighting(count: u64, longest_seconds: Option<u64>) -> Sighting {
        Sighting { count, longest_seconds, first_path: "/a".to_owned(), ..Sighting::default() }
    }

    fn seen(names: &[(&str, Option<u64>)]) -> Vec<(String, Sighting)> {
        names.iter().map(|(name, life)| ((*name).to_owned(), sighting(2, *life))).collect()
    }

    #[test]
    fn what_is_declared_stays_as_it_is_written() {
        let existing = "version = '1' # mine\n[categories.must]\nbasis='necessary'\ncookies = {sid='session'}\n";
        let sightings = seen(&[("id", None), ("sid", None), ("theme", Some(60))]);
        let file = write(existing, &sightings, 0).unwrap();
        assert!(file.starts_with(existing), "{file}");
        let registry = Registry::from_toml(&file).unwrap();
        let category = |name: &str| registry.declaration(name.as_bytes()).unwrap().category().id();
        assert_eq!((category("id"), category("theme")), ("must", "unsorted"));
        assert_eq!(file.matches("sid").count(), 1, "{file}");
        assert_eq!(write(&file, &sightings, 0).unwrap(), file, "nothing is new the second time");
    }

    #[test]
    fn r14_every_draft_loads() {
        for (existing, names) in [
            ("", &[][..]),
            ("", &[("a b", None), ("x\"y", Some(0)), ("é", Some(u64::MAX)), ("a.b", Some(1))]),
            ("", &[("cart_*", None), ("*_cart", None), ("cart_x", None)]),
            ("", &[("__Host-x", None), ("a", Some(5)), ("_gac_xxx", None), ("Aucun cookie", None)]),
            (
                "version='1'\n[categories]\na={basis='consent'}\n[cookies]\nx={category='a'}\n",
                &[("_ga", None)],
            ),
            ("version='1'\ncookies={}\n[categories.a]\nbasis='consent'\n", &[("id", None)]),
        ] {
            let file =
                write(existing, &seen(names), 3).unwrap_or_else(|e| panic!("{names:?}: {e}"));
            Registry::from_toml(&file).unwrap_or_else(|error| panic!("{file}\n{error}"));
        }
        assert!(write("version = 1", &[], 0).is_err());
    }

    #[test]
    fn r10_the_longest_lifetime_is_written() {
        for (seconds, want) in [
            (None, "session"),
            (Some(60), "1 minute"),
            (Some(395 * 86_400), "13 months"),
            // The server took a few seconds to answer, or its clock for `Date` is a second late.
            (Some(365 * 86_400 - 1), "1 year"),
            (Some(3_600 - 5), "1 hour"),
            (Some(2 * 3_600 + 1), "2 hours"),
            (Some(2 * 3_600 + 6), "2 hours 6 seconds"),
            (Some(2 * 3_600 - 6), "1 hour 59 minutes 54 seconds"),
            (Some(5 * 60 - 1), "4 minutes 59 seconds"),
            (Some(u64::MAX), "400 days"),
        ] {
            let words = lifetime(seconds);
            assert_eq!(words.parse(), want.parse::<MaxLifetime>(), "{words}");
        }
    }
}
