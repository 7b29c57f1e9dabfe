//! The site's pages. maud escapes every text that is put into them.

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use tower_cookie_consent::Consent;
use tower_cookie_consent::registry::Basis;

use crate::set;

/// The front page, which shows what the server reads from the request.
pub(crate) fn home(consent: &Consent) -> Markup {
    let cookies = consent.request().cookies().map(|(name, _)| String::from_utf8_lossy(name));
    let cookies: BTreeSet<_> = cookies.collect();
    frame(
        "Behind a banner",
        &html! {
            p #state .state role="status" {
                @if consent.is_decided() { "You have chosen." } @else { "You have not chosen yet." }
            }
            table #allowed {
                tr { th { "Cookies of" } th { "may be set" } }
                @for (id, title) in asked(consent) {
                    tr { td { (title) } td data-id=(id) { @if consent.allows(&id) { "yes" } @else { "no" } } }
                }
            }
            p { button type="button" data-cc="show-preferencesModal" { "Change your choice" } }
            h2 { "Cookies that your browser sent" }
            ul #cookies { @for name in &cookies { li { code { (name) } } } }
            h2 { "Set some" }
            ul .links {
                @for kind in set::names(set::CEXRO) {
                    li { a href=(format!("/set/{kind}")) { (kind) } }
                }
            }
        },
    )
}

/// Lists the categories that need consent, and their services.
fn asked(consent: &Consent) -> Vec<(String, String)> {
    let mut asked = Vec::new();
    for category in consent.registry().categories() {
        if matches!(category.basis(), Basis::Consent | Basis::OptOut) {
            asked.push((category.id().to_owned(), category.id().to_owned()));
            for service in category.services() {
                asked.push((service.id().to_owned(), format!("– {}", service.id())));
            }
        }
    }
    asked
}

/// The response of `/set/…`.
pub(crate) fn attempted(kind: &str, lines: &[&str]) -> Markup {
    frame(
        &format!("Attempted: {kind}"),
        &html! {
            ul { @for line in lines { li { code { (line) } } } }
            p { a href="/" { "What arrived" } }
        },
    )
}

fn frame(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { (PreEscaped(include_str!("../../site/src/style.css"))) }
                link rel="stylesheet" href="/cookieconsent.css";
                script defer src="/cookieconsent.js" {}
                script defer src="/banner.js" {}
            }
            body { main { h1 { (title) } (content) } }
        }
    }
}
