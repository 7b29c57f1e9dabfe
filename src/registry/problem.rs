//! The errors and warnings about a registry.

pub(crate) mod key_path;

pub use crate::registry::problem::key_path::KeyPath;

use std::fmt;
use std::ops::Range;

/// The error of building a registry. It lists every problem that was found, not only the first
/// (rule [R14](crate::rules#r14)).
///
/// `Display` writes each problem on a line of its own. `Debug` does the same after an empty first
/// line, so that the problems are readable where `unwrap` or a `main` that returns the error prints
/// them.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<Problem>,
}

impl ConfigError {
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// Returns the problems, of which there is at least one. They are sorted by line if the lines
    /// are known, and else listed in the order of checking.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    #[cfg(feature = "toml")]
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for ConfigError {}

/// A single problem with a registry, or a warning: where it is, what it is, and what to do about
/// it.
///
/// `Display` writes the line and the key path, as far as they are known, then the message.
///
/// # Codes
///
/// | [code](Self::code) | what is wrong |
/// |---|---|
/// | `syntax` | the text is no TOML |
/// | `wrong-type` | a value of another type than its key takes |
/// | `unknown-key` | a key that means nothing here |
/// | `dotted-name` | a key inside a cookie that may be the rest of a name with a dot, not in quotes |
/// | `misplaced-category` | a category that does not stand under `categories` |
/// | `list-of-cookies` | cookies written as a list of tables |
/// | `necessary-refused` | `refused-by-gpc` of something necessary |
/// | `missing-version` | no version, or an empty one |
/// | `missing-category` | not one category |
/// | `missing-basis` | a category without a basis |
/// | `unknown-value` | a word that is none of those that the key takes |
/// | `unknown-source` | a consent source that is none |
/// | `duplicate-source` | a consent source declared twice |
/// | `shared-cookie` | two consent sources that read one cookie |
/// | `no-granting-source` | sources that can only refuse, in a registry that asks for consent |
/// | `fixed-cookie` | a name for the cookie of a source that has several |
/// | `no-revision` | a revision demanded of a source that states none |
/// | `nothing-refused` | `gpc` or `dnt` as a source, in a registry where they refuse nothing |
/// | `no-language` | a text given for no language at all |
/// | `invalid-language` | a text given for what is no language tag, such as `french` |
/// | `empty-text` | a title, purpose or provider that says nothing |
/// | `invalid-date` | an `updated` that is no date |
/// | `invalid-lifetime` | a text, duration or number that is no lifetime |
/// | `session-consent` | a consent lifetime of `session`, which has no length |
/// | `lifetime-above-limit` | a lifetime above that of the service or category around it (rule [R5](crate::rules#r5)) |
/// | `invalid-id` | an id with other characters than ASCII letters, digits, `-`, `_` and `.` |
/// | `reserved-id` | an id that is a key of the consent cookie |
/// | `duplicate-id` | an id that another category or service has |
/// | `similar-id` | an id that another category or service has but for capitals |
/// | `unknown-category` | a category that is not declared |
/// | `unknown-service` | a service that is not declared |
/// | `unknown-id` | an id that neither a category nor a service has |
/// | `not-a-service` | a category named where a service is to be |
/// | `not-a-category` | a service named where a category is to be |
/// | `belongs-nowhere` | a cookie or service that names neither category nor service |
/// | `belongs-twice` | a cookie or service that belongs to two places |
/// | `empty-name` | a cookie without a name |
/// | `bare-wildcard` | a pattern that matches every name |
/// | `impossible-name` | a name that no cookie can have (RFC 6265bis, sections 5.6 and 5.7) |
/// | `placeholder` | a name with a placeholder for the part that varies, such as `[hash]` |
/// | `unfinished-name` | a name that ends like the start of others, such as `wp-settings-` |
/// | `regular-expression` | a regular expression, where a pattern has `*` |
/// | `several-names` | several names in one |
/// | `copied-text` | a name with other text of its page: quotes, remarks, HTML, typography |
/// | `phrase` | words in the place of a name |
/// | `host-prefix` | a `__Host-` name with a domain, or with a path other than `/` |
/// | `invalid-domain` | a domain that is no host name |
/// | `public-suffix` | a domain that is a whole top-level domain |
/// | `invalid-path` | a path that does not start with `/`, or that a `Set-Cookie` cannot carry |
/// | `weaker-attribute` | an attribute that takes back what is demanded around it (rule [R21](crate::rules#r21)) |
/// | `insecure-attribute` | `SameSite=None` or `Partitioned` without `Secure` (rule [R21](crate::rules#r21)) |
/// | `duplicate-cookie` | a name or pattern that is declared already |
/// | `ambiguous-patterns` | two patterns of two homes with an equal claim to one name (rule [R5](crate::rules#r5)) |
/// | `consent-cookie-name` | a consent cookie whose name is no token (RFC 9110, section 5.6.2) |
/// | `consent-cookie-refused` | a consent cookie that browsers refuse to store |
/// | `consent-cookie-not-necessary` | a cookie that carries the choice, by its name in a category that is not necessary (rule [R8](crate::rules#r8)) |
/// | `too-large` | more entries than can be numbered |
///
/// Codes of [warnings](crate::registry::Registry::warnings):
///
/// | code | what the site should know |
/// |---|---|
/// | `ids-lead-nowhere` | ids of a consent-management platform that decide on nothing (rule [R18](crate::rules#r18)) |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    code: &'static str,
    key_path: KeyPath,
    line: Option<usize>,
    span: Option<Range<usize>>,
    message: String,
}

