//! Ids that the registry does not know: a slip of the pen in code, or whatever a form holds.

use std::fmt;

use crate::registry::Registry;

/// The most unknown ids that one choice keeps. Forms come from the network, and a few ids show
/// what is wrong.
const MOST_KEPT: usize = 16;

/// The most bytes that are kept of an unknown id. A longer text is no id.
const LONGEST_KEPT: usize = 64;

/// The registry has no category and no service of this id, so nothing can be decided on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownId {
    /// The id, or its first 64 bytes.
    pub id: String,
    /// The id of the registry that was probably meant, where one is near enough.
    pub nearest: Option<String>,
}

impl UnknownId {
    pub(super) fn new(id: &str, registry: &Registry) -> Self {
        UnknownId {
            id: shortened(id).to_owned(),
            nearest: registry.nearest_id(id).map(str::to_owned),
        }
    }
}

impl fmt::Display for UnknownId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The id is escaped, since it may come from a form and this is for a log.
        write!(f, "the registry has no category and no service {:?}", self.id)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean {nearest:?}?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownId {}

/// The unknown ids that a choice was asked to decide on, in their order, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct UnknownIds(Vec<Box<str>>);

impl UnknownIds {
    pub(super) fn add(&mut self, id: &str) {
        let id = shortened(id);
        if self.0.len() < MOST_KEPT && !self.iter().any(|known| known == id) {
            self.0.push(id.into());
        }
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(|id| &**id)
    }
}

fn shortened(id: &str) -> &str {
    let ends = 0..=id.len().min(LONGEST_KEPT);
    ends.rev().find_map(|end| id.get(..end)).unwrap_or_default()
}

/// Tells the log of an id that the registry does not know, once in a process for each id.
#[cfg(feature = "tracing")]
pub(crate) fn tell(id: &str, registry: &Registry) {
    static IDS: crate::told::Told = crate::told::Told::new();
    if tracing::event_enabled!(tracing::Level::WARN) && IDS.is_new(shortened(id)) {
        tracing::warn!("{}", UnknownId::new(id, registry));
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn tell(_: &str, _: &Registry) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Category;

    fn registry() -> Registry {
        Registry::builder().version("1").category(Category::consent("analytics")).build().unwrap()
    }

    #[test]
    fn an_unknown_id_is_told_with_the_nearest_known_one() {
        for (id, want) in [
            (
                "analitycs",
                "the registry has no category and no service \"analitycs\"; did you mean \"analytics\"?",
            ),
            ("x\n\u{202e}", "the registry has no category and no service \"x\\n\\u{202e}\""),
        ] {
            assert_eq!(UnknownId::new(id, &registry()).to_string(), want);
        }
    }

    #[test]
    fn unknown_ids_are_kept_short_few_and_once() {
        let mut ids = UnknownIds::default();
        ids.add("first");
        ids.add("first");
        ids.add(&"é".repeat(1_000));
        assert_eq!(ids.iter().collect::<Vec<_>>(), ["first", &"é".repeat(32)]);
        (0..1_000).for_each(|n| ids.add(&format!("id-{n}")));
        assert_eq!(ids.iter().len(), MOST_KEPT);
        assert_eq!(UnknownId::new(&"x".repeat(1_000), &registry()).id.len(), LONGEST_KEPT);
    }
}
