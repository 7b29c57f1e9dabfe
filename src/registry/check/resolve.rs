//! Turns categories with services with cookies into three lists, and checks their ids, references,
//! names and lifetimes on the way.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::lifetime::{LifetimeSpec, MaxLifetime};
use crate::name::check::check_name;
use crate::registry::check::problems::Problems;
use crate::registry::check::suggestion::did_you_mean;
use crate::registry::check::{floors, names};
use crate::registry::declare::basis::Basis;
use crate::registry::declare::category::Category;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::places::{Domains, PARENTS};
use crate::registry::declare::service::Service;
use crate::registry::id::Id;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::resolved::{Home, Placed, Resolved, known};
use crate::set_cookie::Floor;
use crate::set_cookie::prefix::Demands;

/// The number of ids among which a suggestion is looked for.
const SUGGESTED_FROM: usize = 256;

const TWO_HOMES: &str = "belongs to two places; name one: the service (whose category is known), \
                         or the category, or none where it already stands inside one";

/// The lists of valid entries, and the problems with the others.
#[derive(Debug, Default)]
pub(crate) struct Resolver {
    pub(crate) resolved: Resolved,
    pub(crate) problems: Problems,
    /// All ids in lower case, each with its first spelling and its place.
    claimed: HashMap<String, (String, KeyPath)>,
    /// The services whose category is unknown. They are declared, so that their ids are not unknown
    /// themselves.
    strays: HashSet<String>,
    /// The number of categories. The numbers of services follow theirs.
    category_count: usize,
}

impl Resolver {
    /// Resolves all declarations. `problems` are those found before.
    pub(crate) fn new(
        categories: Vec<Category>,
        services: Vec<Service>,
        cookies: Vec<Declaration>,
        problems: Problems,
    ) -> Self {
        let mut resolver = Self { problems, category_count: categories.len(), ..Self::default() };
        for category in categories {
            resolver.category(category);
        }
        for mut service in services {
            let path = KeyPath::root().at("services").at(&service.id);
            let category = match service.category.take() {
                Some(id) => resolver.find_category(&id, &path.at("category")),
                None => resolver.no_home(&path),
            };
            resolver.service(service, category, &path);
        }
        for mut cookie in cookies {
            let path = KeyPath::root().at("cookies").at(&cookie.name);
            let home = resolver.named_home(cookie.category.take(), cookie.service.take(), &path);
            resolver.cookie(cookie, home, path);
        }
        resolver
    }

    /// Returns the category with this id, or reports at `path` that there is none.
    pub(crate) fn find_category(&mut self, id: &str, path: &KeyPath) -> Option<usize> {
        let number = self.resolved.ids.get(id.as_bytes()).map(|id| id.index());
        let (code, message) = match number {
            Some(category) if category < self.category_count => return Some(category),
            Some(service) => {
                let home = self.resolved.services[service - self.category_count].home;
                let category = &self.resolved.categories[home.category].declared.id;
                let message = format!(
                    "{id:?} is a service; name its category, {category:?}, or for a cookie write \
                     `service = {id:?}`"
                );
                ("not-a-category", message)
            }
            None => ("unknown-category", unknown("category", id, self.resolved.category_ids())),
        };
        self.problems.add(path.clone(), code, message);
        None
    }

    /// Reports at `path` an id that neither a category nor a service has.
    #[cfg(feature = "cmp")]
    pub(crate) fn require_id(&mut self, id: &str, path: &KeyPath) {
        if !self.resolved.ids.contains_key(id.as_bytes()) && !self.strays.contains(id) {
            let known = self.resolved.category_ids().chain(self.resolved.service_ids());
            let message = unknown("category or service", id, known);
            self.problems.add(path.clone(), "unknown-id", message);
        }
    }

    fn category(&mut self, mut category: Category) {
        let path = KeyPath::root().at("categories").at(&category.id);
        let home = Home { category: self.resolved.categories.len(), service: None };
        self.claim_id(&category.id, Some(home.category), &path);
        let texts = [("title", &category.title), ("purpose", &category.purpose)];
        self.problems.texts(&path, texts);
        self.read_lifetime(&mut category.lifetime, None, &path);
        self.refuse_mark(category.basis, category.refused_by_gpc, &path);
        floors::check(category.attributes, Floor::default(), &path, &mut self.problems);
        let (cookies, services) =
            (std::mem::take(&mut category.cookies), std::mem::take(&mut category.services));
        let placed = Placed { declared: category, home, key_path: path.clone() };
        self.resolved.categories.push(placed);
        self.nested_cookies(cookies, Some(home), &path);
        for mut service in services {
            let path = path.at("services").at(&service.id);
            self.refuse_second_home(service.category.take().is_some(), &path);
            self.service(service, Some(home.category), &path);
        }
    }

