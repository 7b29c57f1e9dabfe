//! One table of a registry file: its values are taken by key, and what is left over is unknown.

use crate::lifetime::LifetimeSpec;
use crate::registry::check::problems::Problems;
use crate::registry::check::suggestion::closest;
use crate::registry::declare::text::Text;
use crate::registry::file::guess;
use crate::registry::file::guess::Guess;
use crate::registry::file::node::Node;
use crate::registry::problem::ProblemKind;
use crate::registry::problem::key_path::KeyPath;

const TEXT: &str = "a text in quotes";
const LIFETIME: &str = "a text such as \"30 days\" or \"session\"";
const BOOL: &str = "true or false";
const TEXTS: &str = "a text in quotes, or one per language as in { fr = \"…\", en = \"…\" }";

pub(crate) struct Table<'p> {
    entry: KeyPath,
    values: Vec<(String, Node)>,
    known: &'static [&'static str],
    problems: &'p mut Problems,
    malformed: bool,
    /// The keys that unknown ones are probably meant to be.
    misspelt: Vec<&'static str>,
}

impl<'p> Table<'p> {
    /// The table at `entry`, which takes the keys `known`; anything but a table is noted, and
    /// read as an empty one.
    pub(crate) fn new(
        node: Node,
        entry: KeyPath,
        known: &'static [&'static str],
        problems: &'p mut Problems,
    ) -> Self {
        Self::with_guess(node, entry, known, guess::nothing, problems)
    }

    /// The same, where an unknown key may be a known mistake.
    pub(crate) fn with_guess(
        node: Node,
        entry: KeyPath,
        known: &'static [&'static str],
        guess: Guess,
        problems: &'p mut Problems,
    ) -> Self {
        let mut table = Self {
            entry,
            values: Vec::new(),
            known,
            problems,
            malformed: false,
            misspelt: Vec::new(),
        };
        match node {
            Node::Table(values) => table.values = values,
            other => {
                table.malformed = true;
                let kind = ProblemKind::WrongType { expected: "a table", found: other.kind() };
                table.problems.add(table.entry.clone(), kind);
            }
        }
        // Noted at once, so that problems come in the order of reading.
        for (key, value) in table.values.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let kind = guess(&table.entry, known, key, value).unwrap_or_else(|| {
                let suggestion = closest(key, known.iter().copied());
                table.misspelt.extend(suggestion);
                ProblemKind::UnknownField { suggestion, known }
            });
            table.problems.add(table.entry.at(key), kind);
        }
        table
    }

    pub(crate) fn entry(&self) -> &KeyPath {
        &self.entry
    }

    /// Whether to note a key as missing: not if it has a value of the wrong type, nor if it is
    /// misspelt, nor if there is no table, each of which is noted as that.
    pub(crate) fn lacks(&self, key: &str) -> bool {
        !self.malformed
            && !self.misspelt.contains(&key)
            && self.values.iter().all(|(name, _)| name != key)
    }

    pub(crate) fn problems(&mut self) -> &mut Problems {
        self.problems
    }

    /// The value of a key, which is one of those known.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Node> {
        debug_assert!(self.known.contains(&key), "{key} is read and not known");
        let at = self.values.iter().position(|(name, _)| name == key)?;
        Some(self.values.swap_remove(at).1)
    }

    /// Notes that a key holds something that it does not take.
    pub(crate) fn wrong(&mut self, key: &str, expected: &'static str, found: &Node) {
        let kind = ProblemKind::WrongType { expected, found: found.kind() };
        self.problems.add(self.entry.at(key), kind);
    }

    pub(crate) fn string(&mut self, key: &'static str) -> Option<String> {
        match self.take(key)? {
            Node::Text(text) => Some(text),
            other => {
                self.wrong(key, TEXT, &other);
                None
            }
        }
    }

    /// A text that may look like a date, which TOML lets one write without quotes.
    pub(crate) fn string_or_date(&mut self, key: &'static str) -> Option<String> {
        match self.take(key)? {
            Node::Text(text) | Node::Date(text) => Some(text),
            other => {
                self.wrong(key, TEXT, &other);
                None
            }
        }
    }

    pub(crate) fn lifetime(&mut self, key: &'static str) -> Option<LifetimeSpec> {
        match self.take(key)? {
            Node::Text(text) => Some(text.into()),
            other => {
                self.wrong(key, LIFETIME, &other);
                None
            }
        }
    }

    pub(crate) fn bool(&mut self, key: &'static str) -> Option<bool> {
        match self.take(key)? {
            Node::Bool(value) => Some(value),
            other => {
                self.wrong(key, BOOL, &other);
                None
            }
        }
    }

    /// A text for visitors.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Text> {
        let texts = match self.take(key)? {
            Node::Text(text) => return Some(text.into()),
            Node::Table(texts) => texts,
            other => {
                self.wrong(key, TEXTS, &other);
                return None;
            }
        };
        let mut per_language = Vec::with_capacity(texts.len());
        for (lang, text) in texts {
            match text {
                Node::Text(text) => per_language.push((lang, text)),
                other => {
                    let kind = ProblemKind::WrongType { expected: TEXT, found: other.kind() };
                    self.problems.add(self.entry.at(key).at(lang), kind);
                    return None;
                }
            }
        }
        Some(Text::per_language(per_language))
    }

    /// A table of entries, in its order.
    pub(crate) fn entries(&mut self, key: &'static str) -> Vec<(String, Node)> {
        match self.take(key) {
            None => Vec::new(),
            Some(Node::Table(entries)) => entries,
            Some(other) => {
                self.wrong(key, "a table", &other);
                Vec::new()
            }
        }
    }
}
