//! The words of the pages: a file for each language, and a line for each here.

/// Writes the words of a language, each as a text that the site may replace.
macro_rules! words {
    ($($name:ident: $text:literal,)+) => {
        Words { $($name: ::std::borrow::Cow::Borrowed($text),)+ }
    };
}

mod en;
mod fr;
mod texts;

pub use crate::pages::words::texts::Words;

use crate::registry::Language;

/// The words of every language, in the order of the languages' tags.
pub(super) fn all() -> Vec<(Language, Words)> {
    vec![(Language::ENGLISH, en::WORDS), (Language::FRENCH, fr::WORDS)]
}
