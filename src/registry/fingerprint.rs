//! A short number that changes whenever something changes that visitors decide on.

use std::collections::BTreeSet;

use crate::registry::Registry;
use crate::registry::changes::asks;
use crate::registry::declare::text::Text;
use crate::registry::declare::undeclared::Undeclared;

impl Registry {
    /// Returns a short hexadecimal number that changes whenever something changes that visitors
    /// decide on. A test that compares it with a fixed value notices that a policy was changed
    /// without a new [`version`](Self::version).
    ///
    /// It depends on the categories that ask and their basis; on the services and cookies in them,
    /// with their names and providers; and on the category that takes in undeclared cookies. It is
    /// the same on every machine, in every order of declaration and for every file format. Unlike
    /// [`changes_since`](Self::changes_since), it also changes if something is removed, or if a
    /// provider is translated. It is not a cryptographic hash: somebody who tries can make two
    /// registries with the same fingerprint.
    pub fn fingerprint(&self) -> String {
        let mut lines = BTreeSet::new();
        for category in self.categories().filter(asks) {
            lines.insert(line(&["category", category.id(), category.basis().as_str()]));
        }
        for service in self.services().filter(|service| asks(&service.category())) {
            let provider = told(service.provider());
            lines.insert(line(&["service", service.id(), service.category().id(), &provider]));
        }
        for cookie in self.declarations().filter(|cookie| asks(&cookie.category())) {
            let service = cookie.service().map_or("", |service| service.id());
            let provider = told(cookie.effective_provider());
            lines.insert(line(&[
                "cookie",
                cookie.name(),
                cookie.category().id(),
                service,
                &provider,
            ]));
        }
        if let Undeclared::Category(id) = self.undeclared()
            && self.category(id).is_some_and(|category| asks(&category))
        {
            lines.insert(line(&["undeclared", id]));
        }
        format!("{:016x}", fnv1a(lines.iter().flat_map(|line| line.bytes())))
    }
}

/// Joins the fields of one line of the text that is hashed. The separator occurs in no id and no
/// name.
fn line(fields: &[&str]) -> String {
    fields.join("\u{1f}") + "\n"
}

/// Returns the texts of a provider, sorted and without duplicates.
fn told(provider: Option<&Text>) -> String {
    let texts: BTreeSet<_> = provider.into_iter().flat_map(Text::texts).collect();
    texts.into_iter().collect::<Vec<_>>().join("\u{1d}")
}

/// The hash function FNV-1a with 64 bits. Unlike hashers of a library, it stays the same in every
/// version.
pub(crate) fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    fnv1a_from(0xcbf2_9ce4_8422_2325, bytes)
}

/// The same hash of more bytes, if that of those before them is this.
pub(crate) fn fnv1a_from(hash: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values come from the draft that describes the function (draft-eastlake-fnv, appendix C).
    #[test]
    fn fnv1a_is_as_published() {
        for (text, want) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert_eq!(fnv1a(text.bytes()), want, "{text}");
        }
    }
}
