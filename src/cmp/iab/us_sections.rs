//! The sections of the United States in a GPP string: the national one, and those of the states
//! that have a law of their own.
//!
//! Each has a core segment, of which fields of two bits are read. The visitor may have opted out of
//! `sale`, of `sharing` or of `targeted_advertising`; and a `known_child` is one for whom nobody
//! consented. A segment after the core tells whether the browser sent the Global Privacy Control,
//! which refuses what `Sec-GPC` refuses.
//!
//! Left unread is what says nothing of cookies: consents to kinds of sensitive data, and to uses
//! beyond those that the visitor was told of; which notices were given; and in which mode of the
//! IAB's agreement the site takes part. The texts of sections 24 to 27 put a header before the
//! core, which the IAB's own encoder does not write, and with which the section cannot be read.
//!
//! Source: `Sections/US-National` and `Sections/US-States` of the IAB's Global-Privacy-Platform,
//! December 2025, as `@iabgpp/cmpapi` 3.2.0 encodes them.

use crate::cmp::sextets::Sextets;
use crate::cmp::statement::Statement;

/// The layout of the core segment of a section.
struct Layout {
    section: u64,
    version: u64,
    /// The number of bits before the opt-outs, which tell of versions, notices and modes.
    before: u32,
    opt_outs: &'static [&'static str],
    /// The number of fields after the opt-outs that tell of kinds of sensitive data.
    sensitive: u32,
    /// The number of fields after those that tell of consents for known children.
    children: u32,
}

const NATION: &[&str] = &["sale", "sharing", "targeted_advertising"];
const CALIFORNIA: &[&str] = &["sale", "sharing"];
const STATE: &[&str] = &["sale", "targeted_advertising"];

/// The layouts of all sections, with the fields in the order of [`Layout`].
const LAYOUTS: [Layout; 22] = [
    layout(7, 1, 18, NATION, 12, 2),
    layout(7, 2, 18, NATION, 16, 3),
    layout(8, 1, 12, CALIFORNIA, 9, 2),
    layout(9, 1, 12, STATE, 8, 1),   // Virginia
    layout(10, 1, 12, STATE, 7, 1),  // Colorado
    layout(11, 1, 14, STATE, 8, 1),  // Utah
    layout(12, 1, 12, STATE, 8, 3),  // Connecticut
    layout(13, 1, 12, STATE, 8, 3),  // Florida
    layout(14, 1, 12, STATE, 8, 3),  // Montana
    layout(15, 1, 12, STATE, 11, 3), // Oregon
    layout(16, 1, 12, STATE, 8, 1),  // Texas
    layout(17, 1, 12, STATE, 9, 5),  // Delaware
    layout(18, 1, 14, STATE, 8, 1),  // Iowa
    layout(19, 1, 12, STATE, 8, 1),  // Nebraska
    layout(20, 1, 12, STATE, 8, 3),  // New Hampshire
    layout(21, 1, 12, STATE, 10, 5), // New Jersey
    layout(22, 1, 12, STATE, 8, 1),  // Tennessee
    layout(23, 1, 12, STATE, 8, 1),  // Minnesota
    layout(24, 1, 16, STATE, 0, 0),  // Maryland
    layout(25, 1, 16, STATE, 0, 1),  // Indiana
    layout(26, 1, 16, STATE, 0, 1),  // Kentucky
    layout(27, 1, 16, STATE, 0, 1),  // Rhode Island
];

const fn layout(
    section: u64,
    version: u64,
    before: u32,
    opt_outs: &'static [&'static str],
    sensitive: u32,
    children: u32,
) -> Layout {
    Layout { section, version, before, opt_outs, sensitive, children }
}

/// Writes down what the section of this id objects to; `None` if not all of it can be read.
pub(super) fn read(id: u64, section: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let mut segments = section.split(|&byte| byte == b'.');
    let core = read_core(id, segments.next()?, statement);
    // In these the second segment tells of sensitive data.
    if matches!(id, 25..=27) {
        return core;
    }
    let (mut gpc, mut all_read) = (false, true);
    for segment in segments {
        match read_gpc(segment) {
            Some(is_set) => gpc |= is_set,
            None => all_read = false,
        }
    }
    if gpc {
        statement.object_as_gpc();
    }
    core.filter(|()| all_read)
}

fn read_core(id: u64, core: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let mut bits = Sextets::new(core)?;
    let version = bits.take(6)?;
    let layout = LAYOUTS.iter().find(|it| (it.section, it.version) == (id, version))?;
    let _notices = bits.take(layout.before - 6)?;
    let mut all_defined = true;
    let mut read_field = |bits: &mut Sextets<'_>, id| {
        match bits.take(2)? {
            1 => statement.decide(id, false),
            3 => all_defined = false,
            _ => {}
        }
        Some(())
    };
    for id in layout.opt_outs {
        read_field(&mut bits, id)?;
    }
    let _sensitive_data = bits.take(2 * layout.sensitive)?;
    for _ in 0..layout.children {
        read_field(&mut bits, "known_child")?;
    }
    all_defined.then_some(())
}

/// Tells whether a segment is of type 1, and says that the browser sent `Sec-GPC: 1`.
fn read_gpc(segment: &[u8]) -> Option<bool> {
    let mut bits = Sextets::new(segment)?;
    Some(bits.take(2)? == 1 && bits.bit()?)
}
