//! Reads registry files in TOML, and finds the lines of problems.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::registry::Registry;
use crate::registry::file;
use crate::registry::file::node::Node;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::problem::{ConfigError, Problem};

/// The parser's message for a key that stands twice in one table.
const DUPLICATE: &str = "duplicate key";

pub(crate) fn from_toml(text: &str) -> Result<Registry, ConfigError> {
    match toml::from_str::<Node>(text) {
        Ok(node) => match file::builder(node).build() {
            Ok(registry) => Ok(registry.map_warnings(|warnings| with_lines(warnings, text))),
            Err(error) => Err(ConfigError::new(with_lines(error.into_problems(), text))),
        },
        Err(first) => Err(not_toml(first, text)),
    }
}

/// Returns the error of a text that is not valid TOML. If the only mistakes are duplicate keys, all
/// of them are listed. Otherwise only the first mistake is, since what a parser reports after it
/// may be wrong.
fn not_toml(first: Error, text: &str) -> ConfigError {
    let (_, all) = DeTable::parse_recoverable(text);
    let only_duplicates = !all.is_empty() && all.iter().all(|error| error.message() == DUPLICATE);
    let errors = if only_duplicates { all } else { vec![first] };
    let lines = Lines::new(text);
    let problem = |error: &Error| {
        let message = error.span().and_then(|span| without_quotes(text, span.start));
        let message = message.unwrap_or_else(|| {
            let advice = error.span().and_then(|span| advice(text, error.message(), span));
            error.message().replace('\n', "; ") + &advice.unwrap_or_default()
        });
        let line = error.span().map(|span| lines.at(span.start));
        let mut problem = Problem::new("syntax", KeyPath::root(), &message);
        problem.locate(line, error.span());
        problem
    };
    ConfigError::new(errors.iter().map(problem).collect())
}

/// Returns advice that the parser does not give: which key is a duplicate, and that a cookie's name
/// with a star or a bracket needs quotes.
fn advice(text: &str, message: &str, span: Range<usize>) -> Option<String> {
    if message == DUPLICATE {
        return Some(format!(" {}; remove one of the two", text.get(span)?));
    }
    let key = key_around(text, span.start)?;
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    // A key in quotes needs no advice, and a text with `=` before it is a value.
    let is_key = key.starts_with(is_bare) || key.starts_with('*');
    if !is_key || key.contains(['=', '"', '\'', '#']) || key.chars().all(is_bare) {
        return None;
    }
    // A dot may be part of the name, or lead into a table, so there is no example.
    let example =
        if key.contains('.') { String::new() } else { format!(", as in `\"{key}\" = …`") };
    Some(format!("; a key with other characters stands in quotes{example}"))
}

/// Returns what to write if the parser stopped at a value without quotes, such as `basis = consent`.
/// The parser guesses from its first letter what it was meant to be, such as a number.
fn without_quotes(text: &str, at: usize) -> Option<String> {
    let (before, after) = text.split_at_checked(at)?;
    let start = before.rfind(['=', '[', '{', ',', '\n']).map_or(0, |end| end + 1);
    let end = after.find(['=', ',', '}', ']', '\n', '#']).unwrap_or(after.len());
    // What has `=` behind it is a key, and only a list has values without `=` in front of them.
    let lead = before[..start].trim_end();
    let is_list = |list: &str| list.trim_end().ends_with('=');
    let is_first = lead.strip_suffix('[').is_some_and(is_list);
    let is_later = lead.ends_with(',') && lead.rfind('[') > lead.rfind(['{', ']']);
    if after[end..].starts_with('=') || !(lead.ends_with('=') || is_first || is_later) {
        return None;
    }
    let typographic = |c: char| matches!(c, '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚');
    let value = text[start..at + end].trim().trim_matches(typographic).trim();
    if value.is_empty() || value.contains(['"', '\'', '[', '{']) {
        return None;
    }
    let word = value.to_ascii_lowercase();
    Some(match word.as_str() {
        "true" | "false" => format!("{value} is no value; write `{word}`"),
        _ => format!("a text stands in straight quotes; write `\"{value}\"`"),
    })
}

/// Returns the text between the end of the previous setting and the next `=` or line end.
fn key_around(text: &str, at: usize) -> Option<&str> {
    let (before, after) = text.split_at_checked(at)?;
    let start = before.rfind(['\n', '{', ',']).map_or(0, |end| end + 1);
    let length = after.find(['=', '\n']).unwrap_or(after.len());
    Some(text[start..at + length].trim())
}

