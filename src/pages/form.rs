//! Reading the forms of the pages.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::choice::Choice;
use crate::pages::asking::asking_categories;
use crate::registry::{CategoryRef, Registry};

/// The field that says which button was pressed.
pub(super) const CHOICE: &str = "choice";
/// The name of a box; its value is the id of a category or a service.
pub(super) const GRANT: &str = "grant";
/// The name of a hidden field for each box that was ticked when the form was sent to the visitor.
pub(super) const SHOWN: &str = "shown";
/// The name of a hidden field for each category whose boxes a script keeps in step: each of them shows
/// what the visitor means. Its value is the category's id.
pub(super) const EXACT: &str = "exact";
/// The version of the policy that the visitor was shown.
pub(super) const VERSION: &str = "version";
/// The language in which the visitor was asked.
pub(super) const LANG: &str = "lang";
/// The place where the visitor was asked, which is one of [`SURFACES`].
pub(super) const SURFACE: &str = "surface";
/// The two places where the pages ask.
pub(super) const SURFACES: [&str; 2] = [BANNER, PREFERENCES];
pub(super) const BANNER: &str = "banner";
pub(super) const PREFERENCES: &str = "preferences";
/// The path to go back to.
pub(super) const BACK: &str = "back";

/// A form that was sent.
pub(super) struct Form<'a> {
    fields: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// An answer of the visitor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    AcceptAll,
    RefuseAll,
    /// The boxes say what.
    Save,
    Withdraw,
}

impl<'a> Form<'a> {
    /// Reads a body of the type `application/x-www-form-urlencoded`. There is none that cannot be
    /// read.
    pub(super) fn read(body: &'a [u8]) -> Self {
        Form { fields: form_urlencoded::parse(body).collect() }
    }

    /// Returns the value of a field that is there once.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.values(name);
        let first = values.next();
        if values.next().is_none() { first } else { None }
    }

    /// Returns every value of a field.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let of_name = self.fields.iter().filter(move |(field, _)| field == name);
        of_name.map(|(_, value)| &**value)
    }

    /// Returns the visitor's answer; `None` for a form that is none of the pages'.
    pub(super) fn answer(&self) -> Option<Answer> {
        match self.field(CHOICE)? {
            "accept" => Some(Answer::AcceptAll),
            "refuse" => Some(Answer::RefuseAll),
            "save" => Some(Answer::Save),
            "withdraw" => Some(Answer::Withdraw),
            _ => None,
        }
    }

    /// Returns the choice that the boxes state. Browsers send ticked boxes alone, so what is not ticked is
    /// refused.
    pub(super) fn ticked(&self, registry: &Registry) -> Choice {
        let boxes = Boxes {
            ticked: self.values(GRANT).collect(),
            shown: self.values(SHOWN).collect(),
            exact: self.values(EXACT).collect(),
        };
        let choice = Choice::decided(registry);
        asking_categories(registry).fold(choice, |choice, category| boxes.decide(choice, category))
    }
}

/// The boxes that the visitor ticked, those that were ticked before, and the categories whose boxes
/// say all.
struct Boxes<'a> {
    ticked: HashSet<&'a str>,
    shown: HashSet<&'a str>,
    exact: HashSet<&'a str>,
}

impl Boxes<'_> {
    /// Decides on a category, and on those of its services that are to differ from it. The others
    /// follow it, in both directions.
    fn decide(&self, choice: Choice, category: CategoryRef<'_>) -> Choice {
        let granted = self.ticked.contains(category.id());
        let choice = set(choice, category.id(), granted);
        if self.speaks_for_services(category) {
            return choice;
        }
        category
            .services()
            .map(|service| (service.id(), self.ticked.contains(service.id())))
            .filter(|(_, service_granted)| *service_granted != granted)
            .fold(choice, |choice, (id, granted)| set(choice, id, granted))
    }

    /// Whoever ticks a category and none of its services means all of it, and whoever takes its tick
    /// away means none of it. Whoever touches the services means what their boxes say, and so does
    /// everybody where a script ticks them along with the category: a box that is empty then was
    /// emptied.
    fn speaks_for_services(&self, category: CategoryRef<'_>) -> bool {
        !self.exact.contains(category.id())
            && self.changed(category.id())
            && !category.services().any(|service| self.changed(service.id()))
    }

    fn changed(&self, id: &str) -> bool {
        self.ticked.contains(id) != self.shown.contains(id)
    }
}

