//! Compares two registries, to find out whether visitors who chose under one have to be asked again
//! under the other.

use std::collections::HashMap;
use std::fmt;

use crate::registry::Registry;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::text::Text;
use crate::registry::declare::undeclared::Undeclared;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::view::{CategoryRef, DeclarationRef, ServiceRef};

/// A material change of a registry: something that visitors decide on and have not been asked about
/// yet.
///
/// `Display` writes the key path and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    key_path: KeyPath,
    reason: String,
}

impl Change {
    /// Returns the place of the change in the file of the newer registry.
    pub const fn key_path(&self) -> &KeyPath {
        &self.key_path
    }

    /// Returns the reason why visitors have to be asked again.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key_path, self.reason)
    }
}

impl Registry {
    /// Returns the material changes since an older registry, in the order of declaration. If there
    /// are any, visitors who chose under the older one have to be asked again, by a new
    /// [`version`](Self::version).
    ///
    /// A change is material if a grant would now cover something that it did not cover before: a
    /// new category, service or cookie that visitors decide on, one that was moved, another basis
    /// of a category, another provider, or undeclared cookies that a category now takes in.
    /// Removing something is not material, and neither are changes to what visitors do not decide
    /// on. Purposes and lifetimes are not compared: only a person can say whether another wording
    /// means another purpose.
    ///
    /// ```
    /// use tower_cookie_consent::registry::{Category, Registry, Service};
    ///
    /// let registry = |category| Registry::builder().version("1").category(category).build().unwrap();
    /// let matomo = || Category::consent("analytics").service(Service::new("matomo").cookie("_pk_id*"));
    /// let old = registry(matomo());
    /// let new = registry(matomo().service(Service::new("hotjar")));
    ///
    /// let [change] = new.changes_since(&old).try_into().unwrap();
    /// assert_eq!(
    ///     change.to_string(),
    ///     "categories.analytics.services.hotjar: is a service that visitors have not been asked about"
    /// );
    /// assert!(old.changes_since(&new).is_empty());
    /// ```
    pub fn changes_since(&self, older: &Registry) -> Vec<Change> {
        let asked = |id: &str| older.category(id).is_some_and(|category| asks(&category));
        let change = |key_path: &KeyPath, reason: Option<String>| {
            reason.map(|reason| Change { key_path: key_path.clone(), reason })
        };
        let categories = self.categories().filter(asks).filter_map(|category| {
            change(category.key_path(), category_change(older.category(category.id()), category))
        });
        let services = self.services().filter(|service| asked(service.category().id()));
        let services = services.filter_map(|service| {
            change(service.key_path(), service_change(older.service(service.id()), service))
        });
        let by_name = older.declarations().map(|cookie| (cookie.name(), cookie)).collect();
        let cookies = self.declarations().filter(|cookie| asked(cookie.category().id()));
        let cookies = cookies
            .filter_map(|cookie| change(cookie.key_path(), cookie_change(older, &by_name, cookie)));
        let undeclared = change(&KeyPath::root().at("undeclared"), undeclared_change(older, self));
        categories.chain(services).chain(cookies).chain(undeclared).collect()
    }
}

/// Returns `true` for a category on which visitors decide.
pub(crate) fn asks(category: &CategoryRef<'_>) -> bool {
    matches!(category.basis(), Basis::Consent | Basis::OptOut)
}

fn unasked(what: &str) -> String {
    format!("is a {what} that visitors have not been asked about")
}

/// Returns the material change of a category that asks.
fn category_change(old: Option<CategoryRef<'_>>, new: CategoryRef<'_>) -> Option<String> {
    let Some(old) = old else { return Some(unasked("category")) };
    let (old, new) = (old.basis(), new.basis());
    (old != new).then(|| format!("has the basis {new}, and had {old}"))
}

/// Returns the material change of a service whose category visitors were asked about before.
fn service_change(old: Option<ServiceRef<'_>>, new: ServiceRef<'_>) -> Option<String> {
    let Some(old) = old else { return Some(unasked("service")) };
    let (there, here) = (old.category().id(), new.category().id());
    if here != there {
        return Some(format!("belongs to the category {here}, and belonged to {there}"));
    }
    other_provider(old.provider(), new.provider())
}

/// Returns the material change of a cookie whose category visitors were asked about before. A
/// cookie of a new service is not reported, since the service is.
fn cookie_change(
    older: &Registry,
    by_name: &HashMap<&str, DeclarationRef<'_>>,
    cookie: DeclarationRef<'_>,
) -> Option<String> {
    let service = cookie.service().map(|service| service.id());
    if service.is_some_and(|id| older.service(id).is_none()) {
        return None;
    }
    // A name that was covered by a pattern was asked about with that pattern.
    let covering = || older.declaration(cookie.name().as_bytes()).filter(|_| !cookie.is_pattern());
    let Some(old) = by_name.get(cookie.name()).copied().or_else(covering) else {
        return Some(unasked("cookie"));
    };
    let old_service = old.service().map(|service| service.id());
    if (cookie.category().id(), service) != (old.category().id(), old_service) {
        let owner = old_service.unwrap_or(old.category().id());
        return Some(format!("belonged to {owner}"));
    }
    let providers = (old.service().zip(cookie.service()))
        .map(|(old, service)| (old.provider(), service.provider()));
    if providers.is_some_and(|(old, new)| other_provider(old, new).is_some()) {
        return None;
    }
    other_provider(old.effective_provider(), cookie.effective_provider())
}

/// Returns the change if a category that asks now takes in undeclared cookies, and did not before.
fn undeclared_change(older: &Registry, newer: &Registry) -> Option<String> {
    let Undeclared::Category(id) = newer.undeclared() else { return None };
    let is_new = older.undeclared() != newer.undeclared();
    let is_asked = newer.category(id).is_some_and(|category| asks(&category));
    (is_new && is_asked)
        .then(|| format!("gives the category {id} cookies that no declaration covers"))
}

/// Returns the change from one provider to another. Two providers are the same if they share a text
/// in any language.
fn other_provider(old: Option<&Text>, new: Option<&Text>) -> Option<String> {
    let (old, new) = (old?, new?);
    if new.texts().any(|text| old.texts().any(|known| known == text)) {
        return None;
    }
    let (new, old) = (new.get(""), old.get(""));
    Some(format!("has the provider {new:?}, and had {old:?}"))
}
