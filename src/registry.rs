//! What the site declares: its categories, services and cookies, checked and frozen.
//!
//! A [`Registry`] comes from a file that reads like the policy page it stands for, or from
//! [`Registry::builder`]. What is wrong with it is found before the first request, all at once,
//! with the entry and the line ([`ConfigError`]).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

mod ambiguity;
mod basis;
mod builder;
mod category;
mod claims;
mod consent_check;
mod consent_cookie;
mod consent_cookie_problem;
mod declaration;
mod entry;
mod error;
mod file;
mod flatten;
mod frozen;
mod id;
mod impossible_name;
mod lifetime_error;
mod lifetime_text;
#[cfg(feature = "toml")]
mod lines;
mod literal_index;
mod matcher;
mod max_lifetime;
mod name_check;
mod node;
mod pattern;
mod problem_kind;
mod problems;
mod record;
mod service;
mod suggestion;
mod table;
mod text;
mod undeclared;
mod view;

pub use basis::{Basis, UnknownBasis};
pub use builder::RegistryBuilder;
pub use category::Category;
pub use consent_cookie::{ConsentCookie, SameSite};
pub use consent_cookie_problem::ConsentCookieProblem;
pub use declaration::Declaration;
pub use error::{ConfigError, Problem};
pub use impossible_name::ImpossibleName;
pub use lifetime_error::LifetimeError;
pub use max_lifetime::{LifetimeSpec, MaxLifetime};
pub use problem_kind::ProblemKind;
pub use service::Service;
pub use text::Text;
pub use undeclared::Undeclared;
pub use view::{CategoryView, DeclarationView, ServiceView};

pub(crate) use id::Id;
pub(crate) use record::Rule;

use frozen::Frozen;

/// What a site declares about its cookies: checked, frozen, and cheap to clone.
///
/// # File
///
/// ```
/// # #[cfg(feature = "toml")] {
/// use tower_cookie_consent::registry::{Basis, Registry};
///
/// let registry = Registry::from_toml(r#"
/// version = "2025-01-15"            # required; a new one asks visitors again
/// updated = 2025-01-15
/// title = "Politique des cookies"
/// consent-lifetime = "6 months"     # the default, as the CNIL recommends
/// undeclared = "strip"              # the default; or "keep-unchecked", { category = "…" }
///
/// [consent]                         # the crate's own cookie; these are the defaults
/// name = "cookie_consent"
/// path = "/"
/// secure = true
/// same-site = "lax"
///
/// [categories.essential]
/// basis = "necessary"               # or "consent", "opt-out", "prohibited"
/// title = { fr = "Cookies essentiels", en = "Essential cookies" }
/// lifetime = "1 year"               # above none of its cookies
///
/// [categories.essential.cookies]
/// session = { purpose = "Maintien de la session", lifetime = "session" }
/// auth_token = "30 days"            # the lifetime alone
///
/// [categories.analytics]
/// basis = "consent"
///
/// [categories.analytics.services.google-analytics]
/// purpose = "Statistiques de visite anonymes"
/// provider = "Google"
/// lifetime = "2 years"
/// cookies = ["_ga", "_ga_*"]        # the names alone
///
/// [services.hotjar]                 # a service of the top level names its category,
/// category = "analytics"
///
/// [cookies]                         # and a cookie its category or its service
/// _hjid = { service = "hotjar", lifetime = "1 year", refresh = false }
/// legacy = { category = "essential", domain = "example.com", path = "/old" }
/// "#)?;
///
/// let analytics = registry.category("analytics").unwrap();
/// assert_eq!(analytics.basis(), Basis::Consent);
/// assert_eq!(analytics.services().count(), 2);
/// # }
/// # Ok::<(), tower_cookie_consent::registry::ConfigError>(())
/// ```
///
/// Any format with a serde implementation can hold the same structure. `Registry::from_toml`
/// tells the line of each problem; `toml::from_str::<Registry>` and others tell the entry.
#[derive(Clone)]
pub struct Registry {
    frozen: Arc<Frozen>,
}

