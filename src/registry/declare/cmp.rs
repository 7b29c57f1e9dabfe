//! The consent-management platforms (CMPs) that are known.

mod cookie_name;
pub(crate) mod source;
pub(crate) mod table;
pub(crate) mod tarteaucitron;
pub(crate) mod usual;

use std::fmt;
use std::str::FromStr;

#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::cookie_name::Beginnings;
use crate::registry::declare::cmp::cookie_name::has_form;
use crate::registry::declare::cmp::table::with_cmps;
use crate::registry::declare::cmp::usual::{Usual, has};
use crate::set_cookie::has_byte;

/// The ids of what visitors in the United States can object to, as the strings of the IAB express
/// it.
const OPT_OUTS: &[&str] = &["known_child", "sale", "sharing", "targeted_advertising"];

/// The row of one CMP in the table.
struct Row {
    name: &'static str,
    carriers: &'static [&'static str],
    beside: &'static [&'static str],
    /// The letters with which the names of both begin.
    #[cfg(feature = "cmp")]
    beginnings: Beginnings,
    states_time: bool,
    states_revision: bool,
    usually: &'static [(Usual, &'static [&'static str])],
}

macro_rules! declare {
    ($(
        $(#[$doc:meta])*
        $cmp:ident {
            name: $name:literal, format: $format:ident,
            carriers: [$($carrier:literal),* $(,)?],
            $(beside: [$($beside:literal),* $(,)?],)?
            states_time: $states_time:literal, states_revision: $states_revision:literal,
            $(usually: [$($usual:ident = $ids:expr),* $(,)?],)?
        }
    )*) => {
        /// A consent-management platform, or another program that writes cookies with a visitor's
        /// choice, whose cookies can be read.
        ///
        /// [`CmpSource`](crate::registry::CmpSource) describes what each of them writes, and what
        /// its ids are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cmp {
            $($(#[$doc])* $cmp,)*
        }

        impl Cmp {
            /// Every platform whose cookies can be read.
            pub const ALL: &[Self] = &[$(Self::$cmp),*];

            const fn row(self) -> &'static Row {
                match self {
                    $(Self::$cmp => const { &Row {
                        name: $name,
                        carriers: &[$($carrier),*],
                        beside: &[$($($beside),*)?],
                        #[cfg(feature = "cmp")]
                        beginnings: Beginnings::of(&[&[$($carrier),*], &[$($($beside),*)?]]),
                        states_time: $states_time,
                        states_revision: $states_revision,
                        usually: &[$($((Usual::$usual, $ids)),*)?],
                    } },)*
                }
            }
        }
    };
}
with_cmps!(declare);

impl Cmp {
    /// Returns its name in a registry file.
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Returns `true` if its cookies state a revision of the site's banner or policy, which can be
    /// compared with [`CmpSource::with_revision`](crate::registry::CmpSource::with_revision).
    pub const fn states_revision(self) -> bool {
        self.row().states_revision
    }

    /// Returns `true` if its cookies state when the visitor chose, so that a choice that is too old
    /// does not count (rule [R7](crate::rules#r7)). Otherwise a choice counts as long as the CMP's
    /// cookie lives.
    pub const fn states_time(self) -> bool {
        self.row().states_time
    }

    /// Returns `true` if the choice is in a single cookie, to which the site can give another name
    /// ([`CmpSource::with_cookie`](crate::registry::CmpSource::with_cookie)).
    pub const fn has_one_cookie(self) -> bool {
        !self.row().carriers.is_empty()
    }

    /// Returns whether a cookie of this name carries the choice, provided that the site did not
    /// rename it.
    pub(crate) fn carries(self, cookie_name: &[u8]) -> bool {
        // Only a form with a `*` may be that of a cookie beside it, too.
        let is_open = |form: &str| has_byte(form.as_bytes(), |sign| sign == b'*');
        let is_beside = |form: &str| is_open(form) && self.has_beside(cookie_name);
        self.row().carriers.iter().any(|form| has_form(cookie_name, form) && !is_beside(form))
    }

    /// Returns whether a cookie of this name is one of the CMP's other cookies (rule R8).
    pub(crate) fn has_beside(self, cookie_name: &[u8]) -> bool {
        self.row().beside.iter().any(|form| has_form(cookie_name, form))
    }

    /// Returns the forms of the names of all its cookies.
    #[cfg(feature = "cmp")]
    pub(crate) fn names<'a>(self) -> impl Iterator<Item = &'a str> {
        let Row { carriers, beside, .. } = self.row();
        carriers.iter().chain(*beside).copied()
    }

    /// Returns how the names of its cookies begin.
    #[cfg(feature = "cmp")]
    pub(crate) fn beginnings(self) -> Beginnings {
        self.row().beginnings
    }

    /// Returns the ids that have a usual meaning for this CMP, grouped by that meaning (rule R18).
    pub(crate) fn usually(self) -> &'static [(Usual, &'static [&'static str])] {
        self.row().usually
    }

    /// Returns the usual meaning of an id, for sites that do not map it (rule R18).
    pub(crate) fn usual(self, id: &str) -> Option<Usual> {
        let mut groups = self.row().usually.iter();
        let own = groups.find(|(_, ids)| has(ids, id));
        // Sites that choose their own ids name them like categories.
        own.map(|(usual, _)| *usual).or_else(|| Usual::named(id))
    }
}

impl fmt::Display for Cmp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error of parsing a name that no [`Cmp`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCmp(String);

impl fmt::Display for UnknownCmp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no consent-management platform is called {:?} here", self.0)
    }
}

impl std::error::Error for UnknownCmp {}

impl FromStr for Cmp {
    type Err = UnknownCmp;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let named = |cmp: &&Self| cmp.as_str() == name;
        Self::ALL.iter().find(named).copied().ok_or_else(|| UnknownCmp(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::declare::cmp::usual::by_length;

    #[test]
    fn r18_usual_ids_can_be_searched() {
        for cmp in Cmp::ALL {
            for (usual, ids) in cmp.row().usually {
                let is_sorted = ids.is_sorted_by(|one, other| by_length(one, other).is_lt());
                assert!(ids.is_sorted() || is_sorted && ids.len() >= 8, "{cmp}: {usual:?}");
                for id in *ids {
                    assert_eq!(cmp.usual(id), Some(*usual), "{cmp}: {id}");
                }
            }
        }
        for (cmp, id, want) in [
            (Cmp::Complianz, "functional", Some(Usual::Necessary)),
            (Cmp::CookieFirst, "functional", Some(Usual::Functional)),
            (Cmp::OneTrust, "C0005", Some(Usual::Marketing)),
            (Cmp::Tarteaucitron, "gtag", Some(Usual::Analytics)),
            (Cmp::Tarteaucitron, "facebookpixel", Some(Usual::Marketing)),
            (Cmp::Tarteaucitron, "matomo", None),
            (Cmp::Tarteaucitron, "Gtag", None),
        ] {
            assert_eq!(cmp.usual(id), want, "{cmp}: {id}");
        }
    }
}
