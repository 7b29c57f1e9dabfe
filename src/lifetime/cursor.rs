//! The reader's position in a text, and the small steps forward from it.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::phrases::quoted;
use crate::lifetime::token::{Kind, Token};
use crate::lifetime::unit::Unit;
use crate::lifetime::vocabulary::starts;
use crate::lifetime::words::Role;

#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    /// The tokens that have not been read yet.
    pub(super) rest: &'t [Token],
    /// True while the next "and" joins the two ends of a range, as in "between 1 and 2 years".
    pub(super) between: bool,
}

/// A number, and its unit if one follows.
pub(super) type Quantity = (u64, Option<Unit>);

impl<'t> Cursor<'t> {
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Skips a phrase of this role, and returns whether one stood there.
    pub(super) fn take(&mut self, role: Role) -> bool {
        self.step(&[role]).is_some()
    }

    /// Skips the longest phrase that has one of these roles, and returns its role and its text. If
    /// two phrases are equally long, the role that is named first counts.
    pub(super) fn step(&mut self, roles: &[Role]) -> Option<(Role, String)> {
        let lengths = roles.iter().rev().map(|role| (starts(self.rest, *role), *role));
        let (length, role) = lengths.max_by_key(|(length, _)| *length).filter(|(l, _)| *l > 0)?;
        Some((role, self.advance(length)))
    }

    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let is_there = self.rest.first().is_some_and(|token| token.is(sign));
        self.advance(usize::from(is_there));
        is_there
    }

    /// Skips a dash unless it is the minus sign of a number.
    pub(super) fn dash(&mut self) {
        if let [dash, next, ..] = self.rest
            && dash.is("-")
            && (dash.end < next.start || next.word().is_some())
        {
            self.advance(1);
        }
    }

    /// Skips this many tokens, and returns their text.
    pub(super) fn advance(&mut self, length: usize) -> String {
        let (over, rest) = self.rest.split_at(length);
        self.rest = rest;
        quoted(self.text, over)
    }

    /// Returns the tokens between an earlier position and this one.
    pub(super) fn since(&self, start: Self) -> &'t [Token] {
        &start.rest[..start.rest.len() - self.rest.len()]
    }

    pub(super) fn quantity(&mut self) -> Result<Option<Quantity>, LifetimeError> {
        if let Some(number) = self.number()? {
            // The Spanish "y" means "and" here, and is not the English abbreviation of "year".
            let unit = if self.is_at_and_of_range() { None } else { self.unit() };
            return Ok(Some((number, unit)));
        }
        Ok(self.unit_alone().map(|(number, unit)| (number, Some(unit))))
    }

    fn number(&mut self) -> Result<Option<u64>, LifetimeError> {
        let Some(first) = self.rest.first() else { return Ok(None) };
        if let Kind::Number(number) = first.kind {
            return self.digits(number).map(Some);
        }
        let words = first.phrases.iter().filter_map(|(role, length)| match role {
            Role::Number(number) => Some((*number, *length)),
            Role::One if self.is_one(*length) => Some((1, *length)),
            _ => None,
        });
        // A longer phrase may start with a word for a number: the Dutch "ten hoogste" means "at
        // most", and is not the number ten.
        let all = first.phrases.iter().map(|(_, length)| *length).max();
        let longest = words.max_by_key(|(_, length)| *length);
        let longest = longest.filter(|(_, length)| all == Some(*length));
        Ok(longest.map(|(number, length)| {
            self.advance(length);
            number
        }))
    }

    /// Reads a number written in digits. It is an error if groups of thousands follow, as in "1
    /// 000".
    fn digits(&mut self, number: u64) -> Result<u64, LifetimeError> {
        let is_group = |token: &&Token| token.word().is_none() && token.end - token.start == 3;
        let groups = self.rest[1..].iter().take_while(is_group).count();
        let found = self.advance(1 + groups);
        if groups > 0 { Err(LifetimeError::Separated { found }) } else { Ok(number) }
    }

    /// Returns whether an article means the number one: it does before a unit, and before another
    /// number, as in "un ou deux ans".
    fn is_one(&self, length: usize) -> bool {
        let mut next = Self { rest: &self.rest[length..], ..*self };
        next.unit().is_some()
            || next.step(&[Role::Or, Role::To, Role::UpTo]).is_some()
                && next.rest.first().is_some_and(Token::is_number)
    }

    /// Reads a unit, with the hyphen before it that "30-day" has.
    fn unit(&mut self) -> Option<Unit> {
        let hyphen = usize::from(self.rest.first()?.is("-"));
        let unit = self.rest.get(hyphen)?.unit()?;
        self.advance(hyphen + 1);
        Some(unit)
    }

    /// Reads a unit that includes its own number, as the Arabic word for "two months" does, and the
    /// word for "one" that Arabic may add behind it.
    fn unit_alone(&mut self) -> Option<(u64, Unit)> {
        let first = self.rest.first()?;
        let number = first.phrases.iter().find_map(|(role, _)| match role {
            Role::Alone(number) => Some(*number),
            _ => None,
        })?;
        let unit = first.unit()?;
        self.advance(1);
        self.take(Role::One);
        Some((number, unit))
    }

    /// Returns whether an alternative or the end of a range may follow.
    pub(super) fn is_at_joint(&self) -> bool {
        [Role::Or, Role::To, Role::UpTo].iter().any(|role| starts(self.rest, *role) > 0)
    }

    pub(super) fn is_at_and_of_range(&self) -> bool {
        self.between && starts(self.rest, Role::And) > 0
    }
}
