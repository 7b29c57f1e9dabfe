//! The banner that asks, and the link to change one's mind.

use maud::{Markup, html};

use crate::pages::asking::{asking_categories, pages_ask};
use crate::pages::form::{BACK, BANNER, CHOICE, LANG, SURFACE, VERSION};
use crate::pages::settings::Closing;
use crate::pages::site_text::site_text;
use crate::pages::stays_off::{staying_off, stays_off};
use crate::pages::view::View;
use crate::policy::{Consent, Lapse};
use crate::registry::Basis;

/// Returns the banner; nothing for a visitor who has decided, or where there is nothing to ask.
///
/// The two answers are alike in all that a visitor can see or reach: element, class, place in the
/// order of focus. To choose in detail is a link, since it answers nothing yet.
pub(super) fn banner(view: &View<'_>, consent: &Consent, back: Option<&str>) -> Markup {
    let words = view.words;
    if consent.is_decided() || !pages_ask(consent) {
        return html! {};
    }
    let off = staying_off(consent);
    let accepted = if off.is_empty() { &words.accepted } else { &words.saved };
    html! {
        section .tcc.tcc-banner aria-labelledby="tcc-banner-title" lang=(view.lang()) dir=(view.dir()) data-tcc-banner {
            form method="post" action=(view.action()) autocomplete="off" data-tcc-form {
                (hidden_fields(view, consent, BANNER, back))
                h2 .tcc-title #tcc-banner-title { (words.banner_title) }
                @match consent.lapse() {
                    Some(Lapse::NewVersion) => p .tcc-again { strong { (words.new_version) } },
                    Some(Lapse::Expired) => p .tcc-again { strong { (words.expired) } },
                    None => {},
                }
                p { (words.banner_text) }
                ul {
                    @for category in asking_categories(consent.registry()) {
                        li {
                            strong { (site_text(view, category.title(), category.id())) }
                            @if let Some(purpose) = category.purpose() {
                                (words.colon) (site_text(view, Some(purpose), ""))
                            }
                            // What stands above would say that it waits for the visitor's answer.
                            @if category.basis() == Basis::OptOut {
                                div .tcc-fixed { (words.until_refused) }
                            }
                        }
                    }
                }
                (stays_off(view, &off))
                div .tcc-buttons.tcc-answers {
                    button .tcc-button name=(CHOICE) value="refuse" data-tcc-done=(words.refused) { (words.refuse_all) }
                    button .tcc-button name=(CHOICE) value="accept" data-tcc-done=(accepted) { (words.accept_all) }
                }
                div .tcc-more {
                    a href=(view.own_page(None)) { (words.choose) }
                    @match view.settings.closing {
                        Some(Closing::Refuses) => {
                            button .tcc-quiet name=(CHOICE) value="refuse" data-tcc-done=(words.refused) { (words.close_refusing) }
                        }
                        Some(Closing::DecidesNothing) => {
                            button .tcc-quiet type="button" data-tcc-hide hidden { (words.close) }
                        }
                        None => {}
                    }
                }
            }
            div .tcc-done tabindex="-1" hidden {
                div .tcc-said {}
                div .tcc-more {
                    (manage(view))
                    button .tcc-quiet type="button" data-tcc-hide { (words.hide) }
                }
            }
        }
    }
}

/// Returns the hidden fields of each form. They say which policy was shown, in which language and where.
pub(super) fn hidden_fields(
    view: &View<'_>,
    consent: &Consent,
    surface: &str,
    back: Option<&str>,
) -> Markup {
    html! {
        input type="hidden" name=(SURFACE) value=(surface);
        input type="hidden" name=(LANG) value=(view.lang());
        input type="hidden" name=(VERSION) value=(consent.registry().version());
        @if let Some(back) = back { input type="hidden" name=(BACK) value=(back); }
    }
}

/// Returns the link to the preferences.
pub(super) fn manage(view: &View<'_>) -> Markup {
    html! {
        a .tcc-manage href=(view.own_page(None)) lang=(view.lang()) { (view.words.manage) }
    }
}
