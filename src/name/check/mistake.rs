//! Mistakes in names, each as the check that finds it tells it.

/// One mistake, and what the name would be without it. Other mistakes may remain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) code: &'static str,
    /// The mistake in words, as in "has no name".
    pub(crate) wrong: String,
    /// Words that say what to do, before the names that are meant.
    pub(crate) advice: &'static str,
    pub(crate) meant: Vec<String>,
}

/// The advice where something else stands beside the name.
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

    /// Makes the mistake of text that stands around a name, or inside it.
    pub(crate) fn of_page(wrong: impl Into<String>, name: impl Into<String>) -> Self {
        Self::new("copied-text", wrong).meant(ALONE, [name])
    }

    /// Makes the mistake of a name that browsers cannot store.
    pub(crate) fn impossible(why: &str, name: impl Into<String>) -> Self {
        Self::new("impossible-name", format!("no cookie has this name, which {why}"))
            .meant("write it as browsers store it", [name])
    }
}
