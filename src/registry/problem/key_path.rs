//! A place in a registry file.

use std::fmt;

/// The keys that lead from the root of a registry file to a place in it: `categories`, `analytics`,
/// `lifetime`. An element of a list of names is identified by its name.
///
/// `Display` writes the path as a dotted key of TOML: `categories.analytics.cookies."_ga_*"`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct KeyPath(Vec<String>);

impl KeyPath {
    pub(crate) fn root() -> Self {
        Self::default()
    }

    /// Returns the path of a child.
    pub(crate) fn at(&self, key: impl Into<String>) -> Self {
        let mut keys = Vec::with_capacity(self.0.len() + 1);
        keys.extend_from_slice(&self.0);
        keys.push(key.into());
        Self(keys)
    }

    /// Returns the path of the parent. The parent of the root is the root.
    pub(crate) fn parent(&self) -> Self {
        Self(self.0.split_last().map_or(&[][..], |(_, keys)| keys).to_vec())
    }

    /// Returns the last key, or an empty text for the root.
    pub(crate) fn key(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    /// Returns the keys one by one. The root has none.
    pub fn keys(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for KeyPath {
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
        let entry = KeyPath::root().at("categories").at("a.b").at("cookies").at("_ga_*");
        assert_eq!(entry.to_string(), r#"categories."a.b".cookies."_ga_*""#);
        assert_eq!(KeyPath::root().to_string(), "");
        assert_eq!(KeyPath::root().at("").at("a\nb").to_string(), r#"""."a\nb""#);
    }
}
