//! Reads lifetimes as people write them on policy pages. Each production of the grammar has a
//! method:
//!
//! ```text
//! lifetime = [ from | between ] , part , { joint , part } ;
//! joint    = or | to | up-to | and ;                        and: the first one behind between
//! part     = { opening } , ( session | time | number ) ;
//! opening  = lead | at-most | up-to | persistent , [ "," | "-" ] ;
//! session  = words that speak of the browser's session, up to the next joint ;
//! time     = sum , { remark } ;
//! sum      = quantity , { { and } , quantity } ;
//! remark   = [ "," ] , ( note , { note } | "(" , ( equal , { note } | note , { note } ) , ")" | equal ) ;
//! equal    = { equals | at-most } , sum ;
//! note     = at-most | note-word | persistent | start ;
//! start    = ( from | after ) , words that name what every visit may do ;
//! ```
//!
//! These two are in [`cursor`](crate::lifetime::cursor):
//!
//! ```text
//! quantity = number , [ "-" ] , unit | alone , [ one ] ;
//! number   = digits | number-word | one ;
//! ```
//!
//! The terms that are not defined here are the roles that [`words`](crate::lifetime::words) gives
//! to the phrases of every language. A text without numbers that does not fit this grammar may
//! still have a meaning: then [`phrases`] reads it.

use std::str::FromStr;

use crate::lifetime::cursor::Cursor;
use crate::lifetime::error::LifetimeError;
use crate::lifetime::max::MaxLifetime;
use crate::lifetime::phrases::{self, quoted};
use crate::lifetime::range::{Joint, Part, longest, missing_unit};
use crate::lifetime::sum::Sum;
use crate::lifetime::token::{Token, plain};
use crate::lifetime::unit::Unit;
use crate::lifetime::vocabulary::{find, read, starts};
use crate::lifetime::words::Role;

/// Parses a lifetime. Of a range or of alternatives, the result is the longest time.
impl FromStr for MaxLifetime {
    type Err = LifetimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = plain(text);
        let text = text.trim();
        if is_iso_8601(text) {
            return Err(LifetimeError::Iso8601);
        }
        let tokens = read(text)?;
        if phrases::is_unstated(text, &tokens) {
            return Err(LifetimeError::Unstated);
        }
        let at = Cursor { text, rest: &tokens, between: false };
        let lifetime = Reader { at, brackets: 0 }.lifetime();
        let Err(error) = lifetime else { return lifetime };
        if names_other_store(text) {
            return Err(LifetimeError::OtherStore);
        }
        if !text.contains(char::is_numeric)
            && let Some(in_words) = phrases::of_words(text, &tokens)
        {
            return in_words;
        }
        let is_half = find(&tokens, Role::Half).is_some();
        Err(match error {
            LifetimeError::ExpectedNumber { .. }
            | LifetimeError::Trailing { .. }
            | LifetimeError::UnknownUnit { .. }
                if is_half =>
            {
                LifetimeError::Fractional
            }
            error => error,
        })
    }
}

/// Returns `true` if the text names a store of scripts, which tables of cookies often list as well.
fn names_other_store(text: &str) -> bool {
    const STORES: [&str; 4] = ["localstorage", "stockagelocal", "lokalerspeicher", "indexeddb"];
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    STORES.iter().any(|store| letters.to_lowercase().contains(store))
}

/// Returns whether the text is an ISO 8601 duration, such as `P13M` or `PT1H30M`.
fn is_iso_8601(text: &str) -> bool {
    let designator = |c: char| c.is_ascii_digit() || "ymwdths.,".contains(c.to_ascii_lowercase());
    text.strip_prefix(['P', 'p']).is_some_and(|rest| {
        rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(designator)
    })
}

/// Reads a lifetime's tokens from left to right.
struct Reader<'t> {
    at: Cursor<'t>,
    /// The number of brackets that are open at this position.
    brackets: usize,
}

impl<'t> Reader<'t> {
    fn lifetime(&mut self) -> Result<MaxLifetime, LifetimeError> {
        let bound = self.at.step(&[Role::From, Role::Between]);
        self.at.between = matches!(bound, Some((Role::Between, _)));
        let mut parts = vec![self.part()?];
        let mut joints = Vec::new();
        while !self.at.is_at_end() {
            let before = self.at;
            joints.push(self.joint().ok_or_else(|| trailing(before))?);
            let part = self.part().map_err(|error| match error {
                // The word that was read as "to" starts a condition instead: "à la demande".
                LifetimeError::ExpectedNumber { .. } => trailing(before),
                error => error,
            });
            parts.push(part?);
        }
        match (bound, &parts[0]) {
            // "From 1 year" without an end states only the shortest time.
            (Some((_, found)), Part::Time(..)) if !joints.contains(&Joint::To) => {
                Err(LifetimeError::Vague { found })
            }
            _ => longest(&parts, &joints),
        }
    }

