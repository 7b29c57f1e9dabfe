//! The tables of the policy page, with a row for each cookie.

use maud::{Markup, html};

use crate::choice::own_cookie;
use crate::pages::asking::registry_asks;
use crate::pages::site_text::site_text;
use crate::pages::view::View;
use crate::policy::Policy;
use crate::registry::{Basis, CategoryRef, DeclarationRef, MaxLifetime, Text};

/// Returns every category with its services and cookies.
pub(super) fn policy_page(view: &View<'_>, policy: &Policy) -> Markup {
    let words = view.words;
    let registry = policy.registry();
    let mut own = own_rows(view, policy);
    let is_necessary = |category: &CategoryRef<'_>| category.basis() == Basis::Necessary;
    let home = registry.categories().find(is_necessary).map(|category| category.id());
    html! {
        section .tcc.tcc-policy aria-labelledby="tcc-policy-title" lang=(view.lang()) dir=(view.dir()) {
            h2 #tcc-policy-title { (words.declared) }
            p .tcc-note {
                (words.version) " " span dir="ltr" { (registry.version()) }
                @if let Some(updated) = registry.updated() {
                    (words.comma) (words.updated) " " time datetime=(updated) dir="ltr" { (updated) }
                }
            }
            @if home.is_none() && !own.is_empty() {
                section .tcc-declared {
                    p .tcc-fixed { (words.always_on) }
                    (table(view, &own))
                }
            }
            @for category in registry.categories() {
                @let is_home = home == Some(category.id());
                (section(view, category, if is_home { std::mem::take(&mut own) } else { Vec::new() }))
            }
        }
    }
}

/// A row of a table.
struct Row<'a> {
    name: &'a str,
    purpose: Markup,
    provider: Option<&'a Text>,
    lifetime: Option<String>,
}

/// Shows a category. `own` are the rows of cookies that the crate sets.
fn section<'a>(view: &View<'_>, category: CategoryRef<'a>, own: Vec<Row<'a>>) -> Markup {
    let words = view.words;
    let declared = category.declarations().map(|cookie| row(view, cookie));
    let rows: Vec<_> = declared.chain(own).collect();
    let basis = match category.basis() {
        Basis::Necessary => &words.always_on,
        Basis::Consent => &words.with_consent,
        Basis::OptOut => &words.until_refused,
        Basis::Prohibited => &words.not_used,
    };
    html! {
        section .tcc-declared {
            h3 { (site_text(view, category.title(), category.id())) }
            @if let Some(purpose) = category.purpose() { p { (site_text(view, Some(purpose), "")) } }
            p .tcc-fixed { (basis) }
            @if category.basis() == Basis::Prohibited {
                (not_used(view, category))
            } @else {
                (table(view, &rows))
                @for service in category.services() {
                    h4 { (site_text(view, service.title(), service.id())) }
                    @if service.purpose().is_some() || service.provider().is_some() {
                        p {
                            @if let Some(purpose) = service.purpose() {
                                (site_text(view, Some(purpose), ""))
                            }
                            @if let Some(provider) = service.provider() {
                                " (" (words.provider) (words.colon) (site_text(view, Some(provider), "")) ")"
                            }
                        }
                    }
                    (table(view, &service.declarations().map(|cookie| row(view, cookie)).collect::<Vec<_>>()))
                }
            }
        }
    }
}

/// Returns the cookies that the crate sets, as far as the registry does not declare them. They are necessary
/// without being declared (R8, R19), and are shown with the first necessary category, or before all
/// categories if there is none.
fn own_rows<'a>(view: &View<'_>, policy: &'a Policy) -> Vec<Row<'a>> {
    let registry = policy.registry();
    let stores_choice = policy.reads_what_is_stored() && registry_asks(registry);
    let choice = stores_choice.then(|| {
        let name = registry.consent_cookie().name();
        (name, &view.words.consent_cookie, own_cookie::lifetime(registry))
    });
    let memory = policy.sweeps().then(|| {
        let lifetime = MaxLifetime::Seconds(registry.consent_lifetime().as_secs());
        (policy.memory_name(), &view.words.sweep_cookie, lifetime)
    });
    let set = choice.into_iter().chain(memory);
    set.filter(|(name, ..)| !registry.declarations().any(|cookie| cookie.name() == *name))
        .map(|(name, purpose, lifetime)| Row {
            name,
            purpose: html! { (purpose) },
            provider: None,
            lifetime: Some(view.lifetime(lifetime)),
        })
        .collect()
}

fn row<'a>(view: &View<'_>, cookie: DeclarationRef<'a>) -> Row<'a> {
    Row {
        name: cookie.name(),
        purpose: or_unstated(view, cookie.effective_purpose()),
        provider: cookie.effective_provider(),
        lifetime: cookie.max_lifetime().map(|lifetime| view.lifetime(lifetime)),
    }
}

/// Shows a text of the registry, or says that it has none.
fn or_unstated(view: &View<'_>, text: Option<&Text>) -> Markup {
    text.map_or_else(|| html! { (view.words.unstated) }, |text| site_text(view, Some(text), ""))
}

/// Returns a table of cookies. On a narrow screen its rows are shown one below the other, for which its
/// roles are said once more: a table that is displayed as something else loses its own.
fn table(view: &View<'_>, rows: &[Row<'_>]) -> Markup {
    let words = view.words;
    let has_provider = rows.iter().any(|row| row.provider.is_some());
    html! {
        @if !rows.is_empty() {
            table role="table" {
                thead role="rowgroup" {
                    tr role="row" {
                        th scope="col" role="columnheader" { (words.name) }
                        th scope="col" role="columnheader" { (words.purpose) }
                        @if has_provider { th scope="col" role="columnheader" { (words.provider) } }
                        th scope="col" role="columnheader" { (words.lifetime) }
                    }
                }
                tbody role="rowgroup" {
                    @for row in rows {
                        tr role="row" {
                            td role="cell" data-label=(words.name) { code dir="ltr" { (row.name) } }
                            td role="cell" data-label=(words.purpose) { (row.purpose) }
                            @if has_provider {
                                td role="cell" data-label=(words.provider) {
                                    (or_unstated(view, row.provider))
                                }
                            }
                            td role="cell" data-label=(words.lifetime) {
                                @match &row.lifetime {
                                    Some(lifetime) => (lifetime),
                                    None => (words.unstated),
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the names of a prohibited category. They have no lifetime, since none of them is ever set.
fn not_used(view: &View<'_>, category: CategoryRef<'_>) -> Markup {
    let own: Vec<_> = category.declarations().collect();
    html! {
        @if !own.is_empty() { p { (names(view, &own)) } }
        @for service in category.services() {
            @let cookies: Vec<_> = service.declarations().collect();
            p {
                strong { (site_text(view, service.title().or(service.provider()), service.id())) }
                @if !cookies.is_empty() { (view.words.colon) (names(view, &cookies)) }
            }
        }
    }
}

fn names(view: &View<'_>, cookies: &[DeclarationRef<'_>]) -> Markup {
    html! {
        @for (index, cookie) in cookies.iter().enumerate() {
            @if index > 0 { (view.words.comma) }
            code dir="ltr" { (cookie.name()) }
        }
    }
}
