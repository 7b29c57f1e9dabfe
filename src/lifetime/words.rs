//! The data that describe a language: the phrases that are read in it, and the forms in which
//! lifetimes are printed.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::lifetime::unit::Unit;

/// A language in which lifetimes are read and printed.
///
/// A text is read in all languages at once, whatever the language of its page, and
/// [`MaxLifetime::display_in`] prints in one of them. `Display` and [`tag`](Self::tag) give the BCP
/// 47 tag of the language. `FromStr` parses a tag in upper or lower case, and ignores everything
/// behind the language itself: `fr`, `fr-CA`, `FR_ca`.
///
/// ```
/// use tower_cookie_consent::registry::Language;
///
/// assert_eq!("fr-CA".parse(), Ok(Language::FRENCH));
/// assert!("tlh".parse::<Language>().is_err());
/// ```
///
/// [`MaxLifetime::display_in`]: crate::registry::MaxLifetime::display_in
#[derive(Clone, Copy)]
pub struct Language(pub(super) &'static Words);

impl Language {
    /// Returns the tag, such as `fr`.
    pub fn tag(self) -> &'static str {
        self.0.tag
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.tag() == other.tag()
    }
}

impl Eq for Language {}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tag().hash(state);
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.tag()).finish()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The phrases and the printed forms of one language.
pub(super) struct Words {
    pub(super) tag: &'static str,
    /// The English name of the language, for error messages.
    pub(super) name: &'static str,
    /// The phrases that are read in this language, separated by commas and written as on a page.
    /// Case and accents make no difference, and a `*` stands for any beginning or ending of a word.
    pub(super) phrases: &'static [(Role, &'static str)],
    /// The words in which the lifetime of a session cookie is printed.
    pub(super) session: &'static str,
    /// Returns the index in `forms` of the form that a count takes.
    pub(super) form: fn(u64) -> usize,
    /// The forms of each unit, from second to year. A `#` stands for the count.
    pub(super) forms: [&'static [&'static str]; 7],
}

impl Words {
    /// Returns the form of a unit for a count.
    pub(super) fn form(&self, count: u64, unit: Unit) -> &'static str {
        self.forms[unit as usize][(self.form)(count)]
    }
}

/// The role of a phrase in a lifetime. The grammar in `reader` says where each may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Unit(Unit),
    Number(u64),
    /// A word that means "one" before a unit, and is an article elsewhere.
    One,
    /// A unit that includes its number: Arabic has a word for "two months".
    Alone(u64),
    /// A part of a unit, which no lifetime may have: "half".
    Half,
    /// A word that joins the units of one time: "and".
    And,
    /// A word that joins alternatives: "or".
    Or,
    /// A word that joins the two ends of a range: "to".
    To,
    /// A word that joins the two ends of a range, and says before a single time that it is the
    /// longest: "up to".
    UpTo,
    /// A word that says that [`And`](Self::And) joins the two ends of a range behind it: "between".
    Between,
    /// A word that says that the same time follows in other words: "that is".
    Equals,
    /// A word that says that the time is the longest, which every lifetime is: "at most".
    AtMost,
    /// A word that leaves the end open: "about", "at least".
    Vague,
    /// A word that leads to the time and changes nothing: "expires in".
    Lead,
    /// A word that follows the time and changes nothing: "of inactivity".
    Note,
    /// A word for cookies that have a lifetime at all: "persistent". Without a time it promises no
    /// end.
    Persistent,
    /// A word that says behind a time from when it counts: "from". Before a time it says that this
    /// is the shortest one.
    From,
    /// A word that says behind a time from when it counts: "after". Before a time it changes
    /// nothing.
    After,
    /// Something that may happen at every visit, so that the time starts anew: "last visit".
    Event,
    /// Something that happens once, so that no visit may prolong the time: "consent".
    Once,
    /// A word for a session.
    Session,
    /// A word for another session than the browser's: "login".
    OtherSession,
    Browser,
    /// A word for closing the browser.
    Closing,
    /// A word that promises no end: "forever".
    Unlimited,
    Until,
    /// A word for the deletion of the cookie by the visitor, which is not an end that the site
    /// promises.
    Deletion,
    /// A whole text which says that the cookie is over already: "expired".
    Over,
    /// A whole text which says that nothing is stated: "n/a".
    Unstated,
}

/// Returns the index of the form in languages that have a singular for one and a plural for all
/// other counts.
pub(super) const fn one_or_more(count: u64) -> usize {
    (count != 1) as usize
}
