//! The IAB's Global Privacy Platform (GPP) string: a header that lists sections, and the sections.
//!
//! Section 2 is a [TC string](crate::cmp::formats::tcf). In section 7, the national one of the
//! United States, the opt-outs of sale, sharing and targeted advertising are refusals, here called
//! `sale`, `sharing` and `targeted_advertising`. A visitor who opts out of nothing grants nothing.

use std::ops::RangeInclusive;

use crate::cmp::format::Format;
use crate::cmp::formats::tcf;
use crate::cmp::sextets::Sextets;
use crate::cmp::statement::Statement;

pub(crate) const FORMAT: Format = Format {
    owns: |name| carries_string(name) || (tcf::FORMAT.owns)(name),
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
    // Sections stand in the order of the header. There are no more of them than bytes, however
    // many ids the header's ranges have.
    let ids = sections.iter().flat_map(RangeInclusive::clone);
    let by_id = ids.zip(parts).collect::<Vec<_>>();
    let section = |wanted| by_id.iter().find(|(id, _)| *id == wanted).map(|(_, section)| *section);
    let (tcf, us_national) = (section(TCF_EU), section(US_NATIONAL));
    if tcf.is_none() && us_national.is_none() {
        return None;
    }
    if let Some(section) = us_national {
        read_us_national(section, statement)?;
    }
    let Some(section) = tcf else {
        // The visitor may have objected, and has not answered what European law asks.
        statement.only_object();
        return Some(());
    };
    tcf::read(section, statement)
}

/// Writes down the opt-outs: two bits for each, of which 1 is the opt-out.
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
