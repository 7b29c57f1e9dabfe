//! Finds the categories and services that stay off even if the visitor accepts all, and says so in
//! a sentence.
//!
//! `Sec-GPC`, or another banner's choice, may refuse what the visitor accepts here (R17). Who accepts
//! without being told would consent to less than the button says.

use maud::{Markup, html};

use crate::choice::Choice;
use crate::pages::asking::asking_categories;
use crate::pages::site_text::site_text;
use crate::pages::view::View;
use crate::policy::Consent;
use crate::registry::Text;

/// Returns the categories, and of those that do not stay off as a whole the services: each by id and title.
pub(super) fn staying_off(consent: &Consent) -> Vec<(&str, Option<&Text>)> {
    let registry = consent.registry();
    let accepted = consent.with_everywhere(&Choice::decided(registry).grant_all());
    let mut off = Vec::new();
    for category in asking_categories(registry) {
        let services: Vec<_> =
            category.services().filter(|service| !accepted.allows(service.id())).collect();
        if !accepted.allows(category.id()) && services.len() == category.services().count() {
            off.push((category.id(), category.title()));
        } else {
            off.extend(services.iter().map(|service| (service.id(), service.title())));
        }
    }
    off
}

/// Returns the sentence, or nothing where all would be on.
pub(super) fn stays_off(view: &View<'_>, off: &[(&str, Option<&Text>)]) -> Markup {
    html! {
        @if !off.is_empty() {
            p .tcc-note {
                (view.words.stays_off) " "
                @for (index, (id, title)) in off.iter().enumerate() {
                    @if index > 0 { (view.words.comma) }
                    strong { (site_text(view, *title, id)) }
                }
            }
        }
    }
}
