//! The languages in which lifetimes are read and printed. Each has a file, and a line in this one.

use std::fmt;
use std::str::FromStr;

use crate::lifetime::words::Language;

macro_rules! languages {
    ($(mod $file:ident;)+) => {
        $(mod $file;)+

        impl Language {
            /// All languages, sorted by their tags.
            pub const ALL: &'static [Self] = &[$(Self(&$file::WORDS)),+];
        }
    };
}

languages! {
    mod ar;
    mod de;
    mod en;
    mod es;
    mod fr;
    mod it;
    mod nl;
    mod pl;
    mod pt;
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        let known = Self::ALL.iter().find(|known| known.tag().eq_ignore_ascii_case(language));
        known.copied().ok_or_else(|| UnknownLanguage { tag: tag.to_owned() })
    }
}

/// The error of parsing a tag whose language is not in [`Language::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage {
    tag: String,
}

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tags: Vec<_> = Language::ALL.iter().map(|language| language.tag()).collect();
        write!(
            f,
            "there are no words in the language {:?}; write one of {}",
            self.tag,
            tags.join(", ")
        )
    }
}

impl std::error::Error for UnknownLanguage {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_tag() {
        for (tag, want) in [
            ("fr", Some(Language::FRENCH)),
            ("fr-CA", Some(Language::FRENCH)),
            ("FR_ca", Some(Language::FRENCH)),
            ("de-Latn-DE", Some(Language::GERMAN)),
            ("", None),
            ("french", None),
            ("f", None),
            ("-fr", None),
        ] {
            assert_eq!(tag.parse().ok(), want, "{tag}");
        }
        for language in Language::ALL {
            assert_eq!(language.to_string().parse(), Ok(*language));
        }
        assert!(Language::ALL.is_sorted_by_key(|language| language.tag()));
    }

    #[test]
    fn r14_an_unknown_language_is_told_the_known_ones() {
        let error = "tlh".parse::<Language>().unwrap_err().to_string();
        assert!(error.contains("\"tlh\"") && error.contains("de, en, es"), "{error}");
    }
}
