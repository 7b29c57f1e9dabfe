//! Comparing registries: whether visitors who chose under one have to be asked again under another.

use std::collections::HashMap;
use std::fmt;

use crate::registry::Registry;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::text::Text;
use crate::registry::declare::undeclared::Undeclared;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::view::{CategoryRef, DeclarationRef};

/// A material change of a registry: something that visitors decide on and have not been asked about.
///
/// `Display` writes the key path and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    key_path: KeyPath,
    reason: String,
}

impl Change {
    /// The key of the newer registry's file that it is about.
    pub const fn key_path(&self) -> &KeyPath {
        &self.key_path
    }

    /// The reason why visitors have to be asked again.
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
    /// The material changes since an older registry, in the order declared: why visitors who chose
    /// under that one have to be asked again, by a new [`version`](Self::version). None if they have
    /// not.
    ///
    /// Material is whatever a grant would cover now that it did not cover then, where visitors
    /// decide: a new category, service or cookie, one that moved, a category that asks by another
    /// basis, another provider, and cookies of no declaration that a category takes in. What is gone
    /// is not material, and neither is what visitors do not decide on. Purposes and lifetimes are
    /// not compared: whether another wording is another purpose, a person has to say.
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
        let mut changes = Vec::new();
        let mut add = |key_path: &KeyPath, reason: String| {
            changes.push(Change { key_path: key_path.clone(), reason });
        };
        let asked = |id: &str| older.category(id).filter(asks);
        for category in self.categories().filter(asks) {
            match older.category(category.id()) {
                None => add(category.key_path(), unasked("category")),
                Some(old) if old.basis() != category.basis() => {
                    let reason =
                        format!("has the basis {}, and had {}", category.basis(), old.basis());
                    add(category.key_path(), reason);
                }
                Some(_) => {}
            }
        }
        for service in self.services().filter(|service| asked(service.category().id()).is_some()) {
            match older.service(service.id()) {
                None => add(service.key_path(), unasked("service")),
                Some(old) if old.category().id() != service.category().id() => {
                    let (here, there) = (service.category().id(), old.category().id());
                    let reason = format!("belongs to the category {here}, and belonged to {there}");
                    add(service.key_path(), reason);
                }
                Some(old) => {
                    if let Some(reason) = other_provider(old.provider(), service.provider()) {
                        add(service.key_path(), reason);
                    }
                }
            }
        }
        let by_name = older.declarations().map(|cookie| (cookie.name(), cookie)).collect();
        for cookie in self.declarations().filter(|cookie| asked(cookie.category().id()).is_some()) {
            if let Some(reason) = cookie_change(older, &by_name, cookie) {
                add(cookie.key_path(), reason);
            }
        }
        let taken_in = |registry: &Registry| match registry.undeclared() {
            Undeclared::Category(id) => Some(id.clone()),
            Undeclared::Strip | Undeclared::KeepUnchecked => None,
        };
        let category = taken_in(self).filter(|id| taken_in(older).as_ref() != Some(id));
        if let Some(id) = category.filter(|id| self.category(id).is_some_and(|it| asks(&it))) {
            let reason = format!("gives the category {id} cookies that no declaration covers");
            add(&KeyPath::root().at("undeclared"), reason);
        }
        changes
    }
}

/// Returns `true` for a category that visitors decide on.
pub(crate) fn asks(category: &CategoryRef<'_>) -> bool {
    matches!(category.basis(), Basis::Consent | Basis::OptOut)
}

fn unasked(what: &str) -> String {
    format!("is a {what} that visitors have not been asked about")
}

/// The material change of a cookie whose category asked before. What is new with its service is told
/// of that.
fn cookie_change(
    older: &Registry,
    by_name: &HashMap<&str, DeclarationRef<'_>>,
    cookie: DeclarationRef<'_>,
) -> Option<String> {
    let service = cookie.service().map(|service| service.id());
    if service.is_some_and(|id| older.service(id).is_none()) {
        return None;
    }
    // A name that only a pattern covered was asked about with the pattern.
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

/// The change from one provider to another; two texts of which one is the same in some language
/// tell of one provider.
fn other_provider(old: Option<&Text>, new: Option<&Text>) -> Option<String> {
    let (old, new) = (old?, new?);
    if new.texts().any(|text| old.texts().any(|known| known == text)) {
        return None;
    }
    let (new, old) = (new.get(""), old.get(""));
    Some(format!("has the provider {new:?}, and had {old:?}"))
}
