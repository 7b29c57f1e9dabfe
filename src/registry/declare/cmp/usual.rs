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
    /// The names that registries give it, the most usual first.
    pub(crate) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Necessary => &["necessary", "essential"],
            Self::Functional => &["functional", "preferences", "functionality"],
            Self::Analytics => &["analytics", "statistics", "performance", "measurement"],
            Self::Marketing | Self::OptOut => &["marketing", "advertising", "ads", "targeting"],
        }
    }
}
