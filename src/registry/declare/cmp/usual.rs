//! The purposes that the ids of CMPs usually have.

/// The usual purpose of an id of a CMP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usual {
    Necessary,
    Functional,
    Analytics,
    Marketing,
    /// An objection to marketing, by which a visitor can refuse but never consent.
    OptOut,
}

impl Usual {
    /// Returns the purpose for which this is a usual name in registries.
    pub(crate) fn named(id: &str) -> Option<Self> {
        let purposes = [Self::Necessary, Self::Functional, Self::Analytics, Self::Marketing];
        purposes.into_iter().find(|purpose| purpose.names().contains(&id))
    }

    /// Returns the names that registries give to this purpose, the most usual first.
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
