//! The four purposes that CMPs' categories usually have.

/// The purpose that an id of a CMP usually has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usual {
    Necessary,
    Functional,
    Analytics,
    Marketing,
    /// An objection to marketing, under which the visitor never consents to anything.
    OptOut,
}

impl Usual {
    /// The purpose that has a name of registries.
    pub(crate) fn named(id: &str) -> Option<Self> {
        let purposes = [Self::Necessary, Self::Functional, Self::Analytics, Self::Marketing];
        purposes.into_iter().find(|purpose| purpose.names().contains(&id))
    }

    /// The names that registries give it, the most usual first.
    pub(crate) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Necessary => &["necessary", "essential"],
            Self::Functional => &["functional", "preferences", "functionality"],
            Self::Analytics => &["analytics", "statistics", "performance", "measurement"],
            Self::Marketing => &["marketing", "advertising", "ads", "targeting"],
            Self::OptOut => &[
                "marketing",
                "advertising",
                "ads",
                "targeting",
                "sale",
                "sharing",
                "targeted_advertising",
            ],
        }
    }
}
