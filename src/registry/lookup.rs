//! The look-ups that judging a cookie needs.

use memchr::memmem::Finder;

use crate::registry::Registry;
use crate::registry::check::suggestion::closest;
use crate::registry::declare::basis::Basis;
#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::usual::Usual;
use crate::registry::declare::undeclared::Undeclared;
use crate::registry::id::Id;
use crate::registry::resolved::{Resolved, Rule};
use crate::registry::view::DeclarationRef;

impl Registry {
    /// The rule for a cookie of this name (rule R5); `None` where no declaration covers it.
    #[inline]
    pub(crate) fn lookup(&self, name: &[u8]) -> Option<&Rule> {
        let declaration = self.contents.matcher.find(name)?;
        self.contents.rules.get(declaration as usize)
    }

    /// The rule for every cookie that no declaration covers, where these are treated as those of
    /// a category.
    pub(crate) fn undeclared_rule(&self) -> Option<&Rule> {
        self.contents.undeclared.as_ref()
    }

    /// Returns `true` if cookies that no declaration covers pass as if the layer were not there.
    pub(crate) fn keeps_undeclared(&self) -> bool {
        self.contents.settings.undeclared == Undeclared::KeepUnchecked
    }

    /// The declaration that a rule stands for; `None` for the rule of undeclared cookies.
    pub(crate) fn declaration_of(&self, rule: &Rule) -> Option<DeclarationRef<'_>> {
        Some(DeclarationRef::new(&self.contents.resolved, rule.declaration?))
    }

    /// Returns `true` for the rule of one name, and not for that of a pattern or of undeclared
    /// cookies.
    pub(crate) fn names_exactly(&self, rule: &Rule) -> bool {
        self.declaration_of(rule).is_some_and(|declaration| !declaration.is_pattern())
    }

    /// The name of the crate's own consent cookie, ready to be searched for.
    pub(crate) fn consent_cookie_name(&self) -> &Finder<'static> {
        &self.contents.consent_cookie_name
    }

    /// The number of a category or service.
    pub(crate) fn id(&self, id: &str) -> Option<Id> {
        self.id_of_bytes(id.as_bytes())
    }

    /// [`id`](Self::id), of a text that came in a header.
    #[inline]
    pub(crate) fn id_of_bytes(&self, id: &[u8]) -> Option<Id> {
        self.contents.ids.find(id).map(|number| Id::new(number as usize))
    }

    /// The number of the category or service that usually has this purpose.
    #[cfg(feature = "cmp")]
    pub(crate) fn usual_id(&self, usual: Usual) -> Option<Id> {
        self.contents.purposes.id(usual)
    }

    /// The id that was probably meant by one that the registry does not have.
    pub(crate) fn nearest_id(&self, id: &str) -> Option<&str> {
        closest(id, self.ids().map(|(_, name)| name))
    }

    /// Every category and service with its id, the categories first, in the order of their
    /// numbers.
    pub(crate) fn ids(&self) -> impl ExactSizeIterator<Item = (Id, &str)> {
        let Resolved { categories, services, .. } = &self.contents.resolved;
        (0..categories.len() + services.len()).map(|index| {
            let id = Id::new(index);
            (id, self.name_of(id))
        })
    }

    /// The id behind a number.
    pub(crate) fn name_of(&self, id: Id) -> &str {
        let Resolved { categories, services, .. } = &self.contents.resolved;
        match categories.get(id.index()) {
            Some(category) => &category.declared.id,
            None => &services[id.index() - categories.len()].declared.id,
        }
    }

    /// The categories that a visitor decides on: neither necessary nor prohibited.
    pub(crate) fn asking_categories(&self) -> impl Iterator<Item = Id> {
        let categories = self.contents.resolved.categories.iter().enumerate();
        categories.filter_map(|(index, category)| match category.declared.basis {
            Basis::Consent | Basis::OptOut => Some(Id::new(index)),
            Basis::Necessary | Basis::Prohibited => None,
        })
    }

    /// Returns `true` if a visitor decides on a category or service: it is neither necessary nor prohibited.
    pub(crate) fn asks(&self, id: Id) -> bool {
        matches!(self.basis(id), Basis::Consent | Basis::OptOut)
    }

    /// The categories and services that `Sec-GPC: 1` refuses.
    pub(crate) fn refused_by_gpc(&self) -> impl Iterator<Item = Id> {
        let marks = self.contents.resolved.refused_by_gpc().enumerate();
        marks.filter(|(_, refused)| *refused).map(|(index, _)| Id::new(index))
    }

    /// The category of a service; `None` for a category.
    pub(crate) fn service_category(&self, id: Id) -> Option<Id> {
        let Resolved { categories, services, .. } = &self.contents.resolved;
        let service = id.index().checked_sub(categories.len())?;
        Some(Id::new(services[service].home.category))
    }

    /// The basis of a category, or of a service's category.
    pub(crate) fn basis(&self, id: Id) -> Basis {
        let category = self.service_category(id).unwrap_or(id);
        self.contents.resolved.categories[category.index()].declared.basis
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lifetime::DAY;
    use crate::registry::{Category, Declaration, MaxLifetime, Service};

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
        let declaration = registry.lookup(b"_hjid").and_then(|rule| registry.declaration_of(rule));
        assert_eq!(declaration.unwrap().name(), "_hj*");
    }

    #[test]
    fn r10_the_smallest_lifetime_caps() {
        let registry = registry();
        let days = |days| Some(MaxLifetime::Seconds(days * DAY));
        for (name, want) in
            [("_ga", days(1)), ("_ga_x", days(180)), ("_pk_id", days(365)), ("session", None)]
        {
            assert_eq!(registry.lookup(name.as_bytes()).expect(name).cap, want, "{name}");
        }
    }

    #[test]
    fn r11_refresh_is_true_unless_declared() {
        let registry = registry();
        assert!(!registry.lookup(b"_pk_id").unwrap().refresh);
        assert!(registry.lookup(b"_ga").unwrap().refresh);
    }

    #[test]
    fn r11_the_innermost_that_speaks_of_refreshing_wins() {
        let registry = Registry::builder()
            .version("1")
            .category(
                Category::opt_out("measure")
                    .refresh(false)
                    .cookie("category")
                    .cookie(Declaration::new("own").refresh(true))
                    .service(Service::new("a").cookie("outer"))
                    .service(
                        Service::new("b")
                            .refresh(true)
                            .cookie("service")
                            .cookie(Declaration::new("inner").refresh(false)),
                    ),
            )
            .undeclared(Undeclared::Category("measure".to_owned()))
            .build()
            .unwrap();
        for (name, want) in [
            ("category", false),
            ("own", true),
            ("outer", false),
            ("service", true),
            ("inner", false),
        ] {
            assert_eq!(registry.lookup(name.as_bytes()).unwrap().refresh, want, "{name}");
            assert_eq!(registry.declaration(name.as_bytes()).unwrap().refresh(), want, "{name}");
        }
        assert!(!registry.undeclared_rule().unwrap().refresh);
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
        assert!(registry.declaration_of(rule).is_none());
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
        assert!(Arc::ptr_eq(&registry.contents, &registry.clone().contents));
        assert_eq!(size_of::<Registry>(), size_of::<usize>());
    }
}
