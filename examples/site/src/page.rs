//! The site's pages. maud escapes whatever is put into them.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use tower_cookie_consent::Consent;
use tower_cookie_consent::registry::{Basis, CategoryRef, DeclarationRef, Text};

use crate::choice::{self, GRANT, SHOWN};
use crate::inventory::Sent;
use crate::set;
use crate::words::{Lang, POLICY_LANG, Words};

/// What the page shows of who visits it.
pub(crate) struct Visitor {
    pub(crate) user: Option<String>,
    pub(crate) cookies: Vec<Sent>,
}

/// A path of this site that keeps the language.
pub(crate) fn address(path: &str, lang: Lang) -> String {
    format!("{path}?lang={}", lang.tag())
}

/// The front page.
pub(crate) fn home(consent: &Consent, lang: Lang, visitor: &Visitor) -> Markup {
    let words = lang.words();
    let (other_name, other) = words.other_language;
    frame(
        lang,
        words.title,
        &html! {
            p { (words.intro) " " a href=(address("/", other)) lang=(other.tag()) { (other_name) } }
            section aria-labelledby="choice" {
                h2 id="choice" { (words.your_choice) }
                (state(consent, lang))
                (form(consent, lang))
            }
            section aria-labelledby="cookies" {
                h2 id="cookies" { (words.your_cookies) }
                (cookies(consent, lang, &visitor.cookies))
            }
            section aria-labelledby="try" {
                h2 id="try" { (words.try_it) }
                p { (words.try_intro) }
                ul .links {
                    @for kind in set::names() {
                        @let path = format!("/set/{kind}");
                        li { a href=(address(&path, lang)) { code { (path) } } }
                    }
                }
            }
            section aria-labelledby="account" {
                h2 id="account" { (words.account) }
                (account(lang, visitor.user.as_deref()))
            }
        },
    )
}

/// What `/set/…` answers.
pub(crate) fn attempted(lang: Lang, kind: &str, attempts: &[String]) -> Markup {
    let words = lang.words();
    frame(
        lang,
        &format!("{} – {kind}", words.attempted),
        &html! {
            p { (words.attempted_intro) }
            ul { @for line in attempts { li { code { (line) } } } }
            p { a href=(address("/", lang)) { (words.back) } }
        },
    )
}

fn frame(lang: Lang, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                main {
                    h1 { (title) }
                    (content)
                }
            }
        }
    }
}

/// One sentence: what was chosen.
fn state(consent: &Consent, lang: Lang) -> Markup {
    let words = lang.words();
    let allowed: Vec<_> = consent
        .registry()
        .categories()
        .filter(|category| choice::asks(*category))
        .flat_map(|category| {
            let of_category = (category.id(), category.title());
            let of_services = category.services().map(|service| (service.id(), service.title()));
            std::iter::once(of_category).chain(of_services)
        })
        .filter(|(id, _)| consent.allows(id))
        .map(|(id, title)| policy_text(lang, title, id))
        .collect();
    html! {
        p .state role="status" {
            @if !consent.is_decided() {
                (words.undecided)
            } @else if allowed.is_empty() {
                (words.nothing_allowed)
            } @else {
                (words.allowed) " "
                @for (index, title) in allowed.iter().enumerate() {
                    @if index > 0 { ", " }
                    (title)
                }
            }
        }
    }
}

/// The form to change the choice. Saving comes first, so that the Enter key does no more than that;
/// without `autocomplete`, some browsers would show old ticks after a reload.
fn form(consent: &Consent, lang: Lang) -> Markup {
    let words = lang.words();
    html! {
        form method="post" action=(address("/consent", lang)) autocomplete="off" {
            @for category in consent.registry().categories() {
                (fieldset(consent, lang, category))
            }
            div .buttons {
                button { (words.save) }
                button formaction=(address("/consent/accept", lang)) { (words.accept_all) }
                button formaction=(address("/consent/refuse", lang)) { (words.refuse_all) }
                @if consent.is_decided() {
                    button formaction=(address("/consent/withdraw", lang)) { (words.withdraw) }
                }
            }
        }
    }
}

