//! The words for `SameSite` in a registry file.

use std::str::FromStr;

use crate::registry::declare::word::{UnknownWord, Word};
use crate::set_cookie::SameSite;

impl Word for SameSite {
    const WHAT: &'static str = "SameSite";
    const WORDS: &'static [(&'static str, Self)] = &[
        (SameSite::Strict.as_str(), SameSite::Strict),
        (SameSite::Lax.as_str(), SameSite::Lax),
        (SameSite::None.as_str(), SameSite::None),
    ];
    const SYNONYMS: &'static [(&'static str, &'static str)] = &[];
}

/// Parses a word in upper or lower case.
impl FromStr for SameSite {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Word::from_word(text)
    }
}
