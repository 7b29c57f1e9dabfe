//! Texts that are shown to visitors, in one language or several.

/// A title, purpose or provider, as it is shown to visitors: one text, or one for each language.
///
/// In a registry file, it is a string, or a table such as `{ fr = "Finalité", en = "Purpose" }`.
///
/// ```
/// use tower_cookie_consent::registry::Text;
///
/// let title = Text::per_language([("fr", "Cookies d'analyse"), ("en", "Analytics cookies")]);
/// assert_eq!(title.get("en-GB"), "Analytics cookies");
/// assert_eq!(title.get("de"), "Cookies d'analyse");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Inner);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Inner {
    Plain(String),
    PerLanguage(Vec<(String, String)>),
}

impl Text {
    /// Makes a text from one text for each language tag (BCP 47: `fr`, `pt-BR`), in the order of
    /// preference. Visitors who read none of the languages get the first text.
    pub fn per_language<L, T>(texts: impl IntoIterator<Item = (L, T)>) -> Self
    where
        L: Into<String>,
        T: Into<String>,
    {
        let texts = texts.into_iter().map(|(lang, text)| (lang.into(), text.into()));
        Self(Inner::PerLanguage(texts.collect()))
    }

    /// Returns the text for a visitor who reads `lang`: the text with exactly this tag, or else
    /// with its language alone, or else with another region of that language, or else the first
    /// text. Case is ignored in tags.
    ///
    /// The result is empty only if the text itself is.
    pub fn get(&self, lang: &str) -> &str {
        self.get_tagged(lang).1
    }

    /// Returns what [`get`](Self::get) returns, and the tag of its language. The tag is `None` for
    /// a text without languages.
    pub fn get_tagged(&self, lang: &str) -> (Option<&str>, &str) {
        let texts = match &self.0 {
            Inner::Plain(text) => return (None, text),
            Inner::PerLanguage(texts) => texts,
        };
        let tagged = |want: &str| texts.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(want));
        let related =
            || texts.iter().find(|(tag, _)| primary(tag).eq_ignore_ascii_case(primary(lang)));
        tagged(lang)
            .or_else(|| tagged(primary(lang)))
            .or_else(related)
            .or(texts.first())
            .map_or((None, ""), |(tag, text)| (Some(tag), text))
    }

    /// Returns `true` if there is any text to show. A table of languages may be empty.
    pub(crate) fn has_any(&self) -> bool {
        !matches!(&self.0, Inner::PerLanguage(texts) if texts.is_empty())
    }

    /// Returns the texts of all languages.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.all_tagged().map(|(_, text)| text)
    }

    /// Returns the languages in which there is nothing to read; `None` for a text without languages.
    pub(crate) fn empty_in(&self) -> impl Iterator<Item = Option<&str>> {
        self.all_tagged().filter(|(_, text)| text.trim().is_empty()).map(|(lang, _)| lang)
    }

    fn all_tagged(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let (plain, texts) = match &self.0 {
            Inner::Plain(text) => (Some((None, text.as_str())), [].as_slice()),
            Inner::PerLanguage(texts) => (None, texts.as_slice()),
        };
        plain
            .into_iter()
            .chain(texts.iter().map(|(lang, text)| (Some(lang.as_str()), text.as_str())))
    }

    /// Returns the language tags in the order given. A text without languages has none.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        let texts = match &self.0 {
            Inner::Plain(_) => [].as_slice(),
            Inner::PerLanguage(texts) => texts,
        };
        texts.iter().map(|(tag, _)| tag.as_str())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Inner::Plain(text.to_owned()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Inner::Plain(text))
    }
}

/// Returns the language of a tag: `pt` for `pt-BR`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_from_tag_to_language_to_first() {
        let text = Text::per_language([("fr", "F"), ("pt-BR", "B"), ("pt", "P"), ("zh-Hant", "Z")]);
        for (lang, want) in [
            ("fr", "F"),
            ("FR", "F"),
            ("fr-CA", "F"),
            ("fr_CA", "F"),
            ("pt-br", "B"),
            ("pt", "P"),
            ("pt-PT", "P"),
            ("zh", "Z"),
            ("zh-Hans", "Z"),
            ("de", "F"),
            ("", "F"),
        ] {
            assert_eq!(text.get(lang), want, "{lang}");
            let tag = text.languages().find(|tag| text.get(tag) == want);
            assert_eq!(text.get_tagged(lang), (tag, want), "{lang}");
        }
        assert_eq!(text.languages().collect::<Vec<_>>(), ["fr", "pt-BR", "pt", "zh-Hant"]);
    }

    #[test]
    fn plain_and_empty_texts_answer_every_language() {
        assert_eq!(Text::from("T").get("fr"), "T");
        assert_eq!(Text::from("T").get_tagged("fr"), (None, "T"));
        assert_eq!(Text::from("T").languages().count(), 0);
        assert_eq!(Text::per_language::<&str, &str>([]).get("fr"), "");
    }
}
