//! Reads texts that speak of a lifetime in words alone.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::token::Token;
use crate::lifetime::vocabulary::{find, starts};
use crate::lifetime::words::Role;

/// Returns what a text without any number means; `None` where its words say nothing known.
pub(super) fn of_words(text: &str, tokens: &[Token]) -> Option<Result<MaxLifetime, LifetimeError>> {
    if is_session(tokens) {
        return Some(Ok(MaxLifetime::Session));
    }
    let over = || is_whole(tokens, Role::Over).then_some(LifetimeError::Over);
    no_end(text, tokens).or_else(over).map(Err)
}

/// Why words that are no lifetime promise no end.
pub(super) fn no_end(text: &str, tokens: &[Token]) -> Option<LifetimeError> {
    let quoted = |found| quoted(text, found);
    let unlimited = |word| LifetimeError::Unlimited { word: quoted(word) };
    let without = |role| find(tokens, role);
    let endless = without(Role::Unlimited).or_else(|| without(Role::Persistent));
    endless
        .or_else(|| until_deletion(tokens))
        .map(unlimited)
        .or_else(|| {
            without(Role::OtherSession)
                .map(|found| LifetimeError::OtherSession { found: quoted(found) })
        })
        .or_else(|| without(Role::Vague).map(|found| LifetimeError::Vague { found: quoted(found) }))
}

/// "Until you delete it" leaves the end to the visitor.
fn until_deletion(tokens: &[Token]) -> Option<&[Token]> {
    let start = (0..tokens.len()).find(|at| starts(&tokens[*at..], Role::Until) > 0)?;
    let end = (start..tokens.len()).find(|at| starts(&tokens[*at..], Role::Deletion) > 0)?;
    Some(&tokens[start..=end])
}

/// Says whether a text states nothing at all.
pub(super) fn is_unstated(text: &str, tokens: &[Token]) -> bool {
    !text.contains(char::is_alphanumeric) || is_whole(tokens, Role::Unstated)
}

/// Says whether these words speak of the browser's session or of closing the browser, of nothing
/// unlimited, and of no time besides, as "a year after the session" does.
pub(super) fn is_session(tokens: &[Token]) -> bool {
    let has = |role| find(tokens, role).is_some();
    (has(Role::Session) && !has(Role::OtherSession) || has(Role::Browser) && has(Role::Closing))
        && !has(Role::Unlimited)
        && !has(Role::Persistent)
        && !names_a_time(tokens)
}

/// Says whether a unit stands there. One of one or two letters only counts behind a word for one:
/// the `s` of "the user's browser" is no second.
fn names_a_time(tokens: &[Token]) -> bool {
    let is_long = |token: &Token| token.word().is_some_and(|word| word.len() > 2);
    tokens.iter().any(|token| token.unit().is_some() && is_long(token)) || counts_a_unit(tokens)
}

/// Says whether a unit stands behind a word for one.
pub(super) fn counts_a_unit(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|pair| starts(pair, Role::One) == 1 && pair[1].unit().is_some())
}

/// Says whether these words name what may happen at every visit, and no more: no other time, and
/// nothing that leaves the end open. Nothing named is harmless.
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
