//! Settings whose value in a registry file is one of a few words.

use std::fmt;

use crate::registry::check::suggestion::did_you_mean;

/// An enum whose variants are each named by a word.
pub(crate) trait Word: Copy + 'static {
    /// The kind of setting, to complete an error message that begins with "is no …".
    const WHAT: &'static str;
    /// The words with their values, in the order of their documentation.
    const WORDS: &'static [(&'static str, Self)];
    /// Words of laws and other programs, each with the word that is probably meant by it.
    const SYNONYMS: &'static [(&'static str, &'static str)];

    /// Parses a word in upper or lower case, with `_` or `-`.
    fn from_word(text: &str) -> Result<Self, UnknownWord> {
        let written = text.replace('_', "-");
        let meant = |(word, _): &&(&str, Self)| word.eq_ignore_ascii_case(&written);
        let found = Self::WORDS.iter().find(meant);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let written = written.replace(' ', "-");
            let is_meant = |(word, _): &&(&str, &str)| word.eq_ignore_ascii_case(&written);
            if let Some((_, meant)) = Self::SYNONYMS.iter().find(is_meant) {
                return UnknownWord::meaning(Self::WHAT, text, meant);
            }
            UnknownWord::new(Self::WHAT, text, Self::WORDS.iter().map(|(word, _)| *word), "")
        })
    }
}

/// Implements [`Word`], `as_str`, `Display` and `FromStr` for an enum.
macro_rules! words {
    ($type:ident, $what:literal, { $($variant:ident = $word:literal),+ $(,)? }) => {
        $crate::registry::declare::word::words!($type, $what, { $($variant = $word),+ }, meant: {});
    };
    (
        $type:ident, $what:literal, { $($variant:ident = $word:literal),+ $(,)? },
        meant: { $($synonym:literal = $meant:literal),* $(,)? }
    ) => {
        impl $crate::registry::declare::word::Word for $type {
            const WHAT: &'static str = $what;
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];
            const SYNONYMS: &'static [(&'static str, &'static str)] = &[$(($synonym, $meant)),*];
        }

        impl $type {
            /// Returns the word for this value.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// Parses a word in upper or lower case, with `_` or `-`.
        impl std::str::FromStr for $type {
            type Err = $crate::registry::declare::word::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::registry::declare::word::Word::from_word(text)
            }
        }
    };
}

pub(crate) use words;

/// The error of parsing a word that stands for no value of a setting. `Display` suggests the word
/// that was probably meant, or lists all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord(String);

impl UnknownWord {
    /// Makes the error for `found`, which is none of these words. `also` is added to the advice to
    /// write one of them.
    pub(crate) fn new(
        what: &str,
        found: &str,
        words: impl Iterator<Item = &'static str>,
        also: &str,
    ) -> Self {
        // Registry files are written in lower case.
        let words: Vec<_> = words.map(str::to_ascii_lowercase).collect();
        let advice = did_you_mean(found, words.iter().map(String::as_str), || {
            format!("write {}{also}", alternatives(&words, '`'))
        });
        Self(format!("{found:?} is no {what}; {advice}"))
    }

    /// Makes the error for a synonym of the word `meant`.
    fn meaning(what: &str, found: &str, meant: &str) -> Self {
        Self(format!("{found:?} is no {what}; did you mean `{meant}`?"))
    }
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownWord {}

/// Returns a list such as `a`, `b` or `c`, with `quote` around each word.
pub(crate) fn alternatives(words: &[impl AsRef<str>], quote: char) -> String {
    let mut list = String::new();
    for (index, word) in words.iter().enumerate() {
        list.push_str(match index {
            0 => "",
            at if at + 1 == words.len() => " or ",
            _ => ", ",
        });
        list.extend([quote]);
        list.push_str(word.as_ref());
        list.extend([quote]);
    }
    list
}

#[cfg(test)]
mod tests {
    use crate::registry::declare::account_precedence::AccountPrecedence;
    use crate::registry::declare::basis::Basis;
    use crate::registry::declare::request_filter::RequestFilter;
    use crate::registry::declare::source_spec::Combine;
    use crate::registry::declare::word::Word;
    use crate::set_cookie::SameSite;

    fn reads_back<T: Word + PartialEq + std::fmt::Debug>() {
        for (word, value) in T::WORDS {
            for word in [*word, &word.to_uppercase(), &word.replace('-', "_")] {
                assert_eq!(T::from_word(word).as_ref(), Ok(value), "{word}");
            }
        }
    }

    #[test]
    fn r14_every_word_reads_back_in_any_case() {
        reads_back::<Basis>();
        reads_back::<SameSite>();
        reads_back::<Combine>();
        reads_back::<AccountPrecedence>();
        reads_back::<RequestFilter>();
        assert_eq!(Basis::OptOut.to_string(), "opt-out");
        assert_eq!(SameSite::Lax.to_string(), "Lax");
    }

    #[test]
    fn r14_an_unknown_word_is_told_with_what_there_is() {
        let all = "write `necessary`, `consent`, `opt-out` or `prohibited`";
        for (word, advice) in [
            ("", all),
            ("no", all),
            ("optout", "did you mean `opt-out`?"),
            ("opt out", "did you mean `opt-out`?"),
            ("Opt_In", "did you mean `consent`?"),
            ("strictly necessary", "did you mean `necessary`?"),
            ("required", "did you mean `necessary`?"),
            ("forbidden", "did you mean `prohibited`?"),
            // Whether such an interest excuses a cookie from consent is a question of law.
            ("legitimate-interest", all),
        ] {
            let error = word.parse::<Basis>().unwrap_err();
            assert_eq!(error.to_string(), format!("{word:?} is no basis; {advice}"));
        }
        let error = "any".parse::<SameSite>().unwrap_err().to_string();
        assert!(error.ends_with("write `strict`, `lax` or `none`"), "{error}");
    }
}
