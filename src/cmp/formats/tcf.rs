//! The IAB's TC string (TCF v2): a bit for each purpose says whether the visitor consented to it.
//!
//! A purpose is granted if purpose 1, to store anything on a device, is granted too. Two ids stand
//! for several purposes: `analytics` for 7, 8 and 9, of which one has to be granted, and
//! `marketing` for 2, 3 and 4; neither decides on a category to which the site maps another id.
//! Vendors and legitimate interests are not looked at. Some CMPs write a string before the visitor
//! chooses, and it cannot be told from a refusal.

use std::time::SystemTime;

use crate::choice::Choice;
use crate::cmp::format::Format;
use crate::cmp::reader::Reader;
use crate::cmp::sextets::Sextets;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) const FORMAT: Format = Format {
    owns: |name| {
        carries_string(name)
            || matches!(name, b"addtl_consent" | b"usprivacy" | b"_cmpRepromptHash")
    },
    read: |reader| reader.choice(carries_string, read),
};

fn carries_string(name: &[u8]) -> bool {
    name == b"euconsent-v2"
        || name == b"eupubconsent-v2"
        || name.starts_with(b"__cmpconsent")
        || (name.starts_with(b"real_cookie_banner") && name.ends_with(b"-tcf"))
}

/// Writes down what one string says; `None` if it does not count.
pub(crate) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    TcString::parse(value)?.decide(statement);
    Some(())
}

/// Reads a choice from the cookies of a CMP and the TC string that stands beside them; from the
/// string alone where there are no such cookies. `read` gets a value of the CMP's cookie, and what
/// all copies of the string say together.
pub(crate) fn choice_beside(
    reader: &Reader<'_>,
    names: impl Fn(&[u8]) -> bool,
    string: impl Fn(&[u8]) -> bool,
    read: impl Fn(&[u8], Option<TcString>, &mut Statement<'_>) -> Option<()>,
) -> Choice {
    // The strings are read once, however many copies there are of the other cookie.
    let strings: Option<Vec<_>> = reader.values(&string).map(TcString::parse).collect();
    let Some(strings) = strings else { return reader.undecided() };
    let all = strings.into_iter().reduce(TcString::and);
    let choice = reader.choice_in(names, |value, statement| read(value, all, statement));
    choice.or_else(|| reader.choice_in(string, self::read)).unwrap_or_else(|| reader.undecided())
}

/// The part of a TC string that is read.
#[derive(Clone, Copy)]
pub(crate) struct TcString {
    /// The consents to purposes 1 to 24: a number of 24 bits, of which the first is purpose 1.
    consents: u64,
    updated: SystemTime,
}

impl TcString {
    /// Reads the core segment up to the purposes; `None` if the string does not count.
    pub(crate) fn parse(value: &[u8]) -> Option<Self> {
        // The core is the first segment, and those after it say nothing of purposes.
        let core = value.split(|&byte| byte == b'.').next()?;
        let mut bits = Sextets::new(core)?;
        let version = bits.take(6)?;
        let _created = bits.take(36)?;
        let updated = bits.take(36)?;
        let _cmp_and_language = bits.take(12 + 12 + 6 + 12)?;
        let _vendor_list_and_policy = bits.take(12 + 6)?;
        let service_specific = bits.bit()?;
        let _texts_and_special_features = bits.take(1 + 12)?;
        let consents = bits.take(24)?;
        let _legitimate_interests = bits.take(24)?;
        // Version 1 is void since 2020, and the global scope since 2021.
        let counts = version == 2 && service_specific;
        counts.then_some(TcString { consents, updated: time::deciseconds(updated)? })
    }

    /// Joins two copies to the most restrictive that they say (R7).
    fn and(self, other: Self) -> Self {
        let updated = self.updated.min(other.updated);
        TcString { consents: self.consents & other.consents, updated }
    }

    /// Writes down the decision on every purpose, and on those that `analytics` and `marketing`
    /// stand for.
    pub(crate) fn decide(self, statement: &mut Statement<'_>) {
        self.decide_purposes(statement);
        statement.decide_unless_mapped("analytics", [7, 8, 9].into_iter().any(|n| self.grants(n)));
        statement.decide_unless_mapped("marketing", [2, 3, 4].into_iter().any(|n| self.grants(n)));
    }

    /// Writes down the decision on every purpose alone.
    pub(crate) fn decide_purposes(self, statement: &mut Statement<'_>) {
        statement.made_at(self.updated);
        statement.decide_numbered("purpose:", |number| self.grants(number));
    }

    fn grants(self, purpose: u64) -> bool {
        let consented =
            |number| (1..=24).contains(&number) && self.consents >> (24 - number) & 1 == 1;
        consented(1) && consented(purpose)
    }
}