impl Registry {
    /// Declares a registry in code.
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::default()
    }

    /// Reads a registry file in TOML.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every problem and its line; for a text that is no TOML, with the first
    /// problem alone.
    #[cfg(feature = "toml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "toml")))]
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        lines::from_toml(text)
    }

    fn freeze(frozen: Frozen) -> Self {
        Self { frozen: Arc::new(frozen) }
    }

    /// The policy's version, which a consent must be of (rule R7).
    pub fn version(&self) -> &str {
        &self.frozen.version
    }

    /// The day of the policy's last change, as `YYYY-MM-DD`.
    pub fn updated(&self) -> Option<&str> {
        self.frozen.updated.as_deref()
    }

    /// The policy page's title.
    pub fn title(&self) -> Option<&Text> {
        self.frozen.title.as_ref()
    }

    /// How long a consent counts (rule R7).
    pub fn consent_lifetime(&self) -> Duration {
        self.frozen.consent_lifetime
    }

    /// Name and attributes of the crate's own consent cookie.
    pub fn consent_cookie(&self) -> &ConsentCookie {
        &self.frozen.consent_cookie
    }

    /// What happens to cookies that no declaration covers.
    pub fn undeclared(&self) -> &Undeclared {
        &self.frozen.undeclared
    }

    /// The categories, in the order declared.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = CategoryView<'_>> {
        (0..self.frozen.records.categories.len())
            .map(|index| CategoryView::new(&self.frozen, index))
    }

    /// The services: those inside categories in the order of these, then those of the top level.
    pub fn services(&self) -> impl ExactSizeIterator<Item = ServiceView<'_>> {
        (0..self.frozen.records.services.len()).map(|index| ServiceView::new(&self.frozen, index))
    }

    /// The declared cookies: those inside categories in the order of these, then those of the top
    /// level's services, then those of the top level.
    pub fn declarations(&self) -> impl ExactSizeIterator<Item = DeclarationView<'_>> {
        (0..self.frozen.records.declarations.len())
            .map(|index| DeclarationView::new(&self.frozen, index))
    }

    /// The category of this id.
    pub fn category(&self, id: &str) -> Option<CategoryView<'_>> {
        let index = self.id(id)?.index();
        (index < self.frozen.records.categories.len())
            .then(|| CategoryView::new(&self.frozen, index))
    }

    /// The service of this id.
    pub fn service(&self, id: &str) -> Option<ServiceView<'_>> {
        let index = self.id(id)?.index().checked_sub(self.frozen.records.categories.len())?;
        Some(ServiceView::new(&self.frozen, index))
    }

    /// The rule for a cookie of this name (rule R5); `None` where no declaration covers it.
    #[inline]
    pub(crate) fn lookup(&self, name: &[u8]) -> Option<&Rule> {
        let declaration = self.frozen.index.matcher.find(name)?;
        self.frozen.index.rules.get(declaration as usize)
    }

    /// The rule for every cookie that no declaration covers, where these are treated as those of
    /// a category.
    pub(crate) fn undeclared_rule(&self) -> Option<&Rule> {
        self.frozen.index.undeclared.as_ref()
    }

    /// Whether cookies that no declaration covers pass as if the layer were not there.
    pub(crate) fn keeps_undeclared(&self) -> bool {
        self.frozen.undeclared == Undeclared::KeepUnchecked
    }

    /// The declaration that a rule stands for; `None` for the rule of undeclared cookies.
    pub(crate) fn declaration(&self, rule: &Rule) -> Option<DeclarationView<'_>> {
        Some(DeclarationView::new(&self.frozen, rule.declaration?))
    }

    /// The number of a category or service.
    pub(crate) fn id(&self, id: &str) -> Option<Id> {
        self.frozen.index.ids.get(id).copied()
    }

    /// Every category and service with its id, the categories first, in the order of their
    /// numbers.
    pub(crate) fn ids(&self) -> impl ExactSizeIterator<Item = (Id, &str)> {
        let ids = self.frozen.records.categories.len() + self.frozen.records.services.len();
        (0..ids).map(|index| {
            let id = Id::from_checked(index);
            (id, self.name_of(id))
        })
    }

    /// The id behind a number.
    pub(crate) fn name_of(&self, id: Id) -> &str {
        let records = &self.frozen.records;
        match records.categories.get(id.index()) {
            Some(category) => &category.id,
            None => &records.services[id.index() - records.categories.len()].id,
        }
    }

    /// The categories that a visitor decides on: neither necessary nor prohibited.
    pub(crate) fn asking_categories(&self) -> impl Iterator<Item = Id> {
        let categories = self.frozen.records.categories.iter().enumerate();
        categories.filter_map(|(index, category)| match category.basis {
            Basis::Consent | Basis::OptOut => Some(Id::from_checked(index)),
            Basis::Necessary | Basis::Prohibited => None,
        })
    }

    /// The category of a service; `None` for a category.
    pub(crate) fn service_category(&self, id: Id) -> Option<Id> {
        let records = &self.frozen.records;
        let service = id.index().checked_sub(records.categories.len())?;
        Some(Id::from_checked(records.services[service].category))
    }

    /// The basis of a category, or of a service's category.
    pub(crate) fn basis(&self, id: Id) -> Basis {
        let category = self.service_category(id).unwrap_or(id);
        self.frozen.records.categories[category.index()].basis
    }

    /// Whether any declaration has `refresh = false` (rule R11), so that the request's cookies
    /// matter.
    pub(crate) fn any_unrefreshed(&self) -> bool {
        self.frozen.index.any_unrefreshed
    }
}

