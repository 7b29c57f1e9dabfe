//! Where in a registry something stands.

use std::fmt;

/// The keys that lead to an entry, from the document's root: `categories`, `analytics`,
/// `lifetime`. An element of a list of names goes by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Entry(Vec<String>);

impl Entry {
    pub(crate) fn root() -> Self {
        Self::default()
    }

    /// This entry's child.
    pub(crate) fn at(&self, key: impl Into<String>) -> Self {
        let mut keys = Vec::with_capacity(self.0.len() + 1);
        keys.extend_from_slice(&self.0);
        keys.push(key.into());
        Self(keys)
    }

    /// The entry it stands in; the root's is the root.
    pub(crate) fn parent(&self) -> Self {
        Self(self.0.split_last().map_or(&[][..], |(_, keys)| keys).to_vec())
    }

    /// The last key; the root has none.
    pub(crate) fn key(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    #[cfg(feature = "toml")]
    pub(crate) fn keys(&self) -> &[String] {
        &self.0
    }
}

/// As TOML writes a dotted key: `categories.analytics.cookies."_ga_*"`.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            if !key.is_empty() && key.bytes().all(bare) {
                f.write_str(key)?;
            } else {
                write!(f, "{key:?}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r14_entries_read_like_dotted_keys() {
        let entry = Entry::root().at("categories").at("a.b").at("cookies").at("_ga_*");
        assert_eq!(entry.to_string(), r#"categories."a.b".cookies."_ga_*""#);
        assert_eq!(Entry::root().to_string(), "");
        assert_eq!(Entry::root().at("").at("a\nb").to_string(), r#"""."a\nb""#);
    }
}
