//! Collects the problems that the checks find.

use std::collections::HashSet;

use crate::lifetime::{LifetimeSpec, MaxLifetime};
use crate::registry::check::names;
use crate::registry::check::suggestion::closest;
use crate::registry::declare::text::Text;
use crate::registry::problem::key_path::KeyPath;
use crate::registry::problem::{ConfigError, Problem};

#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    warnings: Vec<Problem>,
    /// The paths of everything that could not be read. A key that seems to be missing at such a
    /// path may be there after all.
    misread: HashSet<KeyPath>,
}

impl Problems {
    pub(crate) fn add(&mut self, key_path: KeyPath, code: &'static str, message: impl AsRef<str>) {
        self.list.push(Problem::new(code, key_path, message.as_ref()));
    }

    /// Adds a warning, which does not keep the registry from being built.
    #[cfg(feature = "cmp")]
    pub(crate) fn warn(&mut self, key_path: KeyPath, code: &'static str, message: impl AsRef<str>) {
        self.warnings.push(Problem::new(code, key_path, message.as_ref()));
    }

    /// Adds a problem with something that could not be read. Its parent may seem to lack a key
    /// because of it.
    pub(crate) fn add_misread(
        &mut self,
        key_path: KeyPath,
        code: &'static str,
        message: impl AsRef<str>,
    ) {
        self.misread.insert(key_path.parent());
        self.misread.insert(key_path.clone());
        self.add(key_path, code, message);
    }

    /// Remembers that this key, which seems to be missing, may stand elsewhere by mistake.
    pub(crate) fn mark_misread(&mut self, key_path: KeyPath) {
        self.misread.insert(key_path);
    }

    /// Returns `true` if something at this path could not be read.
    pub(crate) fn has_misread(&self, key_path: &KeyPath) -> bool {
        self.misread.contains(key_path)
    }

    /// Returns the warnings if there are no other problems.
    ///
    /// # Errors
    ///
    /// Returns [`ConfigError`] with all other problems.
    pub(crate) fn into_warnings(self) -> Result<Vec<Problem>, ConfigError> {
        if self.list.is_empty() { Ok(self.warnings) } else { Err(ConfigError::new(self.list)) }
    }

    /// Returns the lifetime that the key `key` below `path` states, and reports one that is
    /// invalid.
    pub(crate) fn lifetime(
        &mut self,
        path: &KeyPath,
        key: &str,
        spec: Option<&LifetimeSpec>,
    ) -> Option<MaxLifetime> {
        let spec = spec?;
        spec.resolve()
            .map_err(|error| {
                let message = format!("the lifetime {spec} {error}");
                self.add(path.at(key), "invalid-lifetime", message);
            })
            .ok()
    }

    /// Reports at `path` a lifetime above that of `owner`.
    pub(crate) fn lifetime_above(
        &mut self,
        path: &KeyPath,
        lifetime: MaxLifetime,
        limit: MaxLifetime,
        owner: &KeyPath,
    ) {
        let message = format!(
            "lives {lifetime}, above the {limit} of {owner}; shorten it, or raise the other"
        );
        self.add(path.at("lifetime"), "lifetime-above-limit", message);
    }

    /// Reports domains and paths that a `Set-Cookie` cannot have. In the place of a domain, there may
    /// be one of `words`.
    pub(crate) fn places<'a>(
        &mut self,
        path: &KeyPath,
        words: &[&str],
        domains: impl IntoIterator<Item = &'a String>,
        cookie_paths: impl IntoIterator<Item = &'a String>,
    ) {
        for domain in domains {
            if !names::is_domain(domain) {
                let message =
                    "is no domain; write a host name such as `example.com`, or leave it out";
                self.add(path.at("domain"), "invalid-domain", message);
            } else if let Some(meant) = closest(domain, words.iter().copied()) {
                let message = format!("{domain:?} is no domain; did you mean `{meant}`?");
                self.add(path.at("domain"), "invalid-domain", message);
            } else if !domain.trim_start_matches('.').contains('.') {
                let message = "is a whole top-level domain, for which browsers store no cookie; \
                               write the site's, such as `example.com`, or leave it out";
                self.add(path.at("domain"), "public-suffix", message);
            }
        }
        if cookie_paths.into_iter().any(|path| !names::is_path(path)) {
            let message = "is no path; start it with `/`, in ASCII without `;`";
            self.add(path.at("path"), "invalid-path", message);
        }
    }

    /// Reports each of these texts that is given in no language, says nothing in one, or has a language that no
    /// visitor asks for: a page would have a heading that nobody sees.
    pub(crate) fn texts<const N: usize>(
        &mut self,
        path: &KeyPath,
        texts: [(&str, &Option<Text>); N],
    ) {
        for (key, text) in texts {
            let Some(text) = text else { continue };
            if !text.has_any() {
                let message = "has no text in any language; write a text, or leave it out";
                self.add(path.at(key), "no-language", message);
            }
            for lang in text.languages().filter(|lang| !is_language_tag(lang)) {
                let with_hyphens = lang.replace('_', "-");
                let advice = if is_language_tag(&with_hyphens) {
                    format!("did you mean `{with_hyphens}`?")
                } else {
                    "write one such as `fr` or `pt-BR`".to_owned()
                };
                let message = format!("is no language tag; {advice}");
                self.add(path.at(key).at(lang), "invalid-language", message);
            }
            for lang in text.empty_in() {
                let path = path.at(key);
                let path = lang.map_or_else(|| path.clone(), |lang| path.at(lang));
                self.add(path, "empty-text", "is empty; write a text, or leave it out");
            }
        }
    }
}

/// Returns `true` if a text in this language can be found: for a tag of BCP 47 that begins with two
/// or three letters, as the tags of all languages do.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let is_language = |subtag: &str| {
        matches!(subtag.len(), 2 | 3) && subtag.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let is_further = |subtag: &str| {
        matches!(subtag.len(), 1..=8) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    subtags.next().is_some_and(is_language) && subtags.all(is_further)
}