/// Adds to each problem the line of its key. For that, the document is parsed again, so that valid
/// files need not keep the positions of their keys.
fn with_lines(mut problems: Vec<Problem>, text: &str) -> Vec<Problem> {
    if problems.is_empty() {
        return problems;
    }
    // The text was parsed before, so this cannot fail.
    let Ok(document) = DeTable::parse(text) else { return problems };
    let lines = Lines::new(text);
    for problem in &mut problems {
        let span = span(document.get_ref(), problem.key_path().keys());
        problem.locate(span.as_ref().map(|span| lines.at(span.start)), span);
    }
    // Problems of the file as a whole come first, then the others in the order of their lines.
    problems.sort_by_key(Problem::line);
    problems
}

/// Returns the range of the last of these keys, or of the innermost table that should have it.
fn span(root: &DeTable<'_>, keys: &[String]) -> Option<Range<usize>> {
    let mut found = None;
    let mut table = root;
    for (depth, key) in keys.iter().enumerate() {
        let Some((name, value)) = table.get_key_value(key.as_str()) else {
            break;
        };
        found = Some(name.span());
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            DeValue::Array(list) => {
                // This is a list of names. If a name is listed twice, the last one is reported.
                let Some(next) = keys.get(depth + 1) else { return found };
                let named = |item: &&Spanned<DeValue<'_>>| item.get_ref().as_str() == Some(next);
                return list.iter().rev().find(named).map(Spanned::span).or(found);
            }
            _ => break,
        }
    }
    found
}

/// The positions of the line ends in a text.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// Returns the line of the byte at `offset`, counted from 1.
    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|newline| *newline < offset) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r14_the_parser_is_helped_out() {
        for (text, want) in [
            (
                "[c]\n_ga_* = '1 day'",
                "; a key with other characters stands in quotes, as in `\"_ga_*\" = …`",
            ),
            ("c = { x = 1, *_id = 2 }", "quotes, as in `\"*_id\" = …`"),
            ("wp_[hash] = 1", "quotes, as in `\"wp_[hash]\" = …`"),
            ("wp_{id} = 1", "quotes, as in `\"wp_{id}\" = …`"),
            ("a b = 1", "quotes, as in `\"a b\" = …`"),
            ("a.b* = 1", "a key with other characters stands in quotes"),
            ("a = 1\nb = 2\na = 3", "duplicate key a; remove one of the two"),
            ("'a b' = 1\n'a b' = 2", "duplicate key 'a b'; remove one of the two"),
            ("x = abc", "line 1: a text stands in straight quotes; write `\"abc\"`"),
            // The parser takes these for a number without end, and for none.
            ("basis = necessary", "straight quotes; write `\"necessary\"`"),
            ("basis = inferred # so", "straight quotes; write `\"inferred\"`"),
            ("a = { b = opt-out }", "straight quotes; write `\"opt-out\"`"),
            ("c = { id = 13 months, x = '1 day' }", "straight quotes; write `\"13 months\"`"),
            ("version = 1.0.0", "straight quotes; write `\"1.0.0\"`"),
            ("basis = “consent”", "straight quotes; write `\"consent\"`"),
            ("basis = « consent »", "straight quotes; write `\"consent\"`"),
            ("c = [_ga, _gid]", "straight quotes; write `\"_ga\"`"),
            (
                "c = [\n  '_ga',\n  _gid\n]",
                "line 3: a text stands in straight quotes; write `\"_gid\"`",
            ),
            ("secure = True", "True is no value; write `true`"),
            ("secure = yes", "straight quotes; write `\"yes\"`"),
            ("a = 'b',\nc = 1", "unexpected key or value, expected newline, `#`"),
            ("a = 'b = c' d", "unexpected key or value, expected newline, `#`"),
            ("x =", "string values must be quoted, expected literal string"),
            ("sid", "expected `=`"),
            ("x = \"1", "expected `\"`"),
            ("[a*]", "`_`"),
        ] {
            let error = from_toml(text).unwrap_err().to_string();
            assert!(error.ends_with(want), "{text}: {error}");
        }
    }

    #[test]
    fn r14_lines_are_counted_from_one() {
        let lines = Lines::new("a\nbc\n\nd");
        for (offset, want) in [(0, 1), (1, 1), (2, 2), (4, 2), (5, 3), (6, 4), (99, 4)] {
            assert_eq!(lines.at(offset), want, "{offset}");
        }
    }
}