    /// Adds a service to a category. If the category is unknown, the service and its cookies are
    /// only checked.
    fn service(&mut self, mut service: Service, category: Option<usize>, path: &KeyPath) {
        let index = self.resolved.services.len();
        self.claim_id(&service.id, category.map(|_| self.category_count + index), path);
        let texts = [
            ("title", &service.title),
            ("purpose", &service.purpose),
            ("provider", &service.provider),
        ];
        self.problems.texts(path, texts);
        let around = category.map(|category| Home { category, service: None });
        self.read_lifetime(&mut service.lifetime, around, path);
        let demanded = self.demanded(around);
        floors::check(service.attributes, demanded, path, &mut self.problems);
        let cookies = std::mem::take(&mut service.cookies);
        let home = category.map(|category| Home { category, service: Some(index) });
        if let Some(home) = home {
            let Category { basis, refused_by_gpc, .. } =
                self.resolved.categories[home.category].declared;
            self.refuse_mark(basis, service.refused_by_gpc, path);
            service.refused_by_gpc |= refused_by_gpc;
            let placed = Placed { declared: service, home, key_path: path.clone() };
            self.resolved.services.push(placed);
        }
        self.nested_cookies(cookies, home, path);
    }

    /// Adds the cookies that are declared inside a category or a service.
    fn nested_cookies(&mut self, cookies: Vec<Declaration>, home: Option<Home>, path: &KeyPath) {
        for cookie in cookies {
            let path = path.at("cookies").at(&cookie.name);
            let names_home = cookie.category.is_some() || cookie.service.is_some();
            self.refuse_second_home(names_home, &path);
            self.cookie(cookie, home, path);
        }
    }

    fn cookie(&mut self, mut cookie: Declaration, home: Option<Home>, path: KeyPath) {
        let texts = [("purpose", &cookie.purpose), ("provider", &cookie.provider)];
        self.problems.texts(&path, texts);
        self.read_lifetime(&mut cookie.lifetime, home, &path);
        let demanded = self.demanded(home);
        floors::check(cookie.attributes, demanded, &path, &mut self.problems);
        let domains = cookie.domain.iter().flat_map(|domains| &domains.named);
        let paths = cookie.path.iter().flat_map(|paths| &paths.0);
        self.problems.places(&path, &[PARENTS], domains, paths.clone());
        let has_domain = cookie.domain.as_ref().is_some_and(|domain| *domain != Domains::default());
        let host_bound = !has_domain && paths.into_iter().all(|path| path == "/");
        if Demands::of(cookie.name.as_bytes()).host && !host_bound {
            let message = "browsers refuse a `__Host-` cookie that has a domain, or a path other \
                           than `/`; leave both out, or change the name";
            self.problems.add(path.clone(), "host-prefix", message);
        }
        if let Err(wrong) = check_name(&cookie.name) {
            self.problems.add(path, wrong.code(), wrong.to_string());
        } else if let Some(home) = home {
            let placed = Placed { declared: cookie, home, key_path: path };
            self.resolved.declarations.push(placed);
        }
    }

    /// Returns the home that a cookie of the top level names.
    fn named_home(
        &mut self,
        category: Option<String>,
        service: Option<String>,
        path: &KeyPath,
    ) -> Option<Home> {
        match (category, service) {
            (Some(id), None) => {
                let category = self.find_category(&id, &path.at("category"))?;
                Some(Home { category, service: None })
            }
            (None, Some(id)) => self.find_service(&id, &path.at("service")),
            (None, None) => self.no_home(path),
            (Some(_), Some(_)) => {
                self.problems.add(path.clone(), "belongs-twice", TWO_HOMES);
                None
            }
        }
    }

