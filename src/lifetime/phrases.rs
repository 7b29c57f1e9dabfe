//! What a text says about a lifetime in words alone.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::language::{
    BROWSER, CLOSING, ONE, OVER, SESSION, UNLIMITED, UNSTATED, Unit, VAGUE,
};
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::token::Token;

/// What a text without any number means; `None` where its words say nothing known.
pub(super) fn of_words(text: &str, tokens: &[Token]) -> Option<Result<MaxLifetime, LifetimeError>> {
    if let Some(word) = unlimited(text, tokens) {
        return Some(Err(LifetimeError::Unlimited { word }));
    }
    if is_session(tokens) {
        return Some(Ok(MaxLifetime::Session));
    }
    if let Some(vague) = find(tokens, VAGUE) {
        return Some(Err(LifetimeError::Vague { found: quoted(text, vague) }));
    }
    is_whole(tokens, OVER).then_some(Err(LifetimeError::Over))
}

/// Whether a text states nothing at all.
pub(super) fn is_unstated(text: &str, tokens: &[Token]) -> bool {
    !text.contains(char::is_alphanumeric) || is_whole(tokens, UNSTATED)
}

/// The words, as they stand in the text, by which it promises no end.
pub(super) fn unlimited(text: &str, tokens: &[Token]) -> Option<String> {
    find(tokens, UNLIMITED).map(|found| quoted(text, found))
}

/// Whether these words speak of a session or of closing the browser, of nothing unlimited, and of
/// no time besides, as "a year after the session" does.
pub(super) fn is_session(tokens: &[Token]) -> bool {
    let has = |phrases| find(tokens, phrases).is_some();
    (has(SESSION) || has(BROWSER) && has(CLOSING)) && !has(UNLIMITED) && !names_a_time(tokens)
}

/// Whether a unit stands there. One of one or two letters only behind a word for one: the `s` of
/// "the user's browser" is no second.
fn names_a_time(tokens: &[Token]) -> bool {
    let unit = |token: &Token| token.word().is_some_and(|word| Unit::named(word).is_some());
    let one = |token: &Token| token.word().is_some_and(|word| ONE.contains(&word));
    tokens.iter().any(|token| unit(token) && token.word().is_some_and(|word| word.len() > 2))
        || tokens.windows(2).any(|pair| one(&pair[0]) && unit(&pair[1]))
}

/// How many tokens the longest of `phrases` takes at the start of these; 0 if none stands there.
pub(super) fn starts(tokens: &[Token], phrases: &[&str]) -> usize {
    let length = |phrase: &&str| {
        let mut length = 0;
        for part in phrase.split(' ') {
            if !tokens.get(length)?.word().is_some_and(|word| fits(part, word)) {
                return None;
            }
            length += 1;
        }
        Some(length)
    };
    phrases.iter().filter_map(length).max().unwrap_or(0)
}

fn find<'t>(tokens: &'t [Token], phrases: &[&str]) -> Option<&'t [Token]> {
    (0..tokens.len()).find_map(|start| {
        let rest = &tokens[start..];
        Some(starts(rest, phrases)).filter(|length| *length > 0).map(|length| &rest[..length])
    })
}

fn is_whole(tokens: &[Token], phrases: &[&str]) -> bool {
    !tokens.is_empty() && starts(tokens, phrases) == tokens.len()
}

fn fits(part: &str, word: &str) -> bool {
    match (part.strip_prefix('*'), part.strip_suffix('*')) {
        (None, None) => word == part,
        (None, Some(start)) => word.starts_with(start),
        (Some(inner), None) => word.ends_with(inner),
        (Some(inner), Some(_)) => word.contains(inner.trim_end_matches('*')),
    }
}

fn quoted(text: &str, tokens: &[Token]) -> String {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => text[first.start..last.end].to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::token::tokens;

    #[test]
    fn r10_sessions_are_told_in_many_words() {
        for (text, want) in [
            ("end of session", true),
            ("Browsersitzung", true),
            ("until the browser is closed", true),
            ("the user's browser", false),
            ("when the shop closes", false),
            ("persistent session", false),
            ("a year after the session", false),
            ("", false),
        ] {
            assert_eq!(is_session(&tokens(text).unwrap()), want, "{text}");
        }
    }

    #[test]
    fn the_longest_phrase_is_taken() {
        for (text, want) in [("bis zu 2", 2), ("bis 2", 1), ("fino 2", 0), ("", 0)] {
            assert_eq!(
                starts(&tokens(text).unwrap(), &["bis", "bis zu", "fino a"]),
                want,
                "{text}"
            );
        }
    }
}
