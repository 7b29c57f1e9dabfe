//! The IAB's TC string (TCF v2): purposes as bits.
//!
//! A purpose counts as granted if purpose 1, to store anything on a device, is too. What they mean
//! together goes by two ids of its own: `analytics` is purpose 7, 8 or 9, `marketing` 2, 3 or 4;
//! a category that the site maps other ids to is not theirs. Vendors and legitimate interests are
//! not looked at. A string that some CMPs write before any choice reads as a refusal.

use std::time::SystemTime;

use crate::cmp::reader::Reader;
use crate::cmp::sextets::Sextets;
use crate::cmp::statement::Statement;
use crate::cmp::usual::Usual;
use crate::cmp::{Choice, Format, time};

pub(crate) const FORMAT: Format = Format {
    owns: |name| {
        carries_string(name)
            || matches!(name, b"addtl_consent" | b"usprivacy" | b"_cmpRepromptHash")
    },
    usual: |id| match id {
        "analytics" => Some(Usual::Analytics),
        "marketing" => Some(Usual::Marketing),
        _ => None,
    },
    read: |reader| reader.choice(carries_string, read),
};

fn carries_string(name: &[u8]) -> bool {
    name == b"euconsent-v2"
        || name == b"eupubconsent-v2"
        || name.starts_with(b"__cmpconsent")
        || (name.starts_with(b"real_cookie_banner") && name.ends_with(b"-tcf"))
}

pub(crate) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    TcString::parse(value)?.decide(statement);
    Some(())
}

/// The choice in the cookies of a CMP beside which a string stands; in the string alone if there
/// are none of them. `read` gets what all copies of the string say together.
pub(crate) fn choice_beside(
    reader: &Reader<'_>,
    names: impl Fn(&[u8]) -> bool,
    string: impl Fn(&[u8]) -> bool,
    read: impl Fn(&[u8], Option<TcString>, &mut Statement<'_>) -> Option<()>,
) -> Choice {
    // Read once, whatever copies there are of either.
    let strings: Option<Vec<_>> = reader.values(&string).map(TcString::parse).collect();
    let Some(strings) = strings else { return reader.undecided() };
    let all = strings.into_iter().reduce(TcString::and);
    let choice = reader.choice_in(names, |value, statement| read(value, all, statement));
    choice.or_else(|| reader.choice_in(string, self::read)).unwrap_or_else(|| reader.undecided())
}

/// What a string says of purposes, and when it was last updated.
#[derive(Clone, Copy)]
pub(crate) struct TcString {
    /// The bits of purposes 1 to 24, the first being the most significant.
    granted: u64,
    updated: SystemTime,
}

impl TcString {
    pub(crate) fn parse(value: &[u8]) -> Option<Self> {
        // The core segment is the first; the others say nothing of purposes.
        let core = value.split(|&byte| byte == b'.').next()?;
        let mut bits = Sextets::new(core)?;
        let version = bits.take(6)?;
        let _created = bits.take(36)?;
        let updated = bits.take(36)?;
        let _cmp_and_language = bits.take(12 + 12 + 6 + 12)?;
        let _vendor_list_and_policy = bits.take(12 + 6)?;
        let service_specific = bits.bit()?;
        let _texts_and_special_features = bits.take(1 + 12)?;
        let granted = bits.take(24)?;
        let _legitimate_interests = bits.take(24)?;
        // Version 1 is void since 2020, and the global scope since 2021.
        let counts = version == 2 && service_specific;
        counts.then_some(TcString { granted, updated: time::deciseconds(updated)? })
    }

    /// What both say, of two copies: the most restrictive (R7).
    pub(crate) fn and(self, other: Self) -> Self {
        let updated = self.updated.min(other.updated);
        TcString { granted: self.granted & other.granted, updated }
    }

    pub(crate) fn decide(self, statement: &mut Statement<'_>) {
        self.decide_purposes(statement);
        statement.decide_unless_mapped("analytics", [7, 8, 9].into_iter().any(|n| self.grants(n)));
        statement.decide_unless_mapped("marketing", [2, 3, 4].into_iter().any(|n| self.grants(n)));
    }

    /// Purpose by purpose, without what they mean together.
    pub(crate) fn decide_purposes(self, statement: &mut Statement<'_>) {
        statement.made_at(self.updated);
        statement.decide_numbered("purpose:", |number| self.grants(number));
    }

    fn grants(self, purpose: u64) -> bool {
        let bit = |number| (1..=24).contains(&number) && self.granted >> (24 - number) & 1 == 1;
        bit(1) && bit(purpose)
    }
}
