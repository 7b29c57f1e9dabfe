//! Reads lifetimes as people write them on policy pages. A method for each production:
//!
//! ```text
//! lifetime = part , { joint , part } ;
//! joint    = or | to | up-to ;
//! part     = { up-to | at-most } , ( session | time , [ most ] | number ) ;
//! session  = words that speak of a session, up to the next joint ;
//! time     = quantity , { [ and ] , [ and ] , quantity } ;
//! quantity = ( number | one ) , unit ;
//! ```
//!
//! The words in small letters are the roles that [`words`](crate::lifetime::words) gives to the
//! phrases of every language. A text without numbers that is no such lifetime may still say
//! something in words: [`phrases`].

use std::str::FromStr;

use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::phrases::{self, quoted};
use crate::lifetime::range::{Joint, Part, Time, longest, missing_unit};
use crate::lifetime::token::{Kind, Token};
use crate::lifetime::unit::Unit;
use crate::lifetime::vocabulary::{read, starts};
use crate::lifetime::words::Role;

/// Of a range the upper end is read, of alternatives the longest.
impl FromStr for MaxLifetime {
    type Err = LifetimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if is_iso_8601(text) {
            return Err(LifetimeError::Iso8601);
        }
        let tokens = read(text)?;
        if phrases::is_unstated(text, &tokens) {
            return Err(LifetimeError::Unstated);
        }
        Reader { text, rest: &tokens }.lifetime().or_else(|error| {
            let in_words = !text.contains(char::is_numeric);
            in_words.then(|| phrases::of_words(text, &tokens)).flatten().unwrap_or(Err(error))
        })
    }
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