/// The version and the number of entries: a whole registry is no line of a log.
impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records = &self.frozen.records;
        f.debug_struct("Registry")
            .field("version", &self.frozen.version)
            .field("categories", &records.categories.len())
            .field("services", &records.services.len())
            .field("declarations", &records.declarations.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> Registry {
        Registry::builder()
            .version("1")
            .category(Category::necessary("essential").cookie("session"))
            .category(
                Category::consent("analytics")
                    .lifetime("1 year")
                    .cookie(Declaration::new("_pk_*").refresh(false))
                    .service(
                        Service::new("ga")
                            .lifetime("6 months")
                            .cookie(Declaration::new("_ga").lifetime("1 day"))
                            .cookie("_ga_*"),
                    ),
            )
            .category(Category::opt_out("measure"))
            .category(Category::prohibited("ads").cookie("_fbp"))
            .service(Service::new("hotjar").in_category("measure"))
            .cookie(Declaration::new("_hj*").in_service("hotjar"))
            .cookie(Declaration::new("lang").in_category("essential"))
            .build()
            .unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn r6_rules_name_category_service_and_basis() {
        let registry = registry();
        for (name, category, service, basis) in [
            ("session", "essential", None, Basis::Necessary),
            ("lang", "essential", None, Basis::Necessary),
            ("_pk_id", "analytics", None, Basis::Consent),
            ("_ga_x", "analytics", Some("ga"), Basis::Consent),
            ("_hjid", "measure", Some("hotjar"), Basis::OptOut),
            ("_fbp", "ads", None, Basis::Prohibited),
        ] {
            let rule = registry.lookup(name.as_bytes()).expect(name);
            assert_eq!(registry.name_of(rule.category), category, "{name}");
            assert_eq!(rule.service.map(|id| registry.name_of(id)), service, "{name}");
            assert_eq!(rule.basis, basis, "{name}");
        }
        assert!(registry.lookup(b"other").is_none());
        let declaration = registry.lookup(b"_hjid").and_then(|rule| registry.declaration(rule));
        assert_eq!(declaration.unwrap().name(), "_hj*");
    }

    #[test]
    fn r10_the_smallest_lifetime_caps() {
        let registry = registry();
        let days = |days| Some(MaxLifetime::Seconds(days * max_lifetime::DAY));
        for (name, want) in
            [("_ga", days(1)), ("_ga_x", days(180)), ("_pk_id", days(365)), ("session", None)]
        {
            assert_eq!(registry.lookup(name.as_bytes()).expect(name).cap, want, "{name}");
        }
    }

    #[test]
    fn r11_refresh_is_true_unless_declared() {
        let registry = registry();
        assert!(registry.any_unrefreshed());
        assert!(!registry.lookup(b"_pk_id").unwrap().refresh);
        assert!(registry.lookup(b"_ga").unwrap().refresh);
        let builder = Registry::builder().version("1");
        let plain = builder.category(Category::consent("a").cookie("x")).build().unwrap();
        assert!(!plain.any_unrefreshed());
    }

    #[test]
    fn r6_ids_number_categories_then_services() {
        let registry = registry();
        let ids: Vec<_> = registry.ids().map(|(id, name)| (id.index(), name)).collect();
        let names = ["essential", "analytics", "measure", "ads", "ga", "hotjar"];
        assert_eq!(ids, names.into_iter().enumerate().collect::<Vec<_>>());
        for (id, name) in registry.ids() {
            assert_eq!(registry.id(name), Some(id));
            assert_eq!(registry.category(name).is_some(), id.index() < 4, "{name}");
            assert_eq!(registry.service(name).is_some(), id.index() >= 4, "{name}");
        }
        assert_eq!(registry.id("nobody"), None);
        let id = |name| registry.id(name).unwrap();
        assert_eq!(registry.service_category(id("hotjar")), Some(id("measure")));
        assert_eq!(registry.service_category(id("measure")), None);
        assert_eq!(registry.basis(id("hotjar")), Basis::OptOut);
        let asking: Vec<_> = registry.asking_categories().collect();
        assert_eq!(asking, [id("analytics"), id("measure")]);
    }

    #[test]
    fn r6_undeclared_cookies_may_have_a_rule() {
        let built = |undeclared| {
            let category = Category::consent("a").lifetime("1 day").cookie("x");
            let builder = Registry::builder().version("1").category(category);
            builder.undeclared(undeclared).build().unwrap()
        };
        assert!(built(Undeclared::Strip).undeclared_rule().is_none());
        assert!(!built(Undeclared::Strip).keeps_undeclared());
        assert!(built(Undeclared::KeepUnchecked).undeclared_rule().is_none());
        assert!(built(Undeclared::KeepUnchecked).keeps_undeclared());
        let registry = built(Undeclared::Category("a".to_owned()));
        let rule = registry.undeclared_rule().unwrap();
        assert_eq!((rule.basis, rule.cap), (Basis::Consent, Some(MaxLifetime::Seconds(86_400))));
        assert!(registry.declaration(rule).is_none());
        assert!(!registry.keeps_undeclared());
    }

    #[test]
    fn r15_debug_is_short() {
        assert_eq!(
            format!("{:?}", registry()),
            r#"Registry { version: "1", categories: 4, services: 2, declarations: 7, .. }"#
        );
    }

    #[test]
    fn clones_share() {
        let registry = registry();
        assert!(Arc::ptr_eq(&registry.frozen, &registry.clone().frozen));
        assert_eq!(size_of::<Registry>(), size_of::<usize>());
    }
}
