//! From the ticked boxes of the form to the choice that is stored.

use std::collections::HashSet;

use tower_cookie_consent::registry::{Basis, CategoryRef};
use tower_cookie_consent::{Choice, Registry};

/// The name of a box; its value is the id of a category or service.
pub(crate) const GRANT: &str = "grant";
/// The name of a hidden field for each box that was ticked when the page was sent.
pub(crate) const SHOWN: &str = "shown";

/// The boxes that the visitor ticked, and those that were ticked before.
struct Boxes<'a> {
    ticked: HashSet<&'a str>,
    shown: HashSet<&'a str>,
}

/// The categories that have a box in the form.
pub(crate) fn asks(category: CategoryRef<'_>) -> bool {
    matches!(category.basis(), Basis::Consent | Basis::OptOut)
}

/// The choice that the form states. Browsers send ticked boxes only, so that what is not ticked is
/// refused.
pub(crate) fn from_form(registry: &Registry, fields: &[(String, String)]) -> Choice {
    let ids = |of: &str| {
        let of_name = fields.iter().filter(|(name, _)| name == of);
        of_name.map(|(_, id)| id.as_str()).collect()
    };
    let boxes = Boxes { ticked: ids(GRANT), shown: ids(SHOWN) };
    registry
        .categories()
        .filter(|category| asks(*category))
        .fold(Choice::decided(registry), |choice, category| boxes.decide(choice, category))
}

impl Boxes<'_> {
    /// Decides on a category, and on those of its services that are to differ from it. The others
    /// follow it, which keeps the consent cookie short.
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

    /// Whoever ticks a category and none of its services means all of it, and who takes its tick away
    /// means none of it. Who touches the services means what their boxes say.
    fn speaks_for_services(&self, category: CategoryRef<'_>) -> bool {
        self.changed(category.id())
            && !category.services().any(|service| self.changed(service.id()))
    }

    fn changed(&self, id: &str) -> bool {
        self.ticked.contains(id) != self.shown.contains(id)
    }
}

fn set(choice: Choice, id: &str, granted: bool) -> Choice {
    if granted { choice.grant(id) } else { choice.refuse(id) }
}
