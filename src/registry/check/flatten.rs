//! From categories with services with cookies to three flat lists, checked on the way: ids,
//! references, names and lifetimes.

use std::collections::HashMap;

use crate::lifetime::MaxLifetime;
use crate::registry::check::names;
use crate::registry::check::problems::Problems;
use crate::registry::check::suggestion::did_you_mean;
use crate::registry::declare::category::Category;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::service::Service;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::record::{CategoryRecord, DeclarationRecord, Home, Records, ServiceRecord};
use crate::set_cookie::prefix;

/// Beyond so many ids no suggestion is looked for.
const SUGGESTED_FROM: usize = 256;

/// The lists, and where each of their elements stands.
#[derive(Debug, Default)]
pub(crate) struct Flat {
    pub(crate) records: Records,
    pub(crate) categories: Vec<KeyPath>,
    services: Vec<KeyPath>,
    /// Of those declarations that are sound in themselves.
    pub(crate) declarations: Vec<KeyPath>,
    ids: HashMap<String, Holder>,
}

/// Who has an id.
#[derive(Clone, Copy, Debug)]
enum Holder {
    Category(usize),
    Service(usize),
    /// A service whose own category is unknown: declared, and of no more use.
    StrayService,
}

impl Flat {
    pub(crate) fn new(
        categories: Vec<Category>,
        services: Vec<Service>,
        cookies: Vec<Declaration>,
        problems: &mut Problems,
    ) -> Self {
        let mut flat = Self::default();
        for category in categories {
            flat.category(category, problems);
        }
        for service in services {
            let entry = KeyPath::root().at("services").at(&service.id);
            let category = if let Some(id) = &service.category {
                flat.find_category(id, &entry.at("category"), problems)
            } else {
                no_home(&entry, problems);
                None
            };
            flat.service(service, category, &entry, problems);
        }
        for cookie in cookies {
            let entry = KeyPath::root().at("cookies").at(&cookie.name);
            let home = flat.flat_home(&cookie, &entry, problems);
            flat.cookie(cookie, home, entry, problems);
        }
        flat
    }

    /// The category of this id; an unknown one is noted at `entry`.
    pub(crate) fn find_category(
        &self,
        id: &str,
        entry: &KeyPath,
        problems: &mut Problems,
    ) -> Option<usize> {
        match self.ids.get(id) {
            Some(Holder::Category(category)) => return Some(*category),
            Some(Holder::Service(service)) => {
                let category = self.records.services[*service].category;
                let message = format!(
                    "{id:?} is a service; name its category, {:?}, or for a cookie write \
                     `service = {id:?}`",
                    self.records.categories[category].id
                );
                problems.add(entry.clone(), "not-a-category", message);
            }
            Some(Holder::StrayService) | None => {
                let known = self.records.categories.iter().map(|category| category.id.as_str());
                problems.add(entry.clone(), "unknown-category", unknown("category", id, known));
            }
        }
        None
    }

    /// Notes at `entry` an id that neither a category nor a service has.
    #[cfg(feature = "cmp")]
    pub(crate) fn require_id(&self, id: &str, entry: &KeyPath, problems: &mut Problems) {
        if self.ids.contains_key(id) {
            return;
        }
        let categories = self.records.categories.iter().map(|category| category.id.as_str());
        let services = self.records.services.iter().map(|service| service.id.as_str());
        let message = unknown("category or service", id, categories.chain(services));
        problems.add(entry.clone(), "unknown-id", message);
    }