    fn joint(&mut self) -> Option<Joint> {
        if self.at.is_at_and_of_range() {
            self.at.between = false;
            self.at.take(Role::And);
            return Some(Joint::To);
        }
        match self.at.step(&[Role::Or, Role::To, Role::UpTo])? {
            (Role::Or, _) => Some(Joint::Or),
            _ => Some(Joint::To),
        }
    }

    fn part(&mut self) -> Result<Part, LifetimeError> {
        let start = self.at;
        let mut kind = None;
        loop {
            let before = self.at;
            if self.session() {
                let unlimited = |word| LifetimeError::Unlimited { word };
                return kind.map_or(Ok(Part::Session), |word| Err(unlimited(word)));
            }
            match self.at.quantity()? {
                Some((number, Some(unit))) => return self.time(before, number, unit),
                Some((number, None)) => return self.number_alone(number),
                None if self.opening(&mut kind)? => {}
                None => return Err(self.no_part(start, kind)),
            }
        }
    }

    /// Skips words that may stand before a time, and stores the `kind` of cookie that they name.
    fn opening(&mut self, kind: &mut Option<String>) -> Result<bool, LifetimeError> {
        let before = self.at;
        match self.at.step(&OPENINGS) {
            Some((Role::Vague, found)) => return Err(LifetimeError::Vague { found }),
            Some((Role::Unlimited, word)) => return Err(LifetimeError::Unlimited { word }),
            Some((Role::Persistent, word)) => *kind = Some(word),
            Some(_) => self.brackets += usize::from(before.rest[0].is("(")),
            None => return Ok(false),
        }
        if !self.at.sign(",") {
            self.at.dash();
        }
        Ok(true)
    }

    /// Skips words that mean the browser's session. They end before the next joint, but a word that
    /// may be a joint may also be one of them, as in "end of session". So the shortest sequence
    /// that means a session is taken.
    fn session(&mut self) -> bool {
        let is_word = |token: &&Token| token.word().is_some_and(|word| word != "(");
        let words = self.at.rest.iter().take_while(is_word).count();
        let speaks_of = |role| find(&self.at.rest[..words], role).is_some();
        if !speaks_of(Role::Session) && !speaks_of(Role::Browser) {
            return false;
        }
        let mut at = self.at;
        for length in 1..=words {
            at.advance(1);
            let is_end = length == words || at.is_at_joint();
            if is_end && phrases::is_session(&self.at.rest[..length]) {
                self.at = at;
                return true;
            }
        }
        false
    }

    fn number_alone(&self, number: u64) -> Result<Part, LifetimeError> {
        if self.at.is_at_end() || self.at.is_at_joint() || self.at.is_at_and_of_range() {
            return Ok(Part::Number(number));
        }
        Err(self.unknown_unit(number))
    }

    /// Reads the rest of a time whose first quantity has been read. The time begins at `start`.
    fn time(&mut self, start: Cursor<'t>, number: u64, unit: Unit) -> Result<Part, LifetimeError> {
        let sum = self.sum(start, number, unit)?;
        while self.remark(start, &sum)? {}
        Ok(Part::Time(sum))
    }

    fn sum(&mut self, start: Cursor<'t>, number: u64, unit: Unit) -> Result<Sum, LifetimeError> {
        let mut sum = Sum::new(number, unit)?;
        while let Some((number, unit, is_listed)) = self.further_quantity()? {
            let Some(unit) = unit else {
                return Err(if self.at.is_at_end() {
                    missing_unit(number, sum.smallest_unit().next_smaller())
                } else {
                    self.unknown_unit(number)
                });
            };
            if !sum.goes_on_with(number, unit, is_listed)? {
                let found = self.at.since(start);
                return Err(if is_listed || unit < sum.smallest_unit() {
                    LifetimeError::SeveralTimes { found: quoted(self.at.text, found) }
                } else {
                    let unit = &found[found.len() - 1..];
                    LifetimeError::UnitOrder { unit: quoted(self.at.text, unit) }
                });
            }
            sum = sum.plus(number, unit)?;
        }
        Ok(sum)
    }

    /// Reads the next quantity of a sum. The third value is true if a comma, an "and" or both stand
    /// before it, as in "1 year, 1 month, and 4 days".
    fn further_quantity(&mut self) -> Result<Option<(u64, Option<Unit>, bool)>, LifetimeError> {
        let end = self.at;
        // The "i" of "i.e." would be read as the Polish "and".
        if self.at.is_at_and_of_range() || starts(self.at.rest, Role::Equals) > 0 {
            return Ok(None);
        }
        while self.at.take(Role::And) {}
        let is_listed = self.at.rest.len() < end.rest.len();
        let quantity = self.at.quantity()?;
        if quantity.is_none() {
            self.at = end;
        }
        Ok(quantity.map(|(number, unit)| (number, unit, is_listed)))
    }

