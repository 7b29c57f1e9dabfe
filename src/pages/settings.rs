//! The settings of a site for its pages.

use std::sync::Arc;

use crate::pages::words::{self, Words};
use crate::policy::ConsentRecord;
use crate::registry::Language;

/// The meaning of closing the banner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Closing {
    /// The visitor refuses, and is not asked again.
    Refuses,
    /// The visitor decides nothing: the banner is gone from this page, and is back on the next. It
    /// takes the script, without which there is no such button.
    DecidesNothing,
}

/// The site's closure that is given the record of each choice.
pub(super) type OnChoice = dyn Fn(ConsentRecord) + Send + Sync;

#[derive(Clone)]
pub(super) struct Settings {
    /// The path of the service: without a slash at the end, and so empty for the root.
    pub(super) base: String,
    pub(super) languages: Vec<Language>,
    /// The language of the registry's plain texts.
    pub(super) texts_in: Option<String>,
    pub(super) closing: Option<Closing>,
    pub(super) on_choice: Option<Arc<OnChoice>>,
    words: Vec<(Language, Words)>,
}

impl Default for Settings {
    fn default() -> Self {
        let words = words::all();
        let mut languages: Vec<_> = words.iter().map(|(language, _)| *language).collect();
        // English is for those who ask for no language that there is.
        languages.sort_by_key(|language| *language != Language::ENGLISH);
        Settings {
            base: "/cookies".to_owned(),
            languages,
            texts_in: None,
            closing: None,
            on_choice: None,
            words,
        }
    }
}

impl Settings {
    /// Returns the words of a language; English ones for a language without words.
    pub(super) fn words(&self, language: Language) -> &Words {
        &self.words[self.index(language)].1
    }

    pub(super) fn words_mut(&mut self, language: Language) -> &mut Words {
        let index = self.index(language);
        &mut self.words[index].1
    }

    fn index(&self, language: Language) -> usize {
        let of = |wanted: Language| self.words.iter().position(|(known, _)| *known == wanted);
        of(language).or_else(|| of(Language::ENGLISH)).unwrap_or_default()
    }
}

impl Settings {
    /// Returns the address of the service's own page.
    pub(super) fn root(&self) -> &str {
        if self.base.is_empty() { "/" } else { &self.base }
    }
}
