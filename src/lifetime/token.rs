//! Splits the text of a lifetime into words, numbers and signs.

use crate::lifetime::error::LifetimeError;
use crate::lifetime::unit::Unit;
use crate::lifetime::words::Role;

/// A word, number or sign, with its position: errors quote the text as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The phrases that start at this token, each with its length in tokens.
    pub(super) phrases: Vec<(Role, usize)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number(u64),
    /// A word after [`fold`]. A sign is a word of its own, and every dash is `-`.
    Word(String),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            Kind::Number(_) => None,
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.word() == Some(word)
    }

    /// Returns whether the token is a number in digits, or a word that can mean a number.
    pub(super) fn is_number(&self) -> bool {
        let is_word = |(role, _): &(Role, usize)| matches!(role, Role::Number(_));
        self.word().is_none() || self.phrases.iter().any(is_word)
    }

    pub(super) fn unit(&self) -> Option<Unit> {
        self.phrases.iter().find_map(|(role, _)| match role {
            Role::Unit(unit) => Some(*unit),
            _ => None,
        })
    }
}

/// Returns the text without invisible characters, and with European digits and signs in place of
/// Arabic ones.
pub(super) fn plain(text: &str) -> String {
    let is_invisible = |char: &char| {
        matches!(
            char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
    };
    let european = |char| match char {
        '٠'..='٩' => digit(char, '٠'),
        '۰'..='۹' => digit(char, '۰'),
        '،' | '٫' => ',',
        '٬' => '\'',
        other => other,
    };
    text.chars().filter(|char| !is_invisible(char)).map(european).collect()
}

/// Returns the European digit for an Arabic digit, given the zero of that script.
fn digit(char: char, zero: char) -> char {
    char::from_digit(char as u32 - zero as u32, 10).unwrap_or(char)
}

/// Splits a text into tokens. Every kind of white space separates them, since French pages write
/// `30 jours` with a no-break space.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, LifetimeError> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = 0;
    loop {
        let rest = text[start..].trim_start();
        start = text.len() - rest.len();
        let Some(first) = rest.chars().next() else {
            return Ok(tokens);
        };
        let (kind, length) = match first {
            '0'..='9' => number(rest)?,
            _ if first.is_alphabetic() => word(rest),
            _ => sign(first),
        };
        let end = start + length;
        tokens.push(Token { kind, start, end, phrases: Vec::new() });
        start = end;
    }
}

/// Reads a word, together with the apostrophe behind it, the dot of an abbreviation, or an optional
/// ending such as `(s)`.
fn word(text: &str) -> (Kind, usize) {
    if let Some(length) = attached_and(text) {
        return (Kind::Word(text[..length].to_owned()), length);
    }
    let letters = text.find(|c| !is_letter(c)).unwrap_or(text.len());
    let folded = fold(&text[..letters]);
    match text[letters..].chars().next() {
        Some(sign @ ('\'' | '’' | 'ʼ')) => {
            (Kind::Word(format!("{folded}'")), letters + sign.len_utf8())
        }
        Some('.') => (Kind::Word(folded), letters + 1),
        _ => (Kind::Word(folded), letters + optional_ending(&text[letters..])),
    }
}

/// Returns the length of the Arabic "and", which is attached to the next word. The words for "one"
/// start with the same letter, and are left whole.
fn attached_and(text: &str) -> Option<usize> {
    let next = text.strip_prefix('و').filter(|next| next.starts_with(char::is_alphabetic))?;
    (!text.starts_with("واحد")).then_some(text.len() - next.len())
}

fn sign(sign: char) -> (Kind, usize) {
    let is_dash = matches!(sign, '-' | '‐' | '‑' | '–' | '—' | '−');
    (Kind::Word(if is_dash { '-' } else { sign }.to_string()), sign.len_utf8())
}

fn is_letter(char: char) -> bool {
    char.is_alphabetic() || is_mark(char)
}

/// Returns whether the character belongs to the letter before it: a combining accent, an Arabic
/// vowel mark, or the Arabic sign that stretches a word.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Returns the length of an optional ending, such as the `(s)` of `month(s)`.
fn optional_ending(text: &str) -> usize {
    let ending = text.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    match ending {
        Some((letters, _))
            if (1..=3).contains(&letters.len())
                && letters.bytes().all(|byte| byte.is_ascii_alphabetic()) =>
        {
            letters.len() + 2
        }
        _ => 0,
    }
}

/// Returns a word in lower case and without accents, so that `sesion` equals `Sesión`. Arabic
/// letters lose the marks that writers often leave out.
pub(super) fn fold(word: &str) -> String {
    let letters = word.chars().flat_map(char::to_lowercase).filter(|char| !is_mark(*char));
    let plain = letters.map(|char| match char {
        'à'..='å' | 'ą' => 'a',
        'ç' | 'ć' => 'c',
        'è'..='ë' | 'ę' => 'e',
        'ì'..='ï' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' => 'o',
        'ś' => 's',
        'ù'..='ü' => 'u',
        'ź' | 'ż' => 'z',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        other => other,
    });
    plain.collect::<String>().replace('ß', "ss")
}