    fn category(&mut self, category: Category, problems: &mut Problems) {
        let entry = KeyPath::root().at("categories").at(&category.id);
        let index = self.records.categories.len();
        self.claim_id(&category.id, Holder::Category(index), &entry, problems);
        let Category {
            id,
            basis,
            title,
            purpose,
            lifetime,
            refresh,
            refused_by_gpc,
            cookies,
            services,
        } = category;
        problems.texts(&entry, &[("title", title.as_ref()), ("purpose", purpose.as_ref())]);
        let lifetime = problems.lifetime(&entry, "lifetime", lifetime.as_ref());
        let record =
            CategoryRecord { id, basis, title, purpose, lifetime, refresh, refused_by_gpc };
        self.records.categories.push(record);
        self.categories.push(entry.clone());
        let home = Home { category: index, service: None };
        self.nested_cookies(cookies, Some(home), &entry, problems);
        for service in services {
            let entry = entry.at("services").at(&service.id);
            refuse_second_home(service.category.is_some(), &entry, problems);
            self.service(service, Some(index), &entry, problems);
        }
    }

    /// A service of this category; without one, its cookies are checked and forgotten.
    fn service(
        &mut self,
        service: Service,
        category: Option<usize>,
        entry: &KeyPath,
        problems: &mut Problems,
    ) {
        let index = self.records.services.len();
        let holder = category.map_or(Holder::StrayService, |_| Holder::Service(index));
        self.claim_id(&service.id, holder, entry, problems);
        let Service {
            id,
            title,
            purpose,
            provider,
            lifetime,
            refresh,
            refused_by_gpc,
            category: _,
            cookies,
        } = service;
        problems.texts(
            entry,
            &[
                ("title", title.as_ref()),
                ("purpose", purpose.as_ref()),
                ("provider", provider.as_ref()),
            ],
        );
        let lifetime = problems.lifetime(entry, "lifetime", lifetime.as_ref());
        if let Some(category) = category {
            self.limit(lifetime, Home { category, service: None }, entry, problems);
            let refused_by_gpc = refused_by_gpc || self.records.categories[category].refused_by_gpc;
            self.records.services.push(ServiceRecord {
                id,
                category,
                title,
                purpose,
                provider,
                lifetime,
                refresh,
                refused_by_gpc,
            });
            self.services.push(entry.clone());
        }
        let home = category.map(|category| Home { category, service: Some(index) });
        self.nested_cookies(cookies, home, entry, problems);
    }

    /// The cookies that stand inside a category or a service.
    fn nested_cookies(
        &mut self,
        cookies: Vec<Declaration>,
        home: Option<Home>,
        entry: &KeyPath,
        problems: &mut Problems,
    ) {
        for cookie in cookies {
            let entry = entry.at("cookies").at(&cookie.name);
            let names_home = cookie.category.is_some() || cookie.service.is_some();
            refuse_second_home(names_home, &entry, problems);
            self.cookie(cookie, home, entry, problems);
        }
    }

    fn cookie(
        &mut self,
        cookie: Declaration,
        home: Option<Home>,
        entry: KeyPath,
        problems: &mut Problems,
    ) {
        let texts = [("purpose", cookie.purpose.as_ref()), ("provider", cookie.provider.as_ref())];
        problems.texts(&entry, &texts);
        let lifetime = problems.lifetime(&entry, "lifetime", cookie.lifetime.as_ref());
        problems.place(&entry, cookie.domain.as_deref(), cookie.path.as_deref());
        let host_bound = names::is_host_bound(cookie.domain.as_deref(), cookie.path.as_deref());
        if prefix::demands_host(cookie.name.as_bytes()) && !host_bound {
            let message = "browsers refuse a `__Host-` cookie that has a domain, or a path other \
                           than `/`; leave both out, or change the name";
            problems.add(entry.clone(), "host-prefix", message);
        }
        let name_problem = names::problem(&cookie.name);
        let sound = name_problem.is_none();
        if let Some((code, message)) = name_problem {
            problems.add(entry.clone(), code, message);
        }
        let Some(home) = home else { return };
        self.limit(lifetime, home, &entry, problems);
        if sound {
            let Declaration { name, purpose, provider, domain, path, refresh, .. } = cookie;
            self.records.declarations.push(DeclarationRecord {
                name,
                home,
                purpose,
                provider,
                lifetime,
                domain,
                path,
                refresh,
            });
            self.declarations.push(entry);
        }
    }