fn fieldset(consent: &Consent, lang: Lang, category: CategoryRef<'_>) -> Markup {
    let words = lang.words();
    html! {
        fieldset {
            legend { (policy_text(lang, category.title(), category.id())) }
            @if let Some(purpose) = category.purpose() {
                p { (policy_text(lang, Some(purpose), "")) }
            }
            @match category.basis() {
                Basis::Necessary => p .fixed { (words.always) },
                Basis::Prohibited => p .fixed { (words.never) },
                _ => {
                    (checkbox(consent, category.id(), &html! { (words.allow_category) }))
                    div .services {
                        @for service in category.services() {
                            (checkbox(consent, service.id(), &html! {
                                (policy_text(lang, service.title(), service.id()))
                                @if let Some(purpose) = service.purpose() {
                                    " – " (policy_text(lang, Some(purpose), ""))
                                }
                            }))
                        }
                    }
                },
            }
            (declared(lang, category))
        }
    }
}

/// A box that is ticked if the visitor allows what it stands for, and never before they do.
fn checkbox(consent: &Consent, id: &str, label: &Markup) -> Markup {
    let allowed = consent.allows(id);
    html! {
        label {
            input type="checkbox" name=(GRANT) value=(id) checked[allowed];
            span { (label) }
        }
        @if allowed { input type="hidden" name=(SHOWN) value=(id); }
    }
}

/// The cookies of a category and of its services, folded up.
fn declared(lang: Lang, category: CategoryRef<'_>) -> Markup {
    let words = lang.words();
    let of_services = category.services().flat_map(|service| service.declarations());
    let declarations: Vec<_> = category.declarations().chain(of_services).collect();
    html! {
        @if !declarations.is_empty() {
            details {
                summary { (words.cookies_of) " (" (declarations.len()) ")" }
                table {
                    thead {
                        tr {
                            th scope="col" { (words.name) }
                            th scope="col" { (words.purpose) }
                            th scope="col" { (words.lifetime) }
                        }
                    }
                    tbody { @for declaration in declarations { (row(lang, words, declaration)) } }
                }
            }
        }
    }
}

fn row(lang: Lang, words: &Words, declaration: DeclarationRef<'_>) -> Markup {
    let service = declaration.service();
    let purpose = declaration
        .purpose()
        .or_else(|| service?.purpose())
        .or_else(|| service?.title())
        .or_else(|| service?.provider())
        .or_else(|| declaration.category().purpose());
    html! {
        tr {
            td { code { (declaration.name()) } }
            td { (policy_text(lang, purpose, "")) }
            td {
                @match declaration.max_lifetime() {
                    Some(lifetime) => (lifetime.display_in(lang.language())),
                    None => (words.unlimited),
                }
            }
        }
    }
}

fn cookies(consent: &Consent, lang: Lang, sent: &[Sent]) -> Markup {
    let words = lang.words();
    html! {
        @if sent.is_empty() {
            p { (words.no_cookies) }
        } @else {
            table {
                thead {
                    tr {
                        th scope="col" { (words.name) }
                        th scope="col" { (words.category) }
                    }
                }
                tbody {
                    @for cookie in sent {
                        tr {
                            td { code { (cookie.name) } }
                            td {
                                @match cookie.category.as_deref() {
                                    Some(id) => {
                                        @let category = consent.registry().category(id);
                                        (policy_text(lang, category.and_then(|c| c.title()), id))
                                    }
                                    None => (words.undeclared),
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn account(lang: Lang, user: Option<&str>) -> Markup {
    let words = lang.words();
    html! {
        @if let Some(user) = user {
            form method="post" action=(address("/logout", lang)) {
                p { (words.logged_in_as) " " strong { (user) } }
                button { (words.log_out) }
            }
        } @else {
            form method="post" action=(address("/login", lang)) {
                label for="name" { (words.user_name) }
                div .buttons {
                    input id="name" name="name" required maxlength="60" autocomplete="username";
                    button { (words.log_in) }
                }
            }
        }
    }
}

/// A text of the policy, marked with its language where that is not the page's.
fn policy_text(lang: Lang, text: Option<&Text>, fallback: &str) -> Markup {
    let translated = text.is_none_or(|text| text.languages().any(|tag| tag == lang.tag()));
    let foreign = !translated && lang.tag() != POLICY_LANG;
    let text = text.map_or(fallback, |text| text.get(lang.tag()));
    html! {
        @if foreign { span lang=(POLICY_LANG) { (text) } } @else { (text) }
    }
}
