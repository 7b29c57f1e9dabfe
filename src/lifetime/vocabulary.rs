//! Finds the phrases of all languages in a text.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lifetime::error::LifetimeError;
use crate::lifetime::token::{Token, fold, tokens};
use crate::lifetime::words::{Language, Role};

/// The meanings of signs, which are the same in all languages.
#[rustfmt::skip]
const SIGNS: &[(Role, &str)] = &[
    (Role::And, ","), (Role::Or, "/"), (Role::To, "-"), (Role::To, "→"), (Role::Equals, "="),
    (Role::AtMost, "<"), (Role::AtMost, "<="), (Role::AtMost, "≤"), (Role::Vague, ">"), (Role::Vague, "≥"),
    (Role::Vague, "~"), (Role::Vague, "≈"), (Role::Vague, "±"), (Role::Vague, "+"),
    (Role::Lead, ":"), (Role::Lead, "("),
];

/// Longer texts are refused: no page needs more words for a lifetime, and the time to read a text
/// grows faster than its length.
const MOST_TOKENS: usize = 64;

struct Phrase {
    role: Role,
    /// The words, folded as tokens are. A `*` stands for any beginning or ending.
    words: Vec<String>,
}

/// The phrases of all languages, indexed by their first word and built only once, since a registry
/// may have thousands of lifetimes to read.
#[derive(Default)]
struct Phrases {
    by_word: HashMap<String, Vec<Phrase>>,
    /// The phrases whose first word has a `*`.
    others: Vec<Phrase>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let in_words = Language::ALL.iter().flat_map(|language| language.0.phrases);
    let in_words = in_words.flat_map(|(role, list)| list.split(", ").map(|text| (*role, text)));
    let mut phrases = Phrases::default();
    for (role, text) in SIGNS.iter().copied().chain(in_words) {
        let phrase = Phrase::new(role, text);
        match phrase.words.first() {
            Some(word) if !word.contains('*') => {
                phrases.by_word.entry(word.clone()).or_default().push(phrase);
            }
            _ => phrases.others.push(phrase),
        }
    }
    phrases
});

impl Phrases {
    /// Returns the phrases at the start of these tokens, each with its length.
    fn at(&self, tokens: &[Token]) -> Vec<(Role, usize)> {
        let same_word = tokens.first().and_then(|first| self.by_word.get(first.word()?));
        let candidates = same_word.into_iter().flatten().chain(&self.others);
        let found = candidates.filter(|phrase| phrase.starts(tokens));
        found.map(|phrase| (phrase.role, phrase.words.len())).collect()
    }
}

impl Phrase {
    fn new(role: Role, text: &str) -> Self {
        let words = text
            .split(' ')
            .flat_map(|part| if part.contains('*') { vec![fold(part)] } else { words(part) });
        Self { role, words: words.collect() }
    }

    fn starts(&self, tokens: &[Token]) -> bool {
        let fits = |(pattern, token): (&String, &Token)| {
            token.word().is_some_and(|word| fits(pattern, word))
        };
        self.words.len() <= tokens.len() && self.words.iter().zip(tokens).all(fits)
    }
}

/// Splits a part of a phrase that has no `*` into words: `jusqu’à` makes two.
fn words(part: &str) -> Vec<String> {
    let tokens = tokens(part).unwrap_or_default();
    tokens.iter().filter_map(|token| token.word().map(str::to_owned)).collect()
}

fn fits(pattern: &str, word: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (None, None) => word == pattern,
        (None, Some(start)) => word.starts_with(start),
        (Some(end), None) => word.ends_with(end),
        (Some(inner), Some(_)) => word.contains(inner.trim_end_matches('*')),
    }
}

/// Splits a text into tokens, and stores with each token the phrases that start there.
pub(super) fn read(text: &str) -> Result<Vec<Token>, LifetimeError> {
    let mut tokens = tokens(text)?;
    if let Some(further) = tokens.get(MOST_TOKENS) {
        return Err(LifetimeError::Trailing { found: text[further.start..].to_owned() });
    }
    for start in 0..tokens.len() {
        tokens[start].phrases = PHRASES.at(&tokens[start..]);
    }
    Ok(tokens)
}

/// Returns the length in tokens of the longest phrase with this role at the start, or 0 if there is
/// none.
pub(super) fn starts(tokens: &[Token], role: Role) -> usize {
    let phrases = tokens.first().map_or(&[][..], |first| &first.phrases);
    let of_role = phrases.iter().filter(|(own, length)| *own == role && *length <= tokens.len());
    of_role.map(|(_, length)| *length).max().unwrap_or(0)
}

/// Returns the first phrase with this role.
pub(super) fn find(tokens: &[Token], role: Role) -> Option<&[Token]> {
    (0..tokens.len()).find_map(|start| {
        let rest = &tokens[start..];
        Some(starts(rest, role)).filter(|length| *length > 0).map(|length| &rest[..length])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::unit::Unit;

    /// A typing error in a list, such as a comma at its end, must not match everything.
    #[test]
    fn every_phrase_has_words() {
        for language in Language::ALL {
            for (role, list) in language.0.phrases {
                for text in list.split(", ") {
                    let phrase = Phrase::new(*role, text);
                    let is_word = |word: &String| {
                        let letters = word.trim_matches('*');
                        !letters.is_empty() && !letters.contains('*') && !letters.contains(',')
                    };
                    let are_words = !phrase.words.is_empty() && phrase.words.iter().all(is_word);
                    assert!(are_words, "{language}: {list:?} has {text:?}");
                }
            }
        }
    }

    /// A role that has no words in one language would be refused in that language alone.
    #[test]
    fn every_language_has_words_for_every_role() {
        let roles = [
            Role::Unit(Unit::Second),
            Role::Unit(Unit::Week),
            Role::Unit(Unit::Year),
            Role::One,
            Role::Half,
            Role::And,
            Role::Or,
            Role::UpTo,
            Role::Between,
            Role::Equals,
            Role::AtMost,
            Role::Vague,
            Role::Lead,
            Role::Note,
            Role::Persistent,
            Role::From,
            Role::After,
            Role::Event,
            Role::Once,
            Role::Session,
            Role::OtherSession,
            Role::Browser,
            Role::Closing,
            Role::Unlimited,
            Role::Until,
            Role::Deletion,
            Role::Over,
            Role::Unstated,
        ];
        let numbers = (2..=13).chain([30]).map(Role::Number);
        for role in roles.into_iter().chain(numbers) {
            for language in Language::ALL {
                let has_role = language.0.phrases.iter().any(|(own, _)| *own == role);
                assert!(has_role, "{language} has nothing for {role:?}");
            }
        }
    }

    #[test]
    fn a_star_stands_for_any_beginning_or_ending() {
        for (pattern, word, want) in [
            ("session", "session", true),
            ("session", "sessions", false),
            ("clos*", "closing", true),
            ("clos*", "enclosed", false),
            ("*cookie", "sitzungscookie", true),
            ("*cookie", "cookies", false),
            ("*session*", "sessioncookies", true),
            ("*session*", "sesion", false),
        ] {
            assert_eq!(fits(pattern, word), want, "{pattern} {word}");
        }
    }

    #[test]
    fn r14_a_text_of_too_many_words_is_refused() {
        assert!(read(&"a ".repeat(MOST_TOKENS)).is_ok());
        let error = read(&"a ".repeat(MOST_TOKENS + 1));
        assert_eq!(error, Err(LifetimeError::Trailing { found: "a ".to_owned() }));
    }
}
