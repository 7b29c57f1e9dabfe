//! One table of a registry file: its values are taken by key, and what is left over is unknown.

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
    /// Set where there is no table. That is noted, and that its keys are missing is not.
    malformed: bool,
    /// The keys that were asked for: those that mean something here.
    known: Vec<&'static str>,
    problems: &'p mut Problems,
}

impl<'p> Table<'p> {
    /// The table at `path`; anything but a table is noted, and read as an empty one.
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

    /// The value of a key, which is known from now on.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        if self.malformed {
            self.problems.mark_misread(self.path.at(key));
        }
        let at = self.values.iter().position(|(name, _)| name == key)?;
        Some(self.values.remove(at).1)
    }

    /// Notes the keys that nothing asked for.
    pub(crate) fn finish(self) {
        self.finish_with(|_, _, _, _| false);
    }

    /// Notes the keys that nothing asked for, unless `mistake` knows and notes what is meant by one:
    /// it is given the table's path, the keys known, and the key with its value.
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

    /// Notes that a key holds something that it does not take.
    pub(crate) fn wrong(&mut self, key: &str, expected: &str, found: &Node) {
        wrong_type(self.problems, self.path.at(key), expected, found);
    }

    /// The value of a key as what `read` makes of it; noted where it makes nothing of it.
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

    /// A text, or a list of them.
    pub(crate) fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        self.read(key, "a text in quotes, or a list of them", |node| match node {
            Node::List(texts) if texts.iter().all(|text| matches!(text, Node::Text(_))) => {
                Ok(texts.into_iter().filter_map(|text| text.into_text().ok()).collect())
            }
            other => other.into_text().map(|text| vec![text]),
        })
    }

    /// A text that may look like a date, which TOML lets one write without quotes.
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

    /// One word of a few.
    pub(crate) fn word<T: Word>(&mut self, key: &'static str) -> Option<T> {
        let words: Vec<_> = T::WORDS.iter().map(|(word, _)| word.to_ascii_lowercase()).collect();
        let text = self.read(key, &alternatives(&words, '"'), Node::into_text)?;
        T::from_word(&text)
            .map_err(|unknown| {
                self.problems.add_misread(self.path.at(key), "unknown-value", unknown.to_string());
            })
            .ok()
    }

    /// A text for visitors.
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

    /// A table of entries, in its order.
    pub(crate) fn entries(&mut self, key: &'static str) -> Vec<(String, Node)> {
        let table = |node| match node {
            Node::Table(entries) => Ok(entries),
            other => Err(other),
        };
        self.read(key, "a table", table).unwrap_or_default()
    }
}

/// Notes that something of another type stands where something else is expected.
pub(crate) fn wrong_type(problems: &mut Problems, path: KeyPath, expected: &str, found: &Node) {
    let message = format!("is {}; write {expected}", found.kind());
    problems.add_misread(path, "wrong-type", message);
}
