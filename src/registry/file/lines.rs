//! Registry files in TOML, and the line of what is wrong with them.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::registry::Registry;
use crate::registry::file;
use crate::registry::file::node::Node;
use crate::registry::problem::ProblemKind;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::problem::{ConfigError, Problem};

pub(crate) fn from_toml(text: &str) -> Result<Registry, ConfigError> {
    match toml::from_str::<Node>(text) {
        Ok(node) => file::builder(node).build().map_err(|error| with_lines(error, text)),
        Err(error) => {
            let line = error.span().map(|span| Lines::new(text).at(span.start));
            let mut message = error.message().replace('\n', "; ");
            if let Some(hint) = error.span().and_then(|span| hint(text, &message, span)) {
                message.push_str(&hint);
            }
            let problem = Problem::new(KeyPath::root(), ProblemKind::Syntax { message });
            Err(ConfigError::new(vec![problem.on_line(line)]))
        }
    }
}

/// What the parser does not say: which key is there twice, and that a cookie's name with a star or
/// a bracket stands in quotes.
fn hint(text: &str, message: &str, span: Range<usize>) -> Option<String> {
    if message == "duplicate key" {
        return Some(format!(" {}; remove one of the two", text.get(span)?));
    }
    let (before, after) = text.split_at_checked(span.start)?;
    let start = before.rfind(['\n', '{', ',']).map_or(0, |at| at + 1);
    let length = after.find(['=', '\n']).unwrap_or(after.len());
    let key = text.get(start..span.start + length)?.trim();
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.';
    // A quote closes what is no bare key; after `=` it is no key at all.
    if !key.starts_with(bare) && !key.starts_with('*') || key.contains(['=', '"', '\'', '#']) {
        return None;
    }
    let quoted =
        key.contains(|c| !bare(c)).then_some("; a key with other characters stands in quotes");
    // What a dot in it means, the name's or the table's, nobody knows.
    let example =
        if key.contains('.') { String::new() } else { format!(", as in `\"{key}\" = …`") };
    quoted.map(|quoted| format!("{quoted}{example}"))
}

/// Adds to each problem the line of its entry. The document is parsed again for it: only a
/// mistake pays for knowing where things stand.
fn with_lines(error: ConfigError, text: &str) -> ConfigError {
    // It was parsed before, so it is again.
    let Ok(document) = DeTable::parse(text) else {
        return error;
    };
    let lines = Lines::new(text);
    let mut problems: Vec<Problem> = error
        .into_problems()
        .into_iter()
        .map(|problem| {
            let offset = offset(document.get_ref(), problem.key_path().keys());
            problem.on_line(offset.map(|offset| lines.at(offset)))
        })
        .collect();
    // What concerns the file as a whole comes first; else as people read.
    problems.sort_by_key(Problem::line);
    ConfigError::new(problems)
}

/// Where the entry starts, or the innermost table that should have held it.
fn offset(root: &DeTable<'_>, keys: &[String]) -> Option<usize> {
    let mut found = None;
    let mut table = root;
    for (depth, key) in keys.iter().enumerate() {
        let Some((name, value)) = table.get_key_value(key.as_str()) else {
            break;
        };
        found = Some(name.span().start);
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            DeValue::Array(list) => {
                // A list of names. The last of equal ones is the one that is too many.
                let next = keys.get(depth + 1);
                let named = |item: &&Spanned<DeValue<'_>>| {
                    next.is_some() && item.get_ref().as_str() == next.map(String::as_str)
                };
                return list.iter().rev().find(named).map(|item| item.span().start).or(found);
            }
            _ => break,
        }
    }
    found
}

/// Line numbers of a text.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of the byte at `offset`, counted from 1.
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
            ("x = abc", "expected literal string"),
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
