//! The IAB's TC string (TCF v2): purposes as bits.
//!
//! A purpose counts as granted if purpose 1, to store anything on a device, is too. What they mean
//! together goes by two ids of its own: `analytics` is purpose 7, 8 or 9, `marketing` 2, 3 or 4;
//! a category that the site maps other ids to is not theirs. Vendors and legitimate interests are
//! not looked at. A string that some CMPs write before any choice reads as a refusal.

use super::sextets::Sextets;
use super::statement::Statement;
use super::usual::Usual;
use super::{Format, time};

pub(super) const FORMAT: Format = Format {
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

pub(super) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let granted = core(value, statement)?;
    decide_purposes(granted, statement);
    statement.decide_unless_mapped("analytics", [7, 8, 9].into_iter().any(|n| granted.has(n)));
    statement.decide_unless_mapped("marketing", [2, 3, 4].into_iter().any(|n| granted.has(n)));
    Some(())
}

/// Purpose by purpose, without what they mean together.
pub(super) fn read_purposes(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    decide_purposes(core(value, statement)?, statement);
    Some(())
}

fn decide_purposes(granted: Purposes, statement: &mut Statement<'_>) {
    statement.decide_numbered("purpose:", |number| granted.has(number));
}

/// The bits of purposes 1 to 24, the first being the most significant.
#[derive(Clone, Copy)]
struct Purposes(u64);

impl Purposes {
    fn has(self, number: u64) -> bool {
        let bit = |number| (1..=24).contains(&number) && self.0 >> (24 - number) & 1 == 1;
        bit(1) && bit(number)
    }
}

fn core(value: &[u8], statement: &mut Statement<'_>) -> Option<Purposes> {
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
    let purposes = bits.take(24)?;
    let _legitimate_interests = bits.take(24)?;
    // Version 1 is void since 2020, and the global scope since 2021.
    if version != 2 || !service_specific {
        return None;
    }
    statement.made_at(time::deciseconds(updated)?);
    Some(Purposes(purposes))
}