fn set(choice: Choice, id: &str, granted: bool) -> Choice {
    if granted { choice.grant(id) } else { choice.refuse(id) }
}

#[cfg(test)]
mod tests {
    use crate::registry::{Category, Service};

    use super::*;

    fn registry() -> Registry {
        let analytics = Category::consent("analytics")
            .service(Service::new("matomo"))
            .service(Service::new("hotjar"));
        Registry::builder()
            .version("1")
            .category(Category::necessary("essential"))
            .category(analytics)
            .category(Category::opt_out("chat"))
            .category(Category::prohibited("ads"))
            .build()
            .unwrap()
    }

    /// Returns the ids that a form grants, by their own name or with their category.
    fn granted(form: &str) -> Vec<String> {
        let registry = registry();
        let choice = Form::read(form.as_bytes()).ticked(&registry);
        let all = ["essential", "analytics", "matomo", "hotjar", "chat", "ads"];
        let meant = |id: &&str| {
            let id = registry.id(id).unwrap();
            choice.decision_meant_for(id).is_some_and(|decision| decision.as_str() == "granted")
        };
        all.into_iter().filter(meant).map(str::to_owned).collect()
    }

    #[test]
    fn what_the_boxes_say_is_granted_and_all_else_refused() {
        for (form, want) in [
            ("", &[][..]),
            ("grant=chat", &["chat"]),
            // A service follows its category, unless the visitor says something of a service.
            ("grant=analytics", &["analytics", "matomo", "hotjar"]),
            ("grant=analytics&grant=matomo", &["analytics", "matomo"]),
            ("grant=matomo", &["matomo"]),
            ("grant=matomo&grant=hotjar", &["matomo", "hotjar"]),
            // All had been granted; then the category's tick goes, or a service's.
            ("grant=matomo&grant=hotjar&shown=analytics&shown=matomo&shown=hotjar", &[]),
            (
                "grant=analytics&grant=hotjar&shown=analytics&shown=matomo&shown=hotjar",
                &["analytics", "hotjar"],
            ),
            ("grant=hotjar&shown=analytics&shown=matomo&shown=hotjar", &["hotjar"]),
            // One service had been granted alone.
            ("grant=analytics&grant=matomo&shown=matomo", &["analytics", "matomo", "hotjar"]),
            ("grant=matomo&shown=matomo", &["matomo"]),
            // A script ticked the services with their category, and the visitor emptied some boxes.
            ("grant=analytics&exact=analytics", &["analytics"]),
            ("grant=analytics&grant=matomo&shown=matomo&exact=analytics", &["analytics", "matomo"]),
            ("grant=analytics&exact=chat", &["analytics", "matomo", "hotjar"]),
            // A category that does not ask has no box, and neither has an unknown one.
            ("grant=essential&grant=ads&grant=other&shown=other", &[]),
        ] {
            assert_eq!(granted(form), want, "{form}");
        }
    }

    #[test]
    fn each_button_is_an_answer() {
        for (form, want) in [
            ("choice=accept", Some(Answer::AcceptAll)),
            ("lang=fr&choice=refuse", Some(Answer::RefuseAll)),
            ("choice=save", Some(Answer::Save)),
            ("choice=withdraw", Some(Answer::Withdraw)),
            ("choice=refuse&choice=accept", None),
            ("choice=Accept", None),
            ("choice", None),
            ("", None),
            ("%ff=%ff&choice=%61ccept", Some(Answer::AcceptAll)),
        ] {
            assert_eq!(Form::read(form.as_bytes()).answer(), want, "{form}");
        }
    }
}
