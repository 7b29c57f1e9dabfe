//! The IAB's Global Privacy Platform string: a header that lists sections, and the sections.
//!
//! Section 2 is a [TC string](crate::cmp::formats::tcf). Of section 7, the national one of the United States,
//! the opt-outs of sale, sharing and targeted advertising are refusals, here called `sale`,
//! `sharing` and `targeted_advertising`; to opt out of nothing grants nothing.

use crate::cmp::Format;
use crate::cmp::formats::tcf;
use crate::cmp::sextets::{Sextets, contains};
use crate::cmp::statement::Statement;

pub(crate) const FORMAT: Format = Format {
    owns: |name| carries_string(name) || (tcf::FORMAT.owns)(name),
    usual: tcf::FORMAT.usual,
    read: |reader| reader.choice(carries_string, read),
};

fn carries_string(name: &[u8]) -> bool {
    name == b"OTGPPConsent" || name == b"axeptio_gpp_string"
}

const TCF_EU: u64 = 2;
const US_NATIONAL: u64 = 7;

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let mut parts = value.split(|&byte| byte == b'~');
    let mut header = Sextets::new(parts.next()?)?;
    if (header.take(6)?, header.take(6)?) != (3, 1) {
        return None;
    }
    let sections = header.fibonacci_ranges()?;
    let section = |id| {
        if !contains(&sections, id) {
            return None;
        }
        let before = |&(first, last): &(u64, u64)| {
            if first < id { last.min(id - 1) - first + 1 } else { 0 }
        };
        let place: u64 = sections.iter().map(before).sum();
        parts.clone().nth(usize::try_from(place).ok()?)
    };
    let (tcf, us_national) = (section(TCF_EU), section(US_NATIONAL));
    if tcf.is_none() && us_national.is_none() {
        return None;
    }
    if let Some(section) = us_national {
        read_us_national(section, statement)?;
    }
    let Some(section) = tcf else {
        // An objection, and no answer to what European law asks.
        statement.only_object();
        return Some(());
    };
    tcf::read(section, statement)
}

/// Two bits for each: 1 is the opt-out.
fn read_us_national(section: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let core = section.split(|&byte| byte == b'.').next()?;
    let mut bits = Sextets::new(core)?;
    let _version_and_notices = bits.take(6 + 6 * 2)?;
    for id in ["sale", "sharing", "targeted_advertising"] {
        if bits.take(2)? == 1 {
            statement.decide(id, false);
        }
    }
    Some(())
}
