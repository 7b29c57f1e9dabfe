//! The phrases of all languages, found in a text.

use std::sync::LazyLock;

use crate::lifetime::error::LifetimeError;
use crate::lifetime::token::{Token, fold, tokens};
use crate::lifetime::words::{Language, Role};

/// Signs are the same in all languages.
const SIGNS: &[(Role, &str)] =
    &[(Role::And, ","), (Role::Or, "/"), (Role::To, "-"), (Role::AtMost, "<"), (Role::AtMost, "≤")];

struct Phrase {
    role: Role,
    /// Folded as tokens are. A `*` stands for any beginning or ending.
    words: Vec<String>,
}

/// Built once: a registry has thousands of lifetimes to read.
static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let in_words = Language::ALL.iter().flat_map(|language| language.0.phrases);
    let in_words = in_words.flat_map(|(role, list)| list.split(", ").map(|text| (*role, text)));
    SIGNS.iter().copied().chain(in_words).map(|(role, text)| Phrase::new(role, text)).collect()
});

impl Phrase {
    fn new(role: Role, text: &str) -> Self {
        let words = text
            .split(' ')
            .flat_map(|part| if part.contains('*') { vec![fold(part)] } else { words(part) });
        Self { role, words: words.collect() }
    }

    fn starts(&self, tokens: &[Token]) -> bool {
        self.words.len() <= tokens.len()
            && self
                .words
                .iter()
                .zip(tokens)
                .all(|(pattern, token)| token.word().is_some_and(|word| fits(pattern, word)))
    }
}

/// The words of a phrase without `*`: `jusqu’à` are two.
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

/// Splits a text, and notes at each token which phrases start there.
pub(super) fn read(text: &str) -> Result<Vec<Token>, LifetimeError> {
    let mut tokens = tokens(text)?;
    for start in 0..tokens.len() {
        let found = PHRASES.iter().filter(|phrase| phrase.starts(&tokens[start..]));
        tokens[start].phrases = found.map(|phrase| (phrase.role, phrase.words.len())).collect();
    }
    Ok(tokens)
}

/// How many tokens the longest phrase of this role takes at their start; 0 if none stands there.
pub(super) fn starts(tokens: &[Token], role: Role) -> usize {
    let phrases = tokens.first().map_or(&[][..], |first| &first.phrases);
    let of_role = phrases.iter().filter(|(own, length)| *own == role && *length <= tokens.len());
    of_role.map(|(_, length)| *length).max().unwrap_or(0)
}

/// The first phrase of this role.
pub(super) fn find(tokens: &[Token], role: Role) -> Option<&[Token]> {
    (0..tokens.len()).find_map(|start| {
        let rest = &tokens[start..];
        Some(starts(rest, role)).filter(|length| *length > 0).map(|length| &rest[..length])
    })
}
