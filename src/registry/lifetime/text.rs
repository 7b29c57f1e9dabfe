//! Lifetimes as people write them on policy pages, in English and French.

use super::error::LifetimeError;
use super::max::{DAY, HOUR, MINUTE, MONTH, MONTHS_IN_YEAR, MaxLifetime, YEAR};

/// Words by which policy pages say that a cookie has no end. They promise nothing.
const UNLIMITED: [&str; 14] = [
    "persistent",
    "persistant",
    "unlimited",
    "illimité",
    "illimitée",
    "permanent",
    "permanente",
    "forever",
    "never",
    "none",
    "jamais",
    "infinite",
    "indéfini",
    "indéfinie",
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Number(u64),
    Word(String),
    /// `to`, `à`, or a dash between two times.
    To,
    /// `,`, `and`, `et`.
    And,
}

impl Token {
    fn describe(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Word(word) => word.clone(),
            Self::To => "to".to_owned(),
            Self::And => "and".to_owned(),
        }
    }
}

/// Years and months are counted apart from days: 12 months make a year of 365 days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Months(u64),
    Seconds(u64),
}

impl Unit {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "second" | "seconds" | "seconde" | "secondes" | "sec" | "s" => Self::Seconds(1),
            "minute" | "minutes" | "min" => Self::Seconds(MINUTE),
            "hour" | "hours" | "heure" | "heures" | "h" => Self::Seconds(HOUR),
            "day" | "days" | "jour" | "jours" | "d" | "j" => Self::Seconds(DAY),
            "week" | "weeks" | "semaine" | "semaines" => Self::Seconds(7 * DAY),
            "month" | "months" | "mois" => Self::Months(1),
            "year" | "years" | "an" | "ans" | "année" | "années" | "annee" | "annees" => {
                Self::Months(MONTHS_IN_YEAR)
            }
            _ => return None,
        })
    }

    /// Comparable size: no sum of units is made from it.
    const fn size(self) -> u64 {
        match self {
            Self::Months(months) => months * MONTH,
            Self::Seconds(seconds) => seconds,
        }
    }
}

/// Reads one lifetime, or of a range the upper end.
pub(crate) fn parse(text: &str) -> Result<MaxLifetime, LifetimeError> {
    let tokens = tokens(&text.to_lowercase())?;
    if tokens.is_empty() {
        return Err(LifetimeError::Empty);
    }
    let mut ends = tokens.split(|token| *token == Token::To);
    let first = ends.next().unwrap_or_default();
    let Some(second) = ends.next() else {
        return end(first);
    };
    if ends.next().is_some() {
        return Err(LifetimeError::Trailing { found: Token::To.describe() });
    }
    let upper = end(second)?;
    let lower = match (first, second.last()) {
        // "1 to 2 years": the lower end borrows the unit.
        ([Token::Number(number)], Some(unit @ Token::Word(_))) if upper != MaxLifetime::Session => {
            end(&[Token::Number(*number), unit.clone()])?
        }
        _ => end(first)?,
    };
    if upper < lower { Err(LifetimeError::ReversedRange) } else { Ok(upper) }
}

