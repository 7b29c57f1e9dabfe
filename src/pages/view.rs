//! The language in which a page is shown, and the addresses to which it leads.

use crate::pages::query::query;
use crate::pages::settings::Settings;
use crate::pages::words::Words;
use crate::registry::{Language, MaxLifetime};

/// The settings of a site, with the language and the words of one page.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) settings: &'a Settings,
    pub(super) language: Language,
    pub(super) words: &'a Words,
}

impl<'a> View<'a> {
    pub(super) fn new(settings: &'a Settings, language: Language) -> Self {
        View { settings, language, words: settings.words(language) }
    }

    /// Returns the language's tag, for the attribute `lang`.
    pub(super) fn lang(&self) -> &'static str {
        self.language.tag()
    }

    /// Returns the direction of its script, for the attribute `dir`.
    pub(super) fn dir(&self) -> &'static str {
        if self.language == Language::ARABIC { "rtl" } else { "ltr" }
    }

    /// Returns the address to which the forms are sent.
    pub(super) fn action(&self) -> &'a str {
        self.settings.root()
    }

    /// Returns the service's own page in this language, with the page to which it leads back.
    pub(super) fn own_page(&self, back: Option<&str>) -> String {
        self.own_page_in(self.language, back)
    }

    /// Returns the same in another language.
    pub(super) fn own_page_in(&self, language: Language, back: Option<&str>) -> String {
        let back = back.map(|path| ("back", path));
        let pairs = [("lang", language.tag())].into_iter().chain(back);
        format!("{}?{}", self.settings.root(), query(pairs))
    }

    pub(super) fn lifetime(&self, lifetime: MaxLifetime) -> String {
        lifetime.display_in(self.language).to_string()
    }
}
