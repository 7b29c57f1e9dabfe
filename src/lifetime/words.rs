//! The form in which a language says what it reads and prints.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::lifetime::unit::Unit;

/// A language in which lifetimes are read and printed.
///
/// All are read at once, whatever the language of the page. [`MaxLifetime::display_in`] prints in
/// one of them. `Display` and [`tag`](Self::tag) give its tag of BCP 47; `FromStr` reads one, in
/// any case and whatever comes behind the language itself: `fr`, `fr-CA`, `FR_ca`.
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
    /// Its tag: `fr`.
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

/// The words of one language.
pub(super) struct Words {
    pub(super) tag: &'static str,
    /// The language in English, for error messages.
    pub(super) name: &'static str,
    /// The phrases that are read, between commas, written as on a page. Case and accents make no
    /// difference, and a `*` stands for any beginning or ending of a word.
    pub(super) phrases: &'static [(Role, &'static str)],
    /// The words by which a session cookie's lifetime is printed.
    pub(super) session: &'static str,
    /// The number of the form in `forms` that a count takes.
    pub(super) form: fn(u64) -> usize,
    /// The forms of each unit, from second to year; a `#` stands for the count.
    pub(super) forms: [&'static [&'static str]; 7],
}

impl Words {
    /// The form for so many of a unit.
    pub(super) fn form(&self, count: u64, unit: Unit) -> &'static str {
        self.forms[unit as usize][(self.form)(count)]
    }
}

/// The part that a phrase plays in a lifetime. The grammar in `reader` says where it may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Unit(Unit),
    Number(u64),
    /// Means one before a unit; elsewhere it is an article.
    One,
    /// Is a unit that says its number itself: Arabic has a word for two months.
    Alone(u64),
    /// Is a part of a unit, which no lifetime has.
    Half,
    /// Joins the units of one time.
    And,
    /// Joins alternatives.
    Or,
    /// Joins the two ends of a range.
    To,
    /// Joins the two ends of a range, and before a single time says that it is the longest.
    UpTo,
    /// Says before two ends that [`And`](Self::And) joins them.
    Between,
    /// Says that the same time follows in other words.
    Equals,
    /// Says that the time is the longest, as every lifetime is.
    AtMost,
    /// Leaves the end open.
    Vague,
    /// Leads to the time, and changes nothing: "the cookie expires in".
    Lead,
    /// Follows the time, and changes nothing: "of inactivity".
    Note,
    /// Names the kind of cookie that has a time. Alone it promises no end.
    Persistent,
    /// Says behind a time from when it counts; before one, that it is the shortest of a range.
    From,
    /// Says behind a time from when it counts; before one it changes nothing.
    After,
    /// Is what may happen at every visit: time counts anew from there.
    Event,
    /// Happens once, so that no visit may prolong the time.
    Once,
    /// Speaks of a session.
    Session,
    /// Speaks of a session that is not the browser's.
    OtherSession,
    Browser,
    /// Speaks of closing a browser.
    Closing,
    /// Promises no end.
    Unlimited,
    Until,
    /// Speaks of the visitor's deleting the cookie, which is no end that the site promises.
    Deletion,
    /// Says, as the whole text, that the cookie is over already.
    Over,
    /// Says, as the whole text, that nothing is stated.
    Unstated,
}

/// The form of languages that have a singular for one and a plural for all else.
pub(super) const fn one_or_more(count: u64) -> usize {
    (count != 1) as usize
}