    /// Returns the home of the service with this id, or reports at `path` that there is none.
    fn find_service(&mut self, id: &str, path: &KeyPath) -> Option<Home> {
        let number = self.resolved.ids.get(id.as_bytes()).map(|id| id.index());
        let (code, message) = match number {
            Some(category) if category < self.category_count => {
                ("not-a-service", format!("{id:?} is a category; write `category = {id:?}`"))
            }
            Some(service) => {
                return Some(self.resolved.services[service - self.category_count].home);
            }
            None if self.strays.contains(id) => return None,
            None => ("unknown-service", unknown("service", id, self.resolved.service_ids())),
        };
        self.problems.add(path.clone(), code, message);
        None
    }

    /// Reports an entry that names no home, unless some of its keys could not be read, since they
    /// may name it.
    fn no_home<T>(&mut self, path: &KeyPath) -> Option<T> {
        if !self.problems.has_misread(path) {
            let message = "belongs nowhere; say which `category` (or, for a cookie, `service`), as \
                           in `{ category = \"analytics\" }`";
            self.problems.add(path.clone(), "belongs-nowhere", message);
        }
        None
    }

    /// Reports an entry inside a category or service that names another home.
    fn refuse_second_home(&mut self, names_home: bool, path: &KeyPath) {
        if names_home {
            self.problems.add(path.clone(), "belongs-twice", TWO_HOMES);
        }
    }

    /// Gives an id to the entry with this number, or to none if its category is unknown.
    fn claim_id(&mut self, id: &str, number: Option<usize>, path: &KeyPath) {
        if let Some((code, message)) = names::id_problem(id) {
            self.problems.add(path.clone(), code, message);
        }
        match self.claimed.entry(id.to_ascii_lowercase()) {
            Entry::Vacant(place) => {
                place.insert((id.to_owned(), path.clone()));
            }
            Entry::Occupied(place) => {
                let (first_id, first_path) = place.get();
                let is_equal = first_id == id;
                let (code, message) = if is_equal {
                    let advice = "give every category and every service one of its own";
                    ("duplicate-id", format!("has the id of {first_path}; {advice}"))
                } else {
                    let advice = "give it one that nobody takes for the other";
                    ("similar-id", format!("has the id of {first_path} but for capitals; {advice}"))
                };
                self.problems.add(path.clone(), code, message);
                if is_equal {
                    return;
                }
            }
        }
        if let Some(number) = number {
            self.resolved.ids.entry(id.as_bytes().into()).or_insert(Id::new(number));
        } else {
            self.strays.insert(id.to_owned());
        }
    }

    /// Returns the attributes that are demanded around an entry in this home.
    fn demanded(&self, home: Option<Home>) -> Floor {
        home.map_or(Floor::default(), |home| self.resolved.floor(Floor::default(), home))
    }

    /// Reports a mark without effect: a necessary category is kept, whatever a visitor refuses.
    fn refuse_mark(&mut self, basis: Basis, refused: bool, path: &KeyPath) {
        if refused && basis == Basis::Necessary {
            let message = "is set, but what is necessary is never refused; leave it out, or give \
                           the category another basis";
            self.problems.add(path.at("refused-by-gpc"), "necessary-refused", message);
        }
    }

    /// Replaces a lifetime by the value that its text states. Reports one that cannot be read, or
    /// that is above that of the service or category around it.
    fn read_lifetime(
        &mut self,
        spec: &mut Option<LifetimeSpec>,
        around: Option<Home>,
        path: &KeyPath,
    ) {
        let lifetime = self.problems.lifetime(path, "lifetime", spec.as_ref());
        *spec = lifetime.map(LifetimeSpec::from);
        if let (Some(lifetime), Some(home)) = (lifetime, around) {
            self.limit(lifetime, home, path);
        }
    }

    fn limit(&mut self, lifetime: MaxLifetime, home: Home, path: &KeyPath) {
        let service = home.service.map(|service| &self.resolved.services[service]);
        let service = service.map(|it| (it.declared.lifetime.as_ref(), &it.key_path));
        let category = &self.resolved.categories[home.category];
        let category = (category.declared.lifetime.as_ref(), &category.key_path);
        for (limit, owner) in service.into_iter().chain([category]) {
            if let Some(limit) = known(limit).filter(|limit| lifetime > *limit) {
                return self.problems.lifetime_above(path, lifetime, limit, owner);
            }
        }
    }
}

/// Returns the message that an id is unknown, with the known id that was probably meant.
fn unknown<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> String {
    let advice = did_you_mean(id, known.take(SUGGESTED_FROM), || {
        "declare it, or name one that is declared".to_owned()
    });
    format!("there is no {what} {id:?}; {advice}")
}