impl Reader<'_> {
    fn lifetime(&mut self) -> Result<MaxLifetime, LifetimeError> {
        let mut parts = vec![self.part()?];
        let mut joints = Vec::new();
        while !self.rest.is_empty() {
            let before = self.rest;
            joints.push(self.joint().ok_or_else(|| self.trailing(before))?);
            let behind = self.rest.first();
            let part = self.part().map_err(|error| match (error, parts.last(), behind) {
                // "2-years".
                (LifetimeError::ExpectedNumber { .. }, Some(Part::Number(number)), Some(unit))
                    if unit.unit().is_some() =>
                {
                    LifetimeError::MissingUnit { number: *number, unit: self.quoted(unit) }
                }
                // What was taken for "to" starts a condition: "à compter de la visite".
                (LifetimeError::ExpectedNumber { .. }, ..) => self.trailing(before),
                (error, ..) => error,
            })?;
            parts.push(part);
        }
        longest(&parts, &joints)
    }

    fn joint(&mut self) -> Option<Joint> {
        if self.take(&[Role::Or]) {
            return Some(Joint::Or);
        }
        self.take(&[Role::UpTo, Role::To]).then_some(Joint::To)
    }

    fn part(&mut self) -> Result<Part, LifetimeError> {
        while self.take(&[Role::UpTo, Role::AtMost]) {}
        if starts(self.rest, Role::Unlimited) > 0
            && let Some(word) = phrases::unlimited(self.text, self.rest)
        {
            return Err(LifetimeError::Unlimited { word });
        }
        if self.session() {
            return Ok(Part::Session);
        }
        let number = self.number()?.ok_or_else(|| self.no_number())?;
        if let Some(unit) = self.unit() {
            return self.time(number, unit);
        }
        if self.rest.is_empty() || at_joint(self.rest) {
            return Ok(Part::Number(number));
        }
        Err(self.unknown_unit(number))
    }

    /// What may be a joint may also be one of the words that speak of a session: "end of session".
    fn session(&mut self) -> bool {
        let is_word = |token: &&Token| token.word().is_some_and(|word| word != "(");
        let all = self.rest.iter().take_while(is_word).count();
        let is_end = |at: &usize| *at == all || at_joint(&self.rest[*at..]);
        let end = (1..=all).filter(is_end).find(|at| phrases::is_session(&self.rest[..*at]));
        self.rest = &self.rest[end.unwrap_or(0)..];
        end.is_some()
    }

    /// A time, of whose first quantity the number and the unit are read.
    fn time(&mut self, number: u64, unit: Unit) -> Result<Part, LifetimeError> {
        let mut time = Time::default().plus(number, unit).ok_or(LifetimeError::TooLong)?;
        let mut smallest = unit;
        while let Some(number) = self.further_number()? {
            let Some(token) = self.rest.first() else {
                return Err(missing_unit(number, smallest.next_smaller()));
            };
            let unit = self.unit().ok_or_else(|| self.unknown_unit(number))?;
            if unit >= smallest {
                return Err(LifetimeError::UnitOrder { unit: self.quoted(token) });
            }
            time = time.plus(number, unit).ok_or(LifetimeError::TooLong)?;
            smallest = unit;
        }
        self.take(&[Role::Most]);
        Ok(Part::Time(time, smallest))
    }

    /// The number of a time's next quantity, behind a comma, a word, or both: "1 year, 1 month,
    /// and 4 days".
    fn further_number(&mut self) -> Result<Option<u64>, LifetimeError> {
        let end = self.rest;
        while self.take(&[Role::And]) {}
        let number = self.number()?;
        if number.is_none() {
            self.rest = end;
        }
        Ok(number)
    }

    fn number(&mut self) -> Result<Option<u64>, LifetimeError> {
        let [first, after @ ..] = self.rest else { return Ok(None) };
        let number = match first.kind {
            Kind::Number(number) => number,
            _ if self.is_one() => 1,
            Kind::Word(_) => return Ok(None),
        };
        // "1 000".
        let is_group = |token: &&Token| token.word().is_none() && token.end - token.start == 3;
        let groups = after.iter().take_while(is_group).count();
        if groups > 0 && first.word().is_none() {
            let found = quoted(self.text, &self.rest[..=groups]);
            return Err(LifetimeError::Separated { found });
        }
        self.rest = after;
        Ok(Some(number))
    }

    fn is_one(&self) -> bool {
        starts(self.rest, Role::One) == 1 && self.rest.get(1).is_some_and(|t| t.unit().is_some())
    }

    fn unit(&mut self) -> Option<Unit> {
        let unit = self.rest.first()?.unit()?;
        self.rest = &self.rest[1..];
        Some(unit)
    }

    /// Steps over the longest phrase of these roles, if one stands there.
    fn take(&mut self, roles: &[Role]) -> bool {
        let length = roles.iter().map(|role| starts(self.rest, *role)).max().unwrap_or(0);
        self.rest = &self.rest[length..];
        length > 0
    }

    fn no_number(&self) -> LifetimeError {
        match self.rest {
            [sign, number, ..] if sign.is("-") && number.word().is_none() => {
                LifetimeError::Negative
            }
            [other, ..] => LifetimeError::ExpectedNumber { found: self.quoted(other) },
            [] => LifetimeError::ExpectedNumber { found: self.text.to_owned() },
        }
    }

    /// The next token stands where the unit of this number should.
    fn unknown_unit(&self, number: u64) -> LifetimeError {
        let unit = quoted(self.text, &self.rest[..1]);
        match &self.rest[0] {
            token if token.is("m") => LifetimeError::AmbiguousUnit { number, unit },
            _ => LifetimeError::UnknownUnit { unit },
        }
    }

    fn trailing(&self, rest: &[Token]) -> LifetimeError {
        LifetimeError::Trailing { found: quoted(self.text, rest) }
    }

    fn quoted(&self, token: &Token) -> String {
        quoted(self.text, std::slice::from_ref(token))
    }
}

/// Says whether an alternative or the end of a range may follow.
fn at_joint(rest: &[Token]) -> bool {
    [Role::Or, Role::To, Role::UpTo].iter().any(|role| starts(rest, *role) > 0)
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
            assert_eq!(text.parse::<MaxLifetime>(), want, "{text}");
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
                let _ = text.parse::<MaxLifetime>();
            }
        }
    }
}
