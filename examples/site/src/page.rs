//! The site's own pages.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::registry::Language;
use tower_cookie_consent::{Consent, RequestHeaders};

use crate::policies::Site;
use crate::words::{self, LANGUAGES};
use crate::{inventory, login, set};

/// The parts of every page.
pub(crate) struct Frame<'a> {
    pub(crate) site: &'a Site,
    pub(crate) pages: &'a Pages,
    pub(crate) consent: &'a Consent,
    /// The cookies of the request that the layer let in.
    pub(crate) let_in: &'a RequestHeaders,
    pub(crate) language: Language,
}

/// A path of this site that keeps the language.
pub(crate) fn address(path: &str, language: Language) -> String {
    format!("{path}?lang={}", language.tag())
}

impl Frame<'_> {
    /// The front page.
    pub(crate) fn home(&self) -> Markup {
        let words = words::of(self.language);
        self.page(
            self.site.name,
            &html! {
                p { (words.intro) }
                h2 { (words.your_cookies) }
                (self.cookies())
                h2 { (words.try_it) }
                p { (words.try_intro) }
                ul {
                    @for kind in set::names(self.site.kinds) {
                        @let path = format!("/set/{kind}");
                        li { a href=(address(&path, self.language)) { code dir="ltr" { (path) } } }
                    }
                }
                h2 { (words.account) }
                p { (words.account_intro) }
                (self.account())
            },
        )
    }

    /// The answer to `/set/…`.
    pub(crate) fn attempted(&self, kind: &str, attempts: &[String]) -> Markup {
        let words = words::of(self.language);
        self.page(
            &format!("{} – {kind}", words.attempted),
            &html! {
                p { (words.attempted_intro) }
                ul { @for line in attempts { li { code dir="ltr" { (line) } } } }
                p { a href=(address("/", self.language)) { (words.back) } }
            },
        )
    }

    /// A page with the banner, and a link to change one's mind at its end.
    fn page(&self, title: &str, content: &Markup) -> Markup {
        let Frame { pages, consent, language, .. } = self;
        html! {
            (DOCTYPE)
            html lang=(language.tag()) dir=(words::direction(*language)) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) }
                    style { (PreEscaped(include_str!("style.css"))) }
                    (PreEscaped(pages.head()))
                }
                body {
                    (PreEscaped(pages.banner(consent, *language)))
                    main {
                        nav {
                            @for other in LANGUAGES.into_iter().filter(|other| other != language) {
                                a href=(address("/", other)) lang=(other.tag()) { (words::of(other).name) } " "
                            }
                        }
                        h1 { (title) }
                        (content)
                        footer { (PreEscaped(pages.manage(*language))) }
                    }
                }
            }
        }
    }

    /// The cookies that the visitor's browser sent.
    fn cookies(&self) -> Markup {
        let words = words::of(self.language);
        let sent = inventory::sent(self.consent, self.let_in);
        html! {
            @if sent.is_empty() { p { (words.no_cookies) } } @else {
                table {
                    thead {
                        tr { @for word in [words.cookie, words.category, words.read] { th scope="col" { (word) } } }
                    }
                    tbody {
                        @for cookie in sent {
                            tr {
                                td { code dir="ltr" { (cookie.name) } }
                                td { (cookie.category.as_deref().unwrap_or(words.undeclared)) }
                                td { (if cookie.read { words.yes } else { words.no }) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn account(&self) -> Markup {
        let words = words::of(self.language);
        html! {
            @if let Some(user) = login::user(self.consent, self.site) {
                form method="post" action=(address("/logout", self.language)) {
                    p { (words.logged_in_as) " " strong { (user) } }
                    button { (words.log_out) }
                }
            } @else {
                form method="post" action=(address("/login", self.language)) {
                    p { label { (words.user_name) " " input name="name" autocomplete="username" required; } }
                    button { (words.log_in) }
                }
            }
        }
    }
}
