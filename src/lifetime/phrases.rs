//! Reads texts that describe a lifetime without any number.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::token::Token;
use crate::lifetime::vocabulary::{find, starts};
use crate::lifetime::words::Role;

/// Returns the meaning of a text without any number, or `None` if none of its words is known.
pub(super) fn of_words(text: &str, tokens: &[Token]) -> Option<Result<MaxLifetime, LifetimeError>> {
    if is_session(tokens) {
        return Some(Ok(MaxLifetime::Session));
    }
    let over = || is_whole(tokens, Role::Over).then_some(LifetimeError::Over);
    no_end(text, tokens).or_else(over).map(Err)
}

/// Returns the reason why these words have no definite end, or `None` if they do not say so.
pub(super) fn no_end(text: &str, tokens: &[Token]) -> Option<LifetimeError> {
    let words = |role| find(tokens, role).map(|found| quoted(text, found));
    let until_deletion = || until_deletion(tokens).map(|found| quoted(text, found));
    let unlimited = words(Role::Unlimited).or_else(|| words(Role::Persistent));
    if let Some(word) = unlimited.or_else(until_deletion) {
        return Some(LifetimeError::Unlimited { word });
    }
    if let Some(found) = words(Role::OtherSession) {
        return Some(LifetimeError::OtherSession { found });
    }
    words(Role::Vague).map(|found| LifetimeError::Vague { found })
}

/// Finds words such as "until you delete it", which leave the end to the visitor.
fn until_deletion(tokens: &[Token]) -> Option<&[Token]> {
    let start = (0..tokens.len()).find(|at| starts(&tokens[*at..], Role::Until) > 0)?;
    let end = (start..tokens.len()).find(|at| starts(&tokens[*at..], Role::Deletion) > 0)?;
    Some(&tokens[start..=end])
}

/// Returns whether a text states nothing at all.
pub(super) fn is_unstated(text: &str, tokens: &[Token]) -> bool {
    !text.contains(char::is_alphanumeric) || is_whole(tokens, Role::Unstated)
}

/// Returns whether these words mean the browser's session. They have to name that session or the
/// closing of the browser, and must name nothing unlimited and no time besides, as "a year after
/// the session" does.
pub(super) fn is_session(tokens: &[Token]) -> bool {
    let has = |role| find(tokens, role).is_some();
    (has(Role::Session) && !has(Role::OtherSession) || has(Role::Browser) && has(Role::Closing))
        && !has(Role::Unlimited)
        && !has(Role::Persistent)
        && !names_a_time(tokens)
}

/// Returns whether these words include a unit of time. A unit of one or two letters counts only
/// behind a word for "one": the `s` of "the user's browser" does not mean seconds.
fn names_a_time(tokens: &[Token]) -> bool {
    let is_long = |token: &Token| token.word().is_some_and(|word| word.len() > 2);
    tokens.iter().any(|token| token.unit().is_some() && is_long(token)) || counts_a_unit(tokens)
}

/// Returns whether a unit stands right behind a word for "one".
pub(super) fn counts_a_unit(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|pair| starts(pair, Role::One) == 1 && pair[1].unit().is_some())
}

/// Returns whether these words, which say from when a time counts, name something that may happen
/// at every visit. They must name no other time, and nothing that leaves the end open. If they name
/// nothing at all, they change nothing.
pub(super) fn is_start(clause: &[Token]) -> bool {
    let has = |role| find(clause, role).is_some();
    let open = [Role::Unlimited, Role::Persistent, Role::Deletion, Role::Vague];
    (clause.is_empty() || has(Role::Event))
        && !clause.iter().any(Token::is_number)
        && !counts_a_unit(clause)
        && !open.into_iter().any(has)
}

fn is_whole(tokens: &[Token], role: Role) -> bool {
    !tokens.is_empty() && starts(tokens, role) == tokens.len()
}

/// Returns the part of the text from which these tokens were made.
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
