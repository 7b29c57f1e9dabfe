//! The form in which the visitor decides on each category and each service.

use maud::{Markup, html};

use crate::pages::asking::{asking_categories, pages_ask, registry_asks};
use crate::pages::banner::hidden_fields;
use crate::pages::form::{CHOICE, EXACT, GRANT, PREFERENCES, SHOWN};
use crate::pages::site_text::site_text;
use crate::pages::stays_off::{staying_off, stays_off};
use crate::pages::view::View;
use crate::policy::{Consent, Lapse};
use crate::registry::{Basis, CategoryRef, MaxLifetime};

/// Returns the form, with the state that it starts from; nothing where no category asks, since there is
/// nothing to choose.
///
/// Saving comes first among the buttons, so that the Enter key does no more than that. Without
/// `autocomplete`, some browsers would show old ticks after a reload. `back` is the path to which the
/// visitor gets, where that is not the one that the form is on.
pub(super) fn preferences(view: &View<'_>, consent: &Consent, back: Option<&str>) -> Markup {
    let words = view.words;
    if !registry_asks(consent.registry()) {
        return html! {};
    }
    let asks = pages_ask(consent);
    let off = if asks { staying_off(consent) } else { Vec::new() };
    let accepted = if off.is_empty() { &words.accepted } else { &words.saved };
    html! {
        section .tcc.tcc-preferences aria-labelledby="tcc-preferences-title" lang=(view.lang()) dir=(view.dir()) {
            h2 #tcc-preferences-title { (words.your_choice) }
            form method="post" action=(view.action()) autocomplete="off" data-tcc-form {
                (hidden_fields(view, consent, PREFERENCES, back))
                p .tcc-state role="status" { (state(view, consent)) }
                @for category in consent.registry().categories() {
                    (fieldset(view, consent, category, asks))
                }
                @if asks {
                    (stays_off(view, &off))
                    div .tcc-buttons {
                        button .tcc-button name=(CHOICE) value="save" data-tcc-done=(words.saved) { (words.save) }
                        button .tcc-button name=(CHOICE) value="refuse" data-tcc-done=(words.refused) { (words.refuse_all) }
                        button .tcc-button name=(CHOICE) value="accept" data-tcc-done=(accepted) { (words.accept_all) }
                        button .tcc-button name=(CHOICE) value="withdraw" data-tcc-done=(words.withdrawn) data-tcc-withdraw hidden[!consent.is_decided()] { (words.withdraw) }
                    }
                    p .tcc-note { (counts_for(view, consent)) }
                }
            }
        }
    }
}

/// Says for how long a choice counts.
fn counts_for(view: &View<'_>, consent: &Consent) -> String {
    let lifetime = MaxLifetime::Seconds(consent.registry().consent_lifetime().as_secs());
    view.words.counts_for.replace("{time}", &view.lifetime(lifetime))
}

/// Returns the state of the visitor's choice, in a sentence.
fn state(view: &View<'_>, consent: &Consent) -> Markup {
    let words = view.words;
    let allowed: Vec<_> = asking_categories(consent.registry())
        .flat_map(|category| {
            let of_category = (category.id(), category.title());
            let of_services = category.services().map(|service| (service.id(), service.title()));
            std::iter::once(of_category).chain(of_services)
        })
        .filter(|(id, _)| consent.allows(id))
        .collect();
    html! {
        @if !consent.is_decided() {
            @match consent.lapse() {
                Some(Lapse::NewVersion) => (words.new_version),
                Some(Lapse::Expired) => (words.expired),
                None => (words.undecided),
            }
        } @else if allowed.is_empty() {
            (words.nothing_allowed)
        } @else {
            (words.allowed) " "
            @for (index, (id, title)) in allowed.into_iter().enumerate() {
                @if index > 0 { (words.comma) }
                (site_text(view, title, id))
            }
        }
    }
}

fn fieldset(view: &View<'_>, consent: &Consent, category: CategoryRef<'_>, asks: bool) -> Markup {
    let words = view.words;
    html! {
        fieldset .tcc-category {
            legend { (site_text(view, category.title(), category.id())) }
            @if let Some(purpose) = category.purpose() { p { (site_text(view, Some(purpose), "")) } }
            @match category.basis() {
                Basis::Necessary => p .tcc-fixed { (words.always_on) },
                Basis::Prohibited => p .tcc-fixed { (words.not_used) },
                Basis::Consent | Basis::OptOut => {
                    @if category.basis() == Basis::OptOut { p .tcc-fixed { (words.until_refused) } }
                    @if asks {
                        (checkbox(consent, category.id(), true, &html! { (words.allow) }))
                        (services(view, consent, category))
                    }
                }
            }
        }
    }
}

/// Returns the services of a category, one by one.
fn services(view: &View<'_>, consent: &Consent, category: CategoryRef<'_>) -> Markup {
    let services: Vec<_> = category.services().collect();
    html! {
        @if !services.is_empty() {
            input type="hidden" name=(EXACT) value=(category.id()) disabled;
            div .tcc-services {
                @for service in services {
                    (checkbox(consent, service.id(), false, &html! {
                        (site_text(view, service.title(), service.id()))
                        @if let Some(purpose) = service.purpose() {
                            (view.words.colon) (site_text(view, Some(purpose), ""))
                        }
                    }))
                }
            }
        }
    }
}

/// Returns a box that is ticked if the visitor decided to allow what it stands for, and never before.
///
/// The hidden field says that it was ticked when the page was sent ([`SHOWN`]).
fn checkbox(consent: &Consent, id: &str, of_category: bool, label: &Markup) -> Markup {
    let ticked = consent.is_decided() && consent.allows(id);
    html! {
        label .tcc-box {
            input type="checkbox" name=(GRANT) value=(id) checked[ticked] data-tcc-category[of_category];
            span { (label) }
        }
        input type="hidden" name=(SHOWN) value=(id) disabled[!ticked];
    }
}
