//! Lifetimes as people write them on policy pages.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::language::{AND, AT_MOST, MOST, ONE, OR, TO, UNLIMITED, UP_TO, Unit};
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::phrases;
use crate::lifetime::phrases::starts;
use crate::lifetime::range::{End, Time, longest, missing_unit};
use crate::lifetime::token::{Kind, Token, tokens};

/// Reads one lifetime: of a range the upper end, of alternatives the longest.
pub(crate) fn parse(text: &str) -> Result<MaxLifetime, LifetimeError> {
    let text = text.trim();
    if is_iso_8601(text) {
        return Err(LifetimeError::Iso8601);
    }
    let tokens = tokens(text)?;
    if phrases::is_unstated(text, &tokens) {
        return Err(LifetimeError::Unstated);
    }
    Reader { text, rest: &tokens }.lifetime().or_else(|error| {
        let in_words = !text.contains(char::is_numeric);
        in_words.then(|| phrases::of_words(text, &tokens)).flatten().unwrap_or(Err(error))
    })
}

/// `P13M`, `PT1H30M`.
fn is_iso_8601(text: &str) -> bool {
    let designator = |c: char| c.is_ascii_digit() || "ymwdths.,".contains(c.to_ascii_lowercase());
    text.strip_prefix(['P', 'p']).is_some_and(|rest| {
        rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(designator)
    })
}

/// Reads tokens from left to right.
struct Reader<'t> {
    text: &'t str,
    rest: &'t [Token],
}

impl<'t> Reader<'t> {
    fn lifetime(&mut self) -> Result<MaxLifetime, LifetimeError> {
        // Each with whether it ends a range.
        let mut ends = vec![(false, self.end()?)];
        while !self.rest.is_empty() {
            let joined = self.rest;
            let alternative = self.take(&[OR]);
            if !alternative && !self.take(&[UP_TO, TO]) {
                return Err(self.trailing(joined));
            }
            let next = self.rest.first();
            let end = self.end().map_err(|error| match (error, ends.last(), next) {
                // "2-years".
                (
                    LifetimeError::ExpectedNumber { .. },
                    Some((_, End::Number(number))),
                    Some(next),
                ) if unit(next).is_some() => {
                    LifetimeError::MissingUnit { number: *number, unit: self.quoted(next) }
                }
                // What was taken for "to" starts a condition: "à compter de la visite".
                (LifetimeError::ExpectedNumber { .. }, ..) => self.trailing(joined),
                (error, ..) => error,
            })?;
            ends.push((!alternative, end));
        }
        longest(&ends)
    }

    /// A session, or number and unit once or more.
    fn end(&mut self) -> Result<End, LifetimeError> {
        while self.take(&[UP_TO, AT_MOST]) {}
        if starts(self.rest, UNLIMITED) > 0
            && let Some(word) = phrases::unlimited(self.text, self.rest)
        {
            return Err(LifetimeError::Unlimited { word });
        }
        if let Some(after) = self.after_session() {
            self.rest = after;
            return Ok(End::Session);
        }
        let Some(mut count) = self.count(self.rest)? else {
            return Err(self.no_count());
        };
        let mut time = Time::default();
        let mut previous: Option<Unit> = None;
        loop {
            let (number, after) = count;
            let Some((token, unit)) = after.first().and_then(|token| Some((token, unit(token)?)))
            else {
                return self.without_unit(number, after, previous);
            };
            if previous.is_some_and(|previous| unit.size() >= previous.size()) {
                return Err(LifetimeError::UnitOrder { unit: self.quoted(token) });
            }
            previous = Some(unit);
            time = time.plus(number, unit).ok_or(LifetimeError::TooLong)?;
            self.rest = &after[1..];
            let mut next = self.rest;
            // A comma and a word: "1 year, 1 month, and 4 days".
            for _ in 0..2 {
                next = &next[starts(next, AND)..];
            }
            let Some(next) = self.count(next)? else {
                self.take(&[MOST]);
                return Ok(End::Time(time, unit));
            };
            count = next;
        }
    }

