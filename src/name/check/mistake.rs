//! A mistake in a name, as the checks report it.

/// A mistake, with the names that were probably meant. These may have further mistakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) code: &'static str,
    /// The description of the mistake, such as "has no name".
    pub(crate) wrong: String,
    /// The advice that is printed before the names that are meant.
    pub(crate) advice: &'static str,
    pub(crate) meant: Vec<String>,
}

/// The advice if other text stands beside the name.
pub(crate) const ALONE: &str = "write the name alone";

impl Mistake {
    pub(crate) fn new(code: &'static str, wrong: impl Into<String>) -> Self {
        Self { code, wrong: wrong.into(), advice: "", meant: Vec::new() }
    }

    pub(crate) fn meant(
        self,
        advice: &'static str,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self { advice, meant: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// Returns the mistake that other text stands around a name or inside it.
    pub(crate) fn of_page(wrong: impl Into<String>, name: impl Into<String>) -> Self {
        Self::new("copied-text", wrong).meant(ALONE, [name])
    }

    /// Returns the mistake that browsers cannot store a cookie of this name.
    pub(crate) fn impossible(why: &str, name: impl Into<String>) -> Self {
        Self::new("impossible-name", format!("no cookie has this name, which {why}"))
            .meant("write it as browsers store it", [name])
    }
}
