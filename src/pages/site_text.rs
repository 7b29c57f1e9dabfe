//! Texts of the registry in a page that may be in another language.

use maud::{Markup, html};

use crate::pages::view::View;
use crate::registry::Text;

/// Shows a text of the registry, marked with its language where that is not the page's. The fallback is an
/// id, which has no language.
pub(super) fn site_text(view: &View<'_>, text: Option<&Text>, fallback: &str) -> Markup {
    let Some(text) = text else { return html! { (fallback) } };
    let (lang, text) = text.get_tagged(view.lang());
    let lang = lang.or(view.settings.texts_in.as_deref());
    html! {
        @match lang {
            // Its script may run the other way, so that a direction goes with it.
            Some(lang) if primary(lang) != primary(view.lang()) => {
                span lang=(lang) dir="auto" { (text) }
            }
            _ => (text),
        }
    }
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}
