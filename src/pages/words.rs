//! The words of the pages: a file for each language, and a line for each here.

/// Writes the words of a language, each as a text that the site may replace.
macro_rules! words {
    ($($name:ident: $text:literal,)+) => {
        Words { $($name: ::std::borrow::Cow::Borrowed($text),)+ }
    };
}

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod pl;
mod pt;
mod texts;

pub use crate::pages::words::texts::Words;

use crate::registry::Language;

/// Returns the words of every language, in the order of the languages' tags.
pub(super) fn all() -> Vec<(Language, Words)> {
    vec![
        (Language::ARABIC, ar::WORDS),
        (Language::GERMAN, de::WORDS),
        (Language::ENGLISH, en::WORDS),
        (Language::SPANISH, es::WORDS),
        (Language::FRENCH, fr::WORDS),
        (Language::ITALIAN, it::WORDS),
        (Language::DUTCH, nl::WORDS),
        (Language::POLISH, pl::WORDS),
        (Language::PORTUGUESE, pt::WORDS),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns every word of a language, as `Debug` shows them.
    fn texts(words: &Words) -> Vec<String> {
        let shown = format!("{words:#?}");
        let texts = shown.lines().filter_map(|line| line.trim().split_once(": "));
        texts.map(|(name, text)| format!("{name}: {text}")).collect()
    }

    #[test]
    fn every_language_that_prints_lifetimes_has_words() {
        let tags: Vec<_> = all().iter().map(|(language, _)| language.tag()).collect();
        let known: Vec<_> = Language::ALL.iter().map(|language| language.tag()).collect();
        assert_eq!(tags, known);
    }

    #[test]
    fn every_word_is_translated() {
        let english = texts(&en::WORDS);
        // Alike in other languages, and signs.
        let alike = ["version", "comma", "colon", "name"];
        for (language, words) in all() {
            assert!(words.counts_for.contains("{time}"), "{language}");
            let texts = texts(&words);
            assert_eq!(texts.len(), english.len(), "{language}");
            for (text, english) in texts.iter().zip(&english) {
                assert!(!text.contains("\"\""), "{language} says nothing: {text}");
                let is_alike = alike.iter().any(|name| text.starts_with(name));
                let same = language != Language::ENGLISH && text == english;
                assert!(!same || is_alike, "{language} speaks English: {text}");
            }
        }
    }
}
