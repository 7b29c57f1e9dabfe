//! Reads a table of a registry file. Its values are taken by key, and keys that are left over are
//! unknown.

use crate::lifetime::LifetimeSpec;
use crate::registry::check::problems::Problems;
use crate::registry::declare::text::Text;
use crate::registry::declare::word::{Word, alternatives};
use crate::registry::file::mistake;
use crate::registry::file::node::Node;
use crate::registry::problem::key_path::KeyPath;

const TEXT: &str = "a text in quotes";

pub(crate) struct Table<'p> {
    path: KeyPath,
    values: Vec<(String, Node)>,
    /// True if the value is not a table. This was reported, so that missing keys are not.
    malformed: bool,
    /// The keys that were asked for, which are all keys that this table may have.
    known: Vec<&'static str>,
    problems: &'p mut Problems,
}

impl<'p> Table<'p> {
    /// Makes the table at `path`. Any other value is reported, and read as an empty table.
    pub(crate) fn new(node: Node, path: KeyPath, problems: &'p mut Problems) -> Self {
        let (values, malformed) = match node {
            Node::Table(values) => (values, false),
            other => {
                wrong_type(problems, path.clone(), "a table", &other);
                (Vec::new(), true)
            }
        };
        Self { path, values, malformed, known: Vec::new(), problems }
    }

    pub(crate) fn path(&self) -> &KeyPath {
        &self.path
    }

    pub(crate) fn problems(&mut self) -> &mut Problems {
        self.problems
    }

    /// Takes the value of a key, and adds the key to those known.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        if self.malformed {
            self.problems.mark_misread(self.path.at(key));
        }
        let at = self.values.iter().position(|(name, _)| name == key)?;
        Some(self.values.remove(at).1)
    }

    /// Reports the keys that are unknown.
    pub(crate) fn finish(self) {
        self.finish_with(|_, _, _, _| false);
    }

    /// Reports the keys that are unknown, unless `mistake` recognises and reports one itself. It
    /// gets the key with its value, the path of the table, and the known keys.
    pub(crate) fn finish_with(
        self,
        mistake: impl Fn((&str, &Node), &KeyPath, &[&'static str], &mut Problems) -> bool,
    ) {
        for (key, value) in &self.values {
            if mistake((key, value), &self.path, &self.known, self.problems) {
                continue;
            }
            let advice = if let Some(meant) = mistake::meant(key, &self.known) {
                self.problems.mark_misread(self.path.at(meant));
                format!("; did you mean `{meant}`?")
            } else if self.known.is_empty() {
                ", which takes none; leave it out".to_owned()
            } else {
                format!("; it takes {}", self.known.join(", "))
            };
            let message = format!("is no key of this table{advice}");
            self.problems.add_misread(self.path.at(key), "unknown-key", message);
        }
    }

    /// Reports that a key has a value of a wrong type.
    pub(crate) fn wrong(&mut self, key: &str, expected: &str, found: &Node) {
        wrong_type(self.problems, self.path.at(key), expected, found);
    }

    /// Takes the value of a key and converts it by `read`. A value that `read` refuses is reported.
    fn read<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: impl FnOnce(Node) -> Result<T, Node>,
    ) -> Option<T> {
        read(self.take(key)?).map_err(|other| self.wrong(key, expected, &other)).ok()
    }

    pub(crate) fn string(&mut self, key: &'static str) -> Option<String> {
        self.read(key, TEXT, Node::into_text)
    }

    /// Takes a text, or a list of texts.
    pub(crate) fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        self.read(key, "a text in quotes, or a list of them", |node| match node {
            Node::List(texts) if texts.iter().all(|text| matches!(text, Node::Text(_))) => {
                Ok(texts.into_iter().filter_map(|text| text.into_text().ok()).collect())
            }
            other => other.into_text().map(|text| vec![text]),
        })
    }

    /// Takes a text or a date, since TOML allows a date without quotes.
    pub(crate) fn string_or_date(&mut self, key: &'static str) -> Option<String> {
        self.read(key, TEXT, |node| match node {
            Node::Date(date) => Ok(date),
            other => other.into_text(),
        })
    }

    pub(crate) fn lifetime(&mut self, key: &'static str) -> Option<LifetimeSpec> {
        let lifetime = "a text such as \"30 days\" or \"session\"";
        self.read(key, lifetime, Node::into_text).map(LifetimeSpec::from)
    }

    pub(crate) fn bool(&mut self, key: &'static str) -> Option<bool> {
        self.read(key, "true or false", |node| match node {
            Node::Bool(value) => Ok(value),
            other => Err(other),
        })
    }

    /// Takes a word that stands for a value of `T`.
    pub(crate) fn word<T: Word>(&mut self, key: &'static str) -> Option<T> {
        let words: Vec<_> = T::WORDS.iter().map(|(word, _)| word.to_ascii_lowercase()).collect();
        let text = self.read(key, &alternatives(&words, '"'), Node::into_text)?;
        T::from_word(&text)
            .map_err(|unknown| {
                self.problems.add_misread(self.path.at(key), "unknown-value", unknown.to_string());
            })
            .ok()
    }

    /// Takes a text for visitors, in one language or several.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Text> {
        let expected = "a text in quotes, or one per language as in { fr = \"…\", en = \"…\" }";
        let texts = match self.take(key)? {
            Node::Text(text) => return Some(text.into()),
            Node::Table(texts) => texts,
            other => {
                self.wrong(key, expected, &other);
                return None;
            }
        };
        let mut per_language = Vec::with_capacity(texts.len());
        for (lang, text) in texts {
            match text {
                Node::Text(text) => per_language.push((lang, text)),
                other => {
                    wrong_type(self.problems, self.path.at(key).at(lang), TEXT, &other);
                    return None;
                }
            }
        }
        Some(Text::per_language(per_language))
    }

    /// Takes a table of entries, and keeps their order.
    pub(crate) fn entries(&mut self, key: &'static str) -> Vec<(String, Node)> {
        match self.take(key) {
            None => {}
            Some(Node::Table(entries)) => return entries,
            Some(Node::List(list)) => {
                mistake::list_of_entries(&self.path.at(key), &list, self.problems);
            }
            Some(other) => self.wrong(key, "a table", &other),
        }
        Vec::new()
    }
}

/// Reports a value that has another type than expected.
pub(crate) fn wrong_type(problems: &mut Problems, path: KeyPath, expected: &str, found: &Node) {
    let message = format!("is {}; write {expected}", found.kind());
    problems.add_misread(path, "wrong-type", message);
}
