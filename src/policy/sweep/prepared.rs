//! Prepares once what every sweep of a policy needs (R19).

use crate::policy::sweep::memory::{Hash, Mark};
use crate::registry::{Basis, Registry, fnv1a};

/// The part of a sweep that depends on the policy alone.
#[derive(Clone)]
pub(crate) struct Prepared {
    /// A number that stands for what the registry declares of the places of its cookies, from which the
    /// hashes of what is remembered go on.
    pub(super) seed: u64,
    /// The mark of what prohibited cookies are remembered for: this registry, whatever the choice.
    pub(super) of_registry: Mark,
    /// A hash of the id of each category and service, by its number.
    pub(super) of_ids: Box<[u64]>,
    /// The seconds for which the browser remembers, as text.
    pub(super) remembered_for: Box<str>,
    starts: Starts,
}

impl Prepared {
    pub(crate) fn new(registry: &Registry, memory_name: &str) -> Self {
        let seed = seed(registry);
        Prepared {
            seed,
            of_registry: Hash::new(seed).mark(),
            of_ids: registry.ids().map(|(_, id)| fnv1a(id.bytes())).collect(),
            remembered_for: registry.consent_lifetime().as_secs().to_string().into(),
            starts: Starts::new(registry, memory_name),
        }
    }

    /// Returns `true` if a cookie may have to be deleted, or be the memory of the sweep, as far as the first
    /// byte of its text in the `Cookie` header says. Most of those that always stay begin with another.
    #[inline]
    pub(super) fn may_concern(&self, text: &[u8]) -> bool {
        text.first().is_some_and(|byte| self.starts.contains(*byte))
    }
}

/// A bit for each byte.
#[derive(Clone, Default)]
struct Starts([u64; 4]);

impl Starts {
    fn new(registry: &Registry, memory_name: &str) -> Self {
        let mut starts = Starts::default();
        // A cookie without a name begins with its value or with a `=` before it.
        let names = [memory_name, "="].into_iter();
        let declared = registry.declarations();
        let deletable = declared.filter(|it| it.category().basis() != Basis::Necessary);
        for name in names.chain(deletable.map(|it| it.name())) {
            match name.as_bytes().first() {
                Some(b'*') | None => return Starts([u64::MAX; 4]),
                Some(byte) => starts.0[usize::from(byte >> 6)] |= 1 << (byte & 63),
            }
        }
        starts
    }

    #[inline]
    fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }
}

fn seed(registry: &Registry) -> u64 {
    let bytes = registry.declarations().flat_map(|declared| {
        let places = declared.domains().chain(declared.paths());
        let places = places.flat_map(|place| place.bytes().chain([0]));
        let jars = [u8::from(declared.is_at_parents()), u8::from(declared.floor().partitioned), 1];
        declared.name().bytes().chain([0]).chain(places).chain(jars)
    });
    fnv1a(fnv1a(bytes).to_le_bytes().into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{Category, Registry};

    fn prepared(pattern: &str) -> Prepared {
        let registry = Registry::builder()
            .version("1")
            .category(Category::necessary("essential").cookie("sid").cookie("xs*"))
            .category(Category::consent("analytics").cookie("_ga").cookie(pattern))
            .category(Category::prohibited("ads").cookie("\u{e9}t\u{e9}"));
        Prepared::new(&registry.build().unwrap(), "cookie_sweep")
    }

    #[test]
    fn r19_what_is_necessary_is_passed_over_by_its_first_byte() {
        let some = prepared("tr_*");
        for text in ["_ga=1", "_x", "cookie_sweep=1", "tr_a=1", "=_ga=1", "=", "\u{e9}t\u{e9}=1"] {
            assert!(some.may_concern(text.as_bytes()), "{text}");
        }
        for text in ["sid=1", "xs=1", "Tr_=1", "*", ""] {
            assert!(!some.may_concern(text.as_bytes()), "{text}");
        }
        let all = prepared("*_stat");
        assert!((0..=u8::MAX).all(|byte| all.may_concern(&[byte])));
    }
}