/// Reads a whole number. Every other form of a number is an error that says why.
fn number(text: &str) -> Result<(Kind, usize), LifetimeError> {
    if let Some(found) = date(text) {
        return Err(LifetimeError::Date { found: found.to_owned() });
    }
    if let Some(found) = separated(text) {
        return Err(LifetimeError::Separated { found: found.to_owned() });
    }
    if is_fraction(text) {
        return Err(LifetimeError::Fractional);
    }
    let length = digits(text);
    // The text has only digits here, so parsing can fail only because the number is too large.
    let number = text[..length].parse().map_err(|_| LifetimeError::TooLong)?;
    Ok((Kind::Number(number), length))
}

/// Returns the number of digits at the start of the text.
fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

/// Returns the text behind the separator of thousands or of a fraction, if digits follow it.
fn behind_separator(text: &str) -> Option<&str> {
    text[digits(text)..].strip_prefix(SEPARATORS).filter(|rest| digits(rest) > 0)
}

const SEPARATORS: [char; 4] = ['.', ',', '\'', '’'];

/// Returns the whole number with separators of thousands, such as `7,986` or `1.000.000`.
fn separated(text: &str) -> Option<&str> {
    let grouped = |c: char| c.is_ascii_digit() || SEPARATORS.contains(&c);
    let is_separated = !text.starts_with('0') && digits(behind_separator(text)?) == 3;
    is_separated.then(|| &text[..text.find(|c| !grouped(c)).unwrap_or(text.len())])
}

/// Returns whether the text starts with a fraction: `1.5`, `0,125`, `1½`, or `1/2`, which could
/// also be a range.
fn is_fraction(text: &str) -> bool {
    let halved = text.strip_prefix("1/").is_some_and(|rest| digits(rest) > 0);
    let is_part = |char| matches!(char, '¼'..='¾' | '⅐'..='⅞');
    halved || behind_separator(text).is_some() || text[digits(text)..].starts_with(is_part)
}

/// Returns the date at the start of `text`: three numbers with the same sign between them.
fn date(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '-' | '.' | '/')).unwrap_or(text.len());
    let date = &text[..end];
    let of = |sign: char| {
        let parts: Vec<_> = date.split(sign).map(str::len).collect();
        matches!(parts[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 2 | 4])
            && date.bytes().filter(|byte| !byte.is_ascii_digit()).count() == 2
    };
    ['-', '.', '/'].into_iter().any(of).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = tokens(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let shown = tokens.iter().map(|token| match &token.kind {
            Kind::Number(number) => number.to_string(),
            Kind::Word(word) => word.clone(),
        });
        shown.collect()
    }

    #[test]
    fn case_accents_spaces_and_dashes_make_no_difference() {
        for (text, want) in [
            ("", &[] as &[&str]),
            ("30\u{a0}JOURS", &["30", "jours"]),
            ("30\u{202f}jours\u{2009}", &["30", "jours"]),
            ("24h", &["24", "h"]),
            ("1 Année", &["1", "annee"]),
            ("1 anne\u{301}e", &["1", "annee"]),
            ("12 month(s)", &["12", "month"]),
            ("3 Tag(e)", &["3", "tag"]),
            ("1 year (max)", &["1", "year", "(", "max", ")"]),
            ("30 min.", &["30", "min"]),
            ("jusqu’à 1 an", &["jusqu'", "a", "1", "an"]),
            ("schließen", &["schliessen"]),
            ("1–2", &["1", "-", "2"]),
            ("<1 day", &["<", "1", "day"]),
            ("Sześćdziesiąt ŻŹŁÓŃ", &["szescdziesiat", "zzlon"]),
            ("شَهْرًا أسبوعًا ســنة", &["شهرا", "اسبوعا", "سنه"]),
            ("سنة وشهر واحد و30", &["سنه", "و", "شهر", "واحد", "و", "30"]),
        ] {
            assert_eq!(words(text), want, "{text:?}");
        }
    }

    #[test]
    fn what_nobody_sees_makes_no_difference() {
        for (text, want) in [
            ("30\u{200b}\u{feff} da\u{ad}ys\u{2060}", "30 days"),
            ("\u{200f}\u{202b}٣٠ يوم\u{202c}\u{2067}\u{2069}\u{61c}", "30 يوم"),
            ("۱۲، ١٬٠٠٠ ١٫٥", "12, 1'000 1,5"),
            ("30\u{a0}jours", "30\u{a0}jours"),
        ] {
            assert_eq!(plain(text), want, "{text:?}");
        }
    }

    #[test]
    fn r14_tokens_know_their_place() {
        for token in tokens("  Jusqu’à 13 MOIS (max.) ").unwrap() {
            assert!(token.start < token.end, "{token:?}");
        }
        let tokens = tokens("é 13 mois").unwrap();
        assert_eq!((tokens[1].start, tokens[1].end), (3, 5));
    }
}