impl Problem {
    pub(crate) fn new(code: &'static str, key_path: KeyPath, message: &str) -> Self {
        Self { code, key_path, line: None, span: None, message: visible(message) }
    }

    /// Sets the place of the problem in the text of the file: the line, and the bytes of the key.
    #[cfg(feature = "toml")]
    pub(crate) fn locate(&mut self, line: Option<usize>, span: Option<Range<usize>>) {
        (self.line, self.span) = (line, span);
    }

    /// Returns the kind of problem, for programs: one of the [codes](Self#codes) above. Codes stay
    /// the same from version to version, while messages may change.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns the place of the problem in the registry file. The path is empty for a problem with
    /// the file as a whole.
    pub const fn key_path(&self) -> &KeyPath {
        &self.key_path
    }

    /// Returns the line of that key, counted from 1, if the registry was read by
    /// `Registry::from_toml`. If something is missing, it is the line of the table that should have
    /// it.
    pub const fn line(&self) -> Option<usize> {
        self.line
    }

    /// Returns the range of that key in the text, in bytes, if [`line`](Self::line) is known.
    pub fn span(&self) -> Option<Range<usize>> {
        self.span.clone()
    }

    /// Returns the message, which says what is wrong and what to do.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.key_path.keys().is_empty() {
            write!(f, "{}: ", self.key_path)?;
        }
        f.write_str(&self.message)
    }
}

/// Escapes every character that moves, hides or reorders the text around it, such as marks of
/// writing direction. Backslashes stay, since messages already use them for escapes.
fn visible(message: &str) -> String {
    let mut visible = String::with_capacity(message.len());
    for c in message.chars() {
        match c {
            '\\' | '"' | '\'' => visible.push(c),
            c => visible.extend(c.escape_debug()),
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r15_what_disturbs_a_terminal_is_escaped() {
        let path = KeyPath::root().at("categories").at("a\u{202e}\u{9b}b");
        let message = format!("\u{1b}[1m `x\u{2066}y` is no {:?}; été", "a\\\u{200f}");
        assert_eq!(
            Problem::new("syntax", path, &message).to_string(),
            r#"categories."a\u{202e}\u{9b}b": \u{1b}[1m `x\u{2066}y` is no "a\\\u{200f}"; été"#
        );
    }
}