/// `session`, or number and unit once or more.
fn end(tokens: &[Token]) -> Result<MaxLifetime, LifetimeError> {
    match tokens {
        [] => return Err(LifetimeError::Empty),
        [Token::Word(word)] if word == "session" => return Ok(MaxLifetime::Session),
        _ => {}
    }
    if let Some(word) = unlimited(tokens) {
        return Err(LifetimeError::Unlimited { word });
    }
    let (mut months, mut seconds) = (0_u64, 0_u64);
    let mut previous = u64::MAX;
    let mut rest = tokens;
    loop {
        let (number, word, after) = match rest {
            [Token::Number(number), Token::Word(word), after @ ..] => (*number, word, after),
            [Token::Number(number), ..] => {
                return Err(LifetimeError::MissingUnit { number: *number });
            }
            [other, ..] => {
                return Err(LifetimeError::ExpectedNumber { found: other.describe() });
            }
            [] => {
                return Err(LifetimeError::Trailing { found: Token::And.describe() });
            }
        };
        let unit =
            Unit::named(word).ok_or_else(|| LifetimeError::UnknownUnit { unit: word.clone() })?;
        if unit.size() >= previous {
            return Err(LifetimeError::UnitOrder { unit: word.clone() });
        }
        previous = unit.size();
        let (sum, each) = match unit {
            Unit::Months(each) => (&mut months, each),
            Unit::Seconds(each) => (&mut seconds, each),
        };
        *sum = number
            .checked_mul(each)
            .and_then(|more| sum.checked_add(more))
            .ok_or(LifetimeError::TooLong)?;
        rest = match after {
            [] => break,
            [Token::And, Token::And, after @ ..] | [Token::And, after @ ..] => after,
            _ => after,
        };
    }
    total(months, seconds).ok_or(LifetimeError::TooLong)?.checked()
}

fn total(months: u64, seconds: u64) -> Option<MaxLifetime> {
    let years = (months / MONTHS_IN_YEAR).checked_mul(YEAR)?;
    let months = (months % MONTHS_IN_YEAR).checked_mul(MONTH)?;
    Some(MaxLifetime::Seconds(years.checked_add(months)?.checked_add(seconds)?))
}

fn unlimited(tokens: &[Token]) -> Option<String> {
    tokens.iter().find_map(|token| match token {
        Token::Word(word) if UNLIMITED.contains(&word.as_str()) => Some(word.clone()),
        _ => None,
    })
}

