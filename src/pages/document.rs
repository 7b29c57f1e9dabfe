//! Whole pages, for sites that have no template of their own for them.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::pages::assets::{SCRIPT, STYLE};
use crate::pages::policy_page::policy_page;
use crate::pages::preferences::preferences;
use crate::pages::settings::Settings;
use crate::pages::site_text::site_text;
use crate::pages::view::View;
use crate::policy::{Consent, Policy};
use crate::registry::Registry;

/// Returns the links to style and script.
pub(super) fn head(settings: &Settings) -> Markup {
    html! {
        link rel="stylesheet" href=(STYLE.address(&settings.base));
        script src=(SCRIPT.address(&settings.base)) defer {}
    }
}

/// Returns the service's own page: the preferences, and below them the policy.
///
/// `back` is the page from which the visitor came here, and `notice` what the visitor has to know
/// before anything else.
pub(super) fn page(
    view: &View<'_>,
    consent: &Consent,
    back: Option<&str>,
    notice: Option<&str>,
) -> Markup {
    let registry = consent.registry();
    html! {
        (DOCTYPE)
        html lang=(view.lang()) dir=(view.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title_text(view, registry)) }
                (head(view.settings))
            }
            body .tcc-page {
                main .tcc {
                    (languages(view, back))
                    h1 { (site_text(view, registry.title(), &view.words.page_title)) }
                    @if let Some(notice) = notice { p .tcc-again role="alert" { strong { (notice) } } }
                    @if let Some(back) = back { p { a href=(back) { (view.words.back) } } }
                    (preferences(view, consent, Some(&view.own_page(back))))
                    (policy_page(view, consent.policy()))
                }
            }
        }
    }
}

/// Returns the policy by itself, the same for every visitor. Its style stands in it, so that it needs no
/// other file.
pub(super) fn policy_document(view: &View<'_>, policy: &Policy) -> Markup {
    let registry = policy.registry();
    html! {
        (DOCTYPE)
        html lang=(view.lang()) dir=(view.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title_text(view, registry)) }
                style { (PreEscaped(STYLE.content)) }
            }
            body .tcc-page {
                main .tcc {
                    h1 { (site_text(view, registry.title(), &view.words.page_title)) }
                    (policy_page(view, policy))
                }
            }
        }
    }
}

/// Returns the page's title as a text: `title` has no room for a mark of its language.
fn title_text<'a>(view: &View<'a>, registry: &'a Registry) -> &'a str {
    registry.title().map_or(&view.words.page_title, |title| title.get(view.lang()))
}

/// Links to the same page in the site's other languages.
fn languages(view: &View<'_>, back: Option<&str>) -> Markup {
    let languages = &view.settings.languages;
    html! {
        @if languages.len() > 1 {
            nav .tcc-languages aria-label=(view.words.languages) {
                ul {
                    @for language in languages {
                        li {
                            a href=(view.own_page_in(*language, back)) lang=(language.tag()) hreflang=(language.tag())
                                aria-current=[(*language == view.language).then_some("page")] {
                                (view.settings.words(*language).name_of_language)
                            }
                        }
                    }
                }
            }
        }
    }
}
