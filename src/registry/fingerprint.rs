//! A short number that changes with what visitors decide on.

use std::collections::BTreeSet;

use crate::registry::Registry;
use crate::registry::changes::asks;
use crate::registry::declare::text::Text;
use crate::registry::declare::undeclared::Undeclared;

impl Registry {
    /// A short hexadecimal number that changes with what visitors decide on, to notice that a policy
    /// changed without a new [`version`](Self::version): a test can hold it.
    ///
    /// It stands for the categories that ask, with their basis; for the services and cookies in them,
    /// with the names and providers; and for the category that takes in undeclared cookies. It is
    /// the same on every machine, in every order of declaring and from every format. Unlike
    /// [`changes_since`](Self::changes_since) it changes too when something is gone, or when a
    /// provider is translated. It is no proof against somebody who wants two registries to have the
    /// same one.
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

/// One line of what the number stands for. The separator is in no id and no name.
fn line(fields: &[&str]) -> String {
    fields.join("\u{1f}") + "\n"
}

/// The texts of a provider, each once and in the order of their characters.
fn told(provider: Option<&Text>) -> String {
    let texts: BTreeSet<_> = provider.into_iter().flat_map(Text::texts).collect();
    texts.into_iter().collect::<Vec<_>>().join("\u{1d}")
}

/// The hash function FNV-1a of 64 bits, which no version of a library changes.
pub(crate) fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of the draft that describes it (draft-eastlake-fnv, appendix C).
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
