//! What a text says about a lifetime in words alone.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::token::Token;
use crate::lifetime::vocabulary::{find, starts};
use crate::lifetime::words::Role;

/// What a text without any number means; `None` where its words say nothing known.
pub(super) fn of_words(text: &str, tokens: &[Token]) -> Option<Result<MaxLifetime, LifetimeError>> {
    if let Some(word) = unlimited(text, tokens) {
        return Some(Err(LifetimeError::Unlimited { word }));
    }
    if is_session(tokens) {
        return Some(Ok(MaxLifetime::Session));
    }
    if let Some(vague) = find(tokens, Role::Vague) {
        return Some(Err(LifetimeError::Vague { found: quoted(text, vague) }));
    }
    is_whole(tokens, Role::Over).then_some(Err(LifetimeError::Over))
}

/// Says whether a text states nothing at all.
pub(super) fn is_unstated(text: &str, tokens: &[Token]) -> bool {
    !text.contains(char::is_alphanumeric) || is_whole(tokens, Role::Unstated)
}

/// The words, as they stand in the text, by which it promises no end.
pub(super) fn unlimited(text: &str, tokens: &[Token]) -> Option<String> {
    find(tokens, Role::Unlimited).map(|found| quoted(text, found))
}

/// Says whether these words speak of a session or of closing the browser, of nothing unlimited, and
/// of no time besides, as "a year after the session" does.
pub(super) fn is_session(tokens: &[Token]) -> bool {
    let has = |role| find(tokens, role).is_some();
    (has(Role::Session) || has(Role::Browser) && has(Role::Closing))
        && !has(Role::Unlimited)
        && !names_a_time(tokens)
}

/// Says whether a unit stands there. One of one or two letters only counts behind a word for one:
/// the `s` of "the user's browser" is no second.
fn names_a_time(tokens: &[Token]) -> bool {
    let is_long = |token: &Token| token.word().is_some_and(|word| word.len() > 2);
    tokens.iter().any(|token| token.unit().is_some() && is_long(token))
        || tokens.windows(2).any(|pair| starts(pair, Role::One) == 1 && pair[1].unit().is_some())
}

fn is_whole(tokens: &[Token], role: Role) -> bool {
    !tokens.is_empty() && starts(tokens, role) == tokens.len()
}

/// These tokens as they stand in the text.
pub(super) fn quoted(text: &str, tokens: &[Token]) -> String {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => text[first.start..last.end].to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::vocabulary::read;

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
            assert_eq!(is_session(&read(text).unwrap()), want, "{text}");
        }
    }

    #[test]
    fn the_longest_phrase_is_taken() {
        for (text, want) in [("bis zu 2", 2), ("bis 2", 1), ("fino 2", 0), ("", 0)] {
            assert_eq!(starts(&read(text).unwrap(), Role::UpTo), want, "{text}");
        }
    }
}
