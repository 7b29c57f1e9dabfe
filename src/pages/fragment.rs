//! A piece of HTML that the site puts into a page.

use std::fmt;

use maud::Markup;

/// A piece of HTML, with everything escaped that came from elsewhere. It may be empty.
///
/// `Display` writes it, so it goes into `format!` and into the templates of askama (`|safe`) and
/// maud (`PreEscaped(fragment.as_str())`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Fragment(String);

impl Fragment {
    pub(super) fn of(markup: &Markup) -> Self {
        Fragment(markup.0.clone())
    }

    /// Returns the HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns `true` if there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Fragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Fragment {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Fragment> for String {
    fn from(fragment: Fragment) -> Self {
        fragment.0
    }
}
