//! The site's pages. Whatever is not written here goes through [`escaped`].

use tower_cookie_consent::Consent;
use tower_cookie_consent::registry::{Basis, CategoryRef, DeclarationRef, Text};

use crate::choice::{self, GRANT, SHOWN};
use crate::inventory::Sent;
use crate::set;
use crate::words::{Lang, POLICY_LANG};

/// The visitor, as far as the page shows who it is.
pub(crate) struct Visitor {
    pub(crate) user: Option<String>,
    pub(crate) cookies: Vec<Sent>,
}

/// A path of this site that keeps the language.
pub(crate) fn address(path: &str, lang: Lang) -> String {
    format!("{path}?lang={}", lang.tag())
}

/// The front page.
pub(crate) fn home(consent: &Consent, lang: Lang, visitor: &Visitor) -> String {
    let words = lang.words();
    let (other_name, other) = words.other_language;
    let links = set::names().map(|kind| {
        let path = format!("/set/{kind}");
        format!("<li><a href=\"{}\"><code>{path}</code></a></li>", address(&path, lang))
    });
    let intro = format!(
        "<p>{} <a href=\"{}\" lang=\"{}\">{other_name}</a></p>",
        words.intro,
        address("/", other),
        other.tag(),
    );
    let sections = [
        section("choice", words.your_choice, &(state(consent, lang) + &form(consent, lang))),
        section("cookies", words.your_cookies, &cookies(consent, lang, &visitor.cookies)),
        section(
            "try",
            words.try_it,
            &format!("<p>{}</p><ul class=\"links\">{}</ul>", words.try_intro, all(links)),
        ),
        section("account", words.account, &account(lang, visitor.user.as_deref())),
    ];
    frame(lang, words.title, &(intro + &sections.concat()))
}

fn section(id: &str, title: &str, content: &str) -> String {
    format!(r#"<section aria-labelledby="{id}"><h2 id="{id}">{title}</h2>{content}</section>"#)
}

/// Returns what `/set/…` answers.
pub(crate) fn attempted(lang: Lang, kind: &str, attempts: &[String]) -> String {
    let words = lang.words();
    let lines = attempts.iter().map(|line| format!("<li><code>{}</code></li>", escaped(line)));
    frame(
        lang,
        &format!("{} – {}", words.attempted, escaped(kind)),
        &format!(
            "<p>{}</p><ul>{}</ul><p><a href=\"{}\">{}</a></p>",
            words.attempted_intro,
            all(lines),
            address("/", lang),
            words.back,
        ),
    )
}

fn frame(lang: Lang, title: &str, content: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{}</style></head><body><main><h1>{title}</h1>{content}</main></body></html>",
        lang.tag(),
        include_str!("style.css"),
    )
}