/// Splits a text in lower case. Any white space counts, since French pages write `30 jours` with
/// one that does not break.
fn tokens(text: &str) -> Result<Vec<Token>, LifetimeError> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '0'..='9' => {
                let (number, length) = number(rest)?;
                tokens.push(Token::Number(number));
                length
            }
            ',' => {
                tokens.push(Token::And);
                first.len_utf8()
            }
            '-' | '–' | '—' | '−' => {
                // Nothing to its left that it could join: a sign.
                if tokens.last().is_none_or(|last| *last == Token::To) {
                    return Err(LifetimeError::Negative);
                }
                tokens.push(Token::To);
                first.len_utf8()
            }
            _ if first.is_alphabetic() => {
                let length = rest.find(|char: char| !char.is_alphabetic()).unwrap_or(rest.len());
                tokens.push(match &rest[..length] {
                    "to" | "à" => Token::To,
                    "and" | "et" => Token::And,
                    word => Token::Word(word.to_owned()),
                });
                length
            }
            _ => {
                return Err(LifetimeError::Trailing { found: rest.to_owned() });
            }
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// The digits at the start of `text`, and their length in bytes.
fn number(text: &str) -> Result<(u64, usize), LifetimeError> {
    let length = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    let mut after = text[length..].chars();
    if matches!(after.next(), Some('.' | ',')) && after.next().is_some_and(|c| c.is_ascii_digit()) {
        return Err(LifetimeError::Fractional);
    }
    // Only digits, so the one way to fail is to be too large.
    let number = text[..length].parse().map_err(|_| LifetimeError::TooLong)?;
    Ok((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn seconds(count: u64) -> MaxLifetime {
        MaxLifetime::Seconds(count)
    }

    #[test]
    fn reads_what_policy_pages_print() {
        let cases = [
            ("session", MaxLifetime::Session),
            (" Session ", MaxLifetime::Session),
            ("30 days", seconds(30 * DAY)),
            ("30 jours", seconds(30 * DAY)),
            ("30\u{a0}jours", seconds(30 * DAY)),
            ("1 AN", seconds(YEAR)),
            ("2 ans", seconds(2 * YEAR)),
            ("1 Année", seconds(YEAR)),
            ("2 années", seconds(2 * YEAR)),
            ("24h", seconds(DAY)),
            ("24H", seconds(DAY)),
            ("7j", seconds(7 * DAY)),
            ("90d", seconds(90 * DAY)),
            ("1 heure", seconds(HOUR)),
            ("10 min", seconds(10 * MINUTE)),
            ("45 s", seconds(45)),
            ("1 sec", seconds(1)),
            ("2 semaines", seconds(14 * DAY)),
            ("13 months", seconds(395 * DAY)),
            ("13 mois", seconds(395 * DAY)),
            ("12 months", seconds(YEAR)),
            ("6 months", seconds(180 * DAY)),
            ("25 months", seconds(760 * DAY)),
            ("1 year 1 month 4 days", seconds(399 * DAY)),
            ("1 year, 1 month and 4 days", seconds(399 * DAY)),
            ("1 year, 1 month, and 4 days", seconds(399 * DAY)),
            ("1 an et 1 mois", seconds(395 * DAY)),
            ("1h30min", seconds(HOUR + 30 * MINUTE)),
            ("session to 1 year", seconds(YEAR)),
            ("Session à 1 an", seconds(YEAR)),
            ("1 day - 2 years", seconds(2 * YEAR)),
            ("1 day – 2 years", seconds(2 * YEAR)),
            ("1 day—2 years", seconds(2 * YEAR)),
            ("1 to 2 years", seconds(2 * YEAR)),
            ("1-2 ans", seconds(2 * YEAR)),
            ("100 years", seconds(100 * YEAR)),
        ];
        for (text, want) in cases {
            assert_eq!(parse(text), Ok(want), "{text}");
        }
    }

    #[test]
    fn r14_refuses_with_a_typed_error() {
        use LifetimeError as E;
        let cases = [
            ("", E::Empty),
            (" \t", E::Empty),
            ("to", E::Empty),
            ("1 day to", E::Empty),
            ("to 1 day", E::Empty),
            ("persistent", E::Unlimited { word: "persistent".into() }),
            ("Illimité", E::Unlimited { word: "illimité".into() }),
            ("session to unlimited", E::Unlimited { word: "unlimited".into() }),
            ("days", E::ExpectedNumber { found: "days".into() }),
            ("a year", E::ExpectedNumber { found: "a".into() }),
            ("session 1 day", E::ExpectedNumber { found: "session".into() }),
            (", 1 day", E::ExpectedNumber { found: "and".into() }),
            ("30", E::MissingUnit { number: 30 }),
            ("1 year 3", E::MissingUnit { number: 3 }),
            ("1 to session", E::MissingUnit { number: 1 }),
            ("3 fortnights", E::UnknownUnit { unit: "fortnights".into() }),
            ("3 m", E::UnknownUnit { unit: "m".into() }),
            ("1 day 1 year", E::UnitOrder { unit: "year".into() }),
            ("1 year 2 years", E::UnitOrder { unit: "years".into() }),
            ("1 year and", E::Trailing { found: "and".into() }),
            ("1 day to 2 days to 3 days", E::Trailing { found: "to".into() }),
            ("1 day (max)", E::Trailing { found: "(max)".into() }),
            ("-1 day", E::Negative),
            ("−1 day", E::Negative),
            ("1 day to -2 days", E::Negative),
            ("1.5 years", E::Fractional),
            ("1,5 an", E::Fractional),
            ("1,000 days", E::Fractional),
            ("0 days", E::Zero),
            ("0", E::MissingUnit { number: 0 }),
            ("0 to 1 day", E::Zero),
            ("101 years", E::TooLong),
            ("99999999999999999999 s", E::TooLong),
            ("18446744073709551615 years", E::TooLong),
            ("18446744073709551615 months", E::TooLong),
            ("1 month 18446744073709551615 s", E::TooLong),
            ("2 years to 1 year", E::ReversedRange),
            ("1 day to session", E::ReversedRange),
        ];
        for (text, want) in cases {
            assert_eq!(parse(text), Err(want), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn r14_no_text_panics(text in ".*", digits in "[-0-9 .,–àetoyrsjmn]{0,40}") {
            let _ = parse(&text);
            let _ = parse(&digits);
        }
    }
}
