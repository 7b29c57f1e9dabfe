//! A place in a text, and the small steps from there.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::phrases::quoted;
use crate::lifetime::token::{Kind, Token};
use crate::lifetime::unit::Unit;
use crate::lifetime::vocabulary::starts;
use crate::lifetime::words::Role;

#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    /// The tokens that are not read yet.
    pub(super) rest: &'t [Token],
    /// The next "and" joins the ends of a range: "between 1 and 2 years".
    pub(super) between: bool,
}

/// A number, and its unit if one follows.
pub(super) type Quantity = (u64, Option<Unit>);

impl<'t> Cursor<'t> {
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Steps over a phrase of this role.
    pub(super) fn take(&mut self, role: Role) -> bool {
        self.step(&[role]).is_some()
    }

    /// Steps over the longest phrase of these roles, and quotes it. Of equally long ones, the role
    /// that is named first counts.
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

    /// Steps over a dash that is no minus.
    pub(super) fn dash(&mut self) {
        if let [dash, next, ..] = self.rest
            && dash.is("-")
            && (dash.end < next.start || next.word().is_some())
        {
            self.advance(1);
        }
    }

    /// Steps over so many tokens, and quotes them.
    pub(super) fn advance(&mut self, length: usize) -> String {
        let (over, rest) = self.rest.split_at(length);
        self.rest = rest;
        quoted(self.text, over)
    }

    /// The tokens from an earlier place to this one.
    pub(super) fn since(&self, start: Self) -> &'t [Token] {
        &start.rest[..start.rest.len() - self.rest.len()]
    }

    pub(super) fn quantity(&mut self) -> Result<Option<Quantity>, LifetimeError> {
        if let Some(number) = self.number()? {
            // In Spanish, "y" is no year there.
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
        // The Dutch "ten hoogste" is no ten.
        let all = first.phrases.iter().map(|(_, length)| *length).max();
        let longest = words.max_by_key(|(_, length)| *length);
        let longest = longest.filter(|(_, length)| all == Some(*length));
        Ok(longest.map(|(number, length)| {
            self.advance(length);
            number
        }))
    }

    /// A number in digits, which no groups of thousands may follow: "1 000".
    fn digits(&mut self, number: u64) -> Result<u64, LifetimeError> {
        let is_group = |token: &&Token| token.word().is_none() && token.end - token.start == 3;
        let groups = self.rest[1..].iter().take_while(is_group).count();
        let found = self.advance(1 + groups);
        if groups > 0 { Err(LifetimeError::Separated { found }) } else { Ok(number) }
    }

    /// An article is a number where a unit follows, or another number: "un ou deux ans".
    fn is_one(&self, length: usize) -> bool {
        let mut next = Self { rest: &self.rest[length..], ..*self };
        next.unit().is_some()
            || next.step(&[Role::Or, Role::To, Role::UpTo]).is_some()
                && next.rest.first().is_some_and(Token::is_number)
    }

    /// A unit, with the hyphen of "30-day".
    fn unit(&mut self) -> Option<Unit> {
        let hyphen = usize::from(self.rest.first()?.is("-"));
        let unit = self.rest.get(hyphen)?.unit()?;
        self.advance(hyphen + 1);
        Some(unit)
    }

    /// A unit that says its number itself, with the "one" behind it that Arabic adds.
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

    /// Says whether an alternative or the end of a range may follow.
    pub(super) fn is_at_joint(&self) -> bool {
        [Role::Or, Role::To, Role::UpTo].iter().any(|role| starts(self.rest, *role) > 0)
    }

    pub(super) fn is_at_and_of_range(&self) -> bool {
        self.between && starts(self.rest, Role::And) > 0
    }
}