/// One sentence: what was chosen.
fn state(consent: &Consent, lang: Lang) -> String {
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
    let sentence = if !consent.is_decided() {
        words.undecided.to_owned()
    } else if allowed.is_empty() {
        words.nothing_allowed.to_owned()
    } else {
        format!("{} {}", words.allowed, allowed.join(", "))
    };
    format!(r#"<p class="state" role="status">{sentence}</p>"#)
}

/// The form to change the choice. Saving comes first, so that the Enter key does no more than that;
/// without `autocomplete`, some browsers would show old ticks after a reload.
fn form(consent: &Consent, lang: Lang) -> String {
    let words = lang.words();
    let categories = consent.registry().categories();
    let fieldsets = all(categories.map(|category| fieldset(consent, lang, category)));
    let button = |path: &str, text: &str| {
        format!(r#"<button formaction="{}">{text}</button>"#, address(path, lang))
    };
    let mut buttons = format!("<button>{}</button>", words.save);
    buttons += &button("/consent/accept", words.accept_all);
    buttons += &button("/consent/refuse", words.refuse_all);
    if consent.is_decided() {
        buttons += &button("/consent/withdraw", words.withdraw);
    }
    let action = address("/consent", lang);
    format!(
        "<form method=\"post\" action=\"{action}\" autocomplete=\"off\">{fieldsets}\
         <div class=\"buttons\">{buttons}</div></form>"
    )
}

fn fieldset(consent: &Consent, lang: Lang, category: CategoryRef<'_>) -> String {
    let words = lang.words();
    let title = policy_text(lang, category.title(), category.id());
    let purpose = category.purpose().map(|text| policy_text(lang, Some(text), ""));
    let purpose = purpose.map_or(String::new(), |text| format!("<p>{text}</p>"));
    let boxes = match category.basis() {
        Basis::Necessary => format!(r#"<p class="fixed">{}</p>"#, words.always),
        Basis::Prohibited => format!(r#"<p class="fixed">{}</p>"#, words.never),
        _ => {
            let services = category.services().map(|service| {
                let title = policy_text(lang, service.title(), service.id());
                let purpose = service.purpose().map(|text| policy_text(lang, Some(text), ""));
                let purpose = purpose.map_or(String::new(), |text| format!(" – {text}"));
                checkbox(consent, service.id(), &(title + &purpose))
            });
            let services = format!(r#"<div class="services">{}</div>"#, all(services));
            checkbox(consent, category.id(), words.allow_category) + &services
        }
    };
    let declared = declared(lang, category);
    format!("<fieldset><legend>{title}</legend>{purpose}{boxes}{declared}</fieldset>")
}

/// A box that is ticked if the visitor allows what it stands for, and never before they do.
fn checkbox(consent: &Consent, id: &str, label: &str) -> String {
    let allowed = consent.allows(id);
    let id = escaped(id);
    let checked = if allowed { " checked" } else { "" };
    let shown = format!(r#"<input type="hidden" name="{SHOWN}" value="{id}">"#);
    format!(
        "<label><input type=\"checkbox\" name=\"{GRANT}\" value=\"{id}\"{checked}>\
         <span>{label}</span></label>{}",
        if allowed { &shown } else { "" },
    )
}

/// The cookies of a category and of its services, folded up.
fn declared(lang: Lang, category: CategoryRef<'_>) -> String {
    let words = lang.words();
    let of_services = category.services().flat_map(|service| service.declarations());
    let declarations: Vec<_> = category.declarations().chain(of_services).collect();
    if declarations.is_empty() {
        return String::new();
    }
    let rows = declarations.iter().map(|declaration| row(lang, *declaration));
    format!(
        "<details><summary>{} ({})</summary>{}</details>",
        words.cookies_of,
        declarations.len(),
        table([words.name, words.purpose, words.lifetime], rows),
    )
}

fn row(lang: Lang, declaration: DeclarationRef<'_>) -> [String; 3] {
    let service = declaration.service();
    let purpose = declaration
        .purpose()
        .or_else(|| service?.purpose())
        .or_else(|| service?.title())
        .or_else(|| service?.provider())
        .or_else(|| declaration.category().purpose());
    let unlimited = || lang.words().unlimited.to_owned();
    let lifetime = declaration.max_lifetime().map_or_else(unlimited, |lifetime| {
        escaped(&lifetime.display_in(lang.language()).to_string())
    });
    let name = format!("<code>{}</code>", escaped(declaration.name()));
    [name, policy_text(lang, purpose, ""), lifetime]
}

fn cookies(consent: &Consent, lang: Lang, sent: &[Sent]) -> String {
    let words = lang.words();
    if sent.is_empty() {
        return format!("<p>{}</p>", words.no_cookies);
    }
    let rows = sent.iter().map(|cookie| {
        let category = cookie.category.as_deref().map(|id| {
            let category = consent.registry().category(id);
            policy_text(lang, category.and_then(|category| category.title()), id)
        });
        let name = format!("<code>{}</code>", escaped(&cookie.name));
        [name, category.unwrap_or_else(|| words.undeclared.to_owned())]
    });
    table([words.name, words.category], rows)
}

fn table<const N: usize>(titles: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let titles = titles.map(|title| format!(r#"<th scope="col">{title}</th>"#)).concat();
    let cells = |row: [String; N]| row.map(|cell| format!("<td>{cell}</td>")).concat();
    let rows = all(rows.map(|row| format!("<tr>{}</tr>", cells(row))));
    format!("<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>")
}

fn account(lang: Lang, user: Option<&str>) -> String {
    let words = lang.words();
    match user {
        Some(user) => format!(
            "<form method=\"post\" action=\"{}\"><p>{} <strong>{}</strong></p>\
             <button>{}</button></form>",
            address("/logout", lang),
            words.logged_in_as,
            escaped(user),
            words.log_out,
        ),
        None => format!(
            "<form method=\"post\" action=\"{}\"><label for=\"name\">{}</label>\
             <div class=\"buttons\"><input id=\"name\" name=\"name\" required maxlength=\"60\" \
             autocomplete=\"username\"><button>{}</button></div></form>",
            address("/login", lang),
            words.user_name,
            words.log_in,
        ),
    }
}

/// A text of the policy, marked with its language where that is not the page's.
fn policy_text(lang: Lang, text: Option<&Text>, fallback: &str) -> String {
    let translated = text.is_none_or(|text| text.languages().any(|tag| tag == lang.tag()));
    let foreign = !translated && lang.tag() != POLICY_LANG;
    let text = escaped(text.map_or(fallback, |text| text.get(lang.tag())));
    if foreign { format!(r#"<span lang="{POLICY_LANG}">{text}</span>"#) } else { text }
}

fn all(parts: impl Iterator<Item = String>) -> String {
    parts.collect()
}

/// A text with nothing in it that HTML would take for its own.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}