    /// What follows the words that speak of a session, up to the first joint behind them. What
    /// may be a joint may also be one of these words: "end of session".
    fn after_session(&self) -> Option<&'t [Token]> {
        let word = |token: &&Token| token.word().is_some_and(|word| word != "(");
        let all = self.rest.iter().take_while(word).count();
        let ends = |at: &usize| *at == all || at_joint(&self.rest[*at..]);
        (1..=all)
            .filter(ends)
            .map(|at| self.rest.split_at(at))
            .find(|(words, _)| phrases::is_session(words))
            .map(|(_, after)| after)
    }

    /// The count at the start of `rest`, and what follows it.
    fn count(&self, rest: &'t [Token]) -> Result<Option<(u64, &'t [Token])>, LifetimeError> {
        let [first, after @ ..] = rest else { return Ok(None) };
        let Kind::Number(number) = first.kind else {
            let one = is(first, ONE) && after.first().is_some_and(|token| unit(token).is_some());
            return Ok(one.then_some((1, after)));
        };
        // "1 000".
        let group = |token: &&Token| token.word().is_none() && token.end - token.start == 3;
        match after.iter().take_while(group).last() {
            Some(last) => {
                let found = self.text[first.start..last.end].to_owned();
                Err(LifetimeError::Separated { found })
            }
            None => Ok(Some((number, after))),
        }
    }

    fn no_count(&self) -> LifetimeError {
        match self.rest {
            [sign, number, ..] if is(sign, &["-"]) && number.word().is_none() => {
                LifetimeError::Negative
            }
            [other, ..] => LifetimeError::ExpectedNumber { found: self.quoted(other) },
            [] => LifetimeError::ExpectedNumber { found: self.text.to_owned() },
        }
    }

    /// A number that no unit follows: the lower end of a range, or a mistake.
    fn without_unit(
        &mut self,
        number: u64,
        after: &'t [Token],
        previous: Option<Unit>,
    ) -> Result<End, LifetimeError> {
        let Some(next) = after.first() else {
            return match previous {
                Some(previous) => Err(missing_unit(number, previous.next_smaller())),
                None => Ok(self.number_alone(number, after)),
            };
        };
        if previous.is_none() && at_joint(after) {
            return Ok(self.number_alone(number, after));
        }
        let unit = self.quoted(next);
        Err(if is(next, &["m"]) {
            LifetimeError::AmbiguousUnit { number, unit }
        } else {
            LifetimeError::UnknownUnit { unit }
        })
    }

    fn number_alone(&mut self, number: u64, after: &'t [Token]) -> End {
        self.rest = after;
        End::Number(number)
    }

    /// Steps over the longest phrase of these lists, if one stands there.
    fn take(&mut self, lists: &[&[&str]]) -> bool {
        let length = lists.iter().map(|phrases| starts(self.rest, phrases)).max().unwrap_or(0);
        self.rest = &self.rest[length..];
        length > 0
    }

    fn trailing(&self, rest: &[Token]) -> LifetimeError {
        let start = rest.first().map_or(self.text.len(), |token| token.start);
        LifetimeError::Trailing { found: self.text[start..].to_owned() }
    }

    fn quoted(&self, token: &Token) -> String {
        self.text[token.start..token.end].to_owned()
    }
}

/// Whether an alternative or the end of a range may follow.
fn at_joint(rest: &[Token]) -> bool {
    [OR, TO, UP_TO].iter().any(|words| starts(rest, words) > 0)
}

fn unit(token: &Token) -> Option<Unit> {
    token.word().and_then(Unit::named)
}

fn is(token: &Token, words: &[&str]) -> bool {
    token.word().is_some_and(|word| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r10_of_ranges_and_alternatives_the_longest_counts() {
        const DAY: u64 = 86_400;
        for (text, want) in [
            ("1 - 2 days", Ok(MaxLifetime::Seconds(2 * DAY))),
            ("2 or 1 days", Ok(MaxLifetime::Seconds(2 * DAY))),
            ("session or 1 day to 3 days", Ok(MaxLifetime::Seconds(3 * DAY))),
            ("1 day or session", Ok(MaxLifetime::Session.max(MaxLifetime::Seconds(DAY)))),
            ("1 day to session", Err(LifetimeError::ReversedRange)),
            ("3 days to 1 - 2 days", Err(LifetimeError::ReversedRange)),
        ] {
            assert_eq!(parse(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn r14_no_text_panics(
            text in ".*",
            letters in "[-0-9 .,/–àetoyrsjmn'’()<]{0,40}",
            words in r"(session|1|0|000|one|year|h|to|à|or|max|up|,|-|never|d'|’|\(s\)| ){0,12}",
        ) {
            for text in [&text, &letters, &words] {
                let _ = parse(text);
            }
        }
    }
}