    /// Where a declaration of the top level says that it belongs.
    fn flat_home(
        &self,
        cookie: &Declaration,
        entry: &KeyPath,
        problems: &mut Problems,
    ) -> Option<Home> {
        match (&cookie.category, &cookie.service) {
            (Some(id), None) => {
                let category = self.find_category(id, &entry.at("category"), problems)?;
                Some(Home { category, service: None })
            }
            (None, Some(id)) => match self.ids.get(id) {
                Some(Holder::Service(service)) => {
                    let category = self.records.services[*service].category;
                    Some(Home { category, service: Some(*service) })
                }
                Some(Holder::StrayService) => None,
                Some(Holder::Category(_)) => {
                    let message = format!("{id:?} is a category; write `category = {id:?}`");
                    problems.add(entry.at("service"), "not-a-service", message);
                    None
                }
                None => {
                    let known = self.records.services.iter().map(|service| service.id.as_str());
                    let message = unknown("service", id, known);
                    problems.add(entry.at("service"), "unknown-service", message);
                    None
                }
            },
            (None, None) => {
                no_home(entry, problems);
                None
            }
            (Some(_), Some(_)) => {
                problems.add(entry.clone(), "belongs-twice", TWO_HOMES);
                None
            }
        }
    }

    fn claim_id(&mut self, id: &str, holder: Holder, entry: &KeyPath, problems: &mut Problems) {
        if let Some((code, message)) = names::id_problem(id) {
            problems.add(entry.clone(), code, message);
        }
        if let Some(first) = self.ids.get(id) {
            let first = match first {
                Holder::Category(category) => self.categories[*category].to_string(),
                Holder::Service(service) => self.services[*service].to_string(),
                Holder::StrayService => KeyPath::root().at("services").at(id).to_string(),
            };
            let message = format!(
                "has the id of {first}; give every category and every service one of its own"
            );
            problems.add(entry.clone(), "duplicate-id", message);
        } else {
            self.ids.insert(id.to_owned(), holder);
        }
    }

    /// Notes a lifetime above that of the service or the category around it.
    fn limit(
        &self,
        lifetime: Option<MaxLifetime>,
        home: Home,
        entry: &KeyPath,
        problems: &mut Problems,
    ) {
        let Some(lifetime) = lifetime else { return };
        let service = home
            .service
            .map(|service| (self.records.services[service].lifetime, &self.services[service]));
        let category =
            (self.records.categories[home.category].lifetime, &self.categories[home.category]);
        for (limit, owner) in service.into_iter().chain([category]) {
            if let Some(limit) = limit.filter(|limit| lifetime > *limit) {
                return problems.lifetime_above(entry, lifetime, limit, owner);
            }
        }
    }
}

const TWO_HOMES: &str = "belongs to two places; name one: the service (whose category is known), \
                         or the category, or none where it already stands inside one";

/// Says that there is no such id, and which of those known is probably meant.
fn unknown<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> String {
    let advice = did_you_mean(id, known.take(SUGGESTED_FROM), || {
        "declare it, or name one that is declared".to_owned()
    });
    format!("there is no {what} {id:?}; {advice}")
}

/// Notes what belongs nowhere, unless what it says is noted as not understood: it may say it there.
fn no_home(entry: &KeyPath, problems: &mut Problems) {
    if !problems.has_misread(entry) {
        let message = "belongs nowhere; say which `category` (or, for a cookie, `service`)";
        problems.add(entry.clone(), "belongs-nowhere", message);
    }
}

/// What stands inside a category or service belongs there, and can name no other.
fn refuse_second_home(named: bool, entry: &KeyPath, problems: &mut Problems) {
    if named {
        problems.add(entry.clone(), "belongs-twice", TWO_HOMES);
    }
}