    /// Skips a remark behind a time, if the remark does not change the time.
    fn remark(&mut self, start: Cursor<'t>, sum: &Sum) -> Result<bool, LifetimeError> {
        let before = self.at;
        if self.brackets > 0 && self.at.sign(")") {
            self.brackets -= 1;
            return Ok(true);
        }
        self.at.sign(",");
        let opens = self.at.sign("(");
        let mut is_said =
            (opens || starts(self.at.rest, Role::Equals) > 0) && self.equal(start, sum)?;
        while self.note()? {
            is_said = true;
        }
        let is_closed = !opens || self.at.sign(")") || self.at.is_at_end();
        if !(is_said && is_closed) {
            self.at = before;
        }
        Ok(is_said && is_closed)
    }

    /// Reads the same time repeated in other words. It is an error if the two times differ.
    fn equal(&mut self, start: Cursor<'t>, sum: &Sum) -> Result<bool, LifetimeError> {
        let before = self.at;
        while self.at.step(&[Role::Equals, Role::AtMost]).is_some() {}
        let Some((number, Some(unit))) = self.at.quantity()? else {
            self.at = before;
            return Ok(false);
        };
        let same = self.sum(start, number, unit)?;
        if same.total()? != sum.total()? {
            self.at.sign(")");
            let found = quoted(self.at.text, self.at.since(start));
            return Err(LifetimeError::SeveralTimes { found });
        }
        Ok(true)
    }

    fn note(&mut self) -> Result<bool, LifetimeError> {
        match self.at.step(&[Role::Vague, Role::AtMost, Role::Note, Role::Persistent]) {
            Some((Role::Vague, found)) => Err(LifetimeError::Vague { found }),
            Some(_) => Ok(true),
            None => self.start(),
        }
    }

    /// Skips words that say from when a time counts. They change nothing if they name something
    /// that happens at every visit, since each visit sets the cookie anew.
    fn start(&mut self) -> Result<bool, LifetimeError> {
        let mut at = self.at;
        if at.step(&[Role::From, Role::After]).is_none() {
            return Ok(false);
        }
        let is_within = |token: &&Token| !token.is(")");
        let clause = &at.rest[..at.rest.iter().take_while(is_within).count()];
        at.advance(clause.len());
        if find(clause, Role::Once).is_some() {
            let found = quoted(self.at.text, at.since(self.at));
            return Err(LifetimeError::StartsOnce { found });
        }
        let is_start = phrases::is_start(clause);
        if is_start {
            self.at = at;
        }
        Ok(is_start)
    }

    /// Returns the error for a part that starts here and cannot be read.
    fn no_part(&self, start: Cursor<'t>, kind: Option<String>) -> LifetimeError {
        if let Some(word) = kind {
            return LifetimeError::Unlimited { word };
        }
        let in_words = start.rest.iter().all(|token| token.word().is_some());
        if in_words && let Some(error) = phrases::no_end(start.text, start.rest) {
            return error;
        }
        match self.at.rest {
            [sign, number, ..] if sign.is("-") && number.word().is_none() => {
                LifetimeError::Negative
            }
            [other, ..] => {
                let found = quoted(self.at.text, std::slice::from_ref(other));
                LifetimeError::ExpectedNumber { found }
            }
            [] => LifetimeError::ExpectedNumber { found: self.at.text.to_owned() },
        }
    }

    /// Returns the error for the next token, which stands where the unit of this number should.
    fn unknown_unit(&self, number: u64) -> LifetimeError {
        let unit = quoted(self.at.text, &self.at.rest[..1]);
        let is_year = |token: &Token| token.word().is_none() && token.end - token.start == 4;
        if self.at.rest[0].is("m") {
            LifetimeError::AmbiguousUnit { number, unit }
        } else if let Some(year) = self.at.rest.iter().take(4).position(is_year) {
            // A year within the next tokens makes it a date, such as "31 December 2025".
            let found = format!("{number} {}", quoted(self.at.text, &self.at.rest[..=year]));
            LifetimeError::Date { found }
        } else {
            LifetimeError::UnknownUnit { unit }
        }
    }
}

/// The roles of words that may stand before a time. If two phrases are equally long, the stricter
/// meaning counts, so the stricter roles come first.
const OPENINGS: [Role; 7] = [
    Role::Vague,
    Role::Unlimited,
    Role::Persistent,
    Role::AtMost,
    Role::UpTo,
    Role::Lead,
    Role::After,
];

fn trailing(from: Cursor<'_>) -> LifetimeError {
    LifetimeError::Trailing { found: quoted(from.text, from.rest) }
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
            letters in "[-0-9 .,/–àetoyrsjmn'’()<=½٣وسنة\u{200f}]{0,40}",
            words in r"(session|1|0|000|one|year|h|to|à|or|max|up|,|-|never|d'|’|\(s\)| ){0,12}",
            phrases in r"((between|from|and|\(|\)|=|two|2|y|days|persistent|browser|closes|first|last
                visit|until|deleted|more than|سنة|واحدة|و|rok|half|:|,|-) ){0,20}",
        ) {
            for text in [&text, &letters, &words, &phrases] {
                let _ = text.parse::<MaxLifetime>();
            }
        }
    }
}
