//! The Transparency and Consent (TC) string: a bit for each purpose says whether the visitor
//! consented to it.
//!
//! A purpose is granted if purpose 1, to store anything on a device, is granted too. Two ids stand
//! for several purposes: `analytics` for 7, 8 and 9, of which one has to be granted, and
//! `marketing` for 2, 3 and 4; neither decides on a category to which the site maps another id.
//!
//! Not looked at are vendors, legitimate interests, special features, the publisher's restrictions
//! of vendors, and the purposes of the publisher, which most banners leave empty.

use crate::cmp::sextets::Sextets;
use crate::cmp::statement::Statement;
use crate::cmp::time;

/// The statements of a TC string on purposes 1 to 24. A set of purposes is a number of 24 bits, of which the
/// first is purpose 1.
#[derive(Clone, Copy)]
pub(crate) struct TcString {
    granted: u64,
    /// The purposes that the visitor neither consented nor objected to.
    open: u64,
    updated: i64,
}

impl TcString {
    /// Reads the string of Europe; `None` if it does not count.
    pub(crate) fn parse(value: &[u8]) -> Option<Self> {
        let (mut bits, version, updated) = start(value)?;
        let service_specific = bits.bit()?;
        let _texts_and_special_features = bits.take(1 + 12)?;
        let consents = bits.take(24)?;
        let _legitimate_interests = bits.take(24)?;
        // Version 1 is void since 2020, and the global scope since 2021.
        if version != 2 || !service_specific {
            return None;
        }
        let may_store = consents >> 23 == 1;
        Some(TcString { granted: if may_store { consents } else { 0 }, open: 0, updated })
    }

    /// Reads the string of Canada (TCF Canada v1, a section of GPP strings); `None` if it does not
    /// count.
    ///
    /// Express consent grants. Consent that is implied, until the visitor objects, is not given
    /// (R18), and leaves open what it is about. Purpose 1 is not asked for.
    pub(crate) fn parse_canadian(value: &[u8]) -> Option<Self> {
        let (mut bits, version, updated) = start(value)?;
        let _texts_and_special_features = bits.take(1 + 12)?;
        let (express, implied) = (bits.take(24)?, bits.take(24)?);
        let granted = express & !(1 << 23);
        let open = (implied | 1 << 23) & !granted;
        (version == 1).then_some(TcString { granted, open, updated })
    }

    /// Joins two copies to the most restrictive that they say (R7).
    pub(crate) fn and(self, other: Self) -> Self {
        let granted = self.granted & other.granted;
        let not_refused = (self.granted | self.open) & (other.granted | other.open);
        let updated = self.updated.min(other.updated);
        TcString { granted, open: not_refused & !granted, updated }
    }

    /// Leaves open what was granted.
    pub(crate) fn without_grants(self) -> Self {
        TcString { granted: 0, open: self.granted | self.open, ..self }
    }

    /// Writes down the decision on every purpose, and on those that `analytics` and `marketing`
    /// stand for.
    pub(crate) fn decide(self, statement: &mut Statement<'_>) {
        self.decide_purposes(statement);
        for (id, purposes) in [("analytics", [7, 8, 9]), ("marketing", [2, 3, 4])] {
            let decisions = purposes.map(|number| self.decision(number));
            let best = [Some(true), None].into_iter().find(|it| decisions.contains(it));
            statement.decide_unless_mapped(id, best.unwrap_or(Some(false)));
        }
    }

    /// Writes down the decision on every purpose alone.
    pub(crate) fn decide_purposes(self, statement: &mut Statement<'_>) {
        statement.made_at(self.updated);
        statement.decide_numbered("purpose:", |number| self.decision(number));
    }

    /// The decision on a purpose; `None` if it was left open.
    fn decision(self, purpose: u64) -> Option<bool> {
        let has = |set: u64| (1..=24).contains(&purpose) && set >> (24 - purpose) & 1 == 1;
        if has(self.open) { None } else { Some(has(self.granted)) }
    }
}

/// Reads what the strings of Europe and Canada begin with. What comes next are the other bits of
/// the core, which is the first segment; those after it say nothing of purposes. `None` if not all
/// of it is letters of the alphabet, or if the policy is older than TCF v2, whose purposes differ.
fn start(value: &[u8]) -> Option<(Sextets<'_>, u64, i64)> {
    let mut segments = value.split(|&byte| byte == b'.').map(Sextets::new);
    let mut bits = segments.next()??;
    if segments.any(|segment| segment.is_none()) {
        return None;
    }
    let version = bits.take(6)?;
    let _created = bits.take(36)?;
    let updated = time::deciseconds(bits.take(36)?)?;
    let _cmp_and_language = bits.take(12 + 12 + 6 + 12)?;
    let _vendor_list = bits.take(12)?;
    let policy = bits.take(6)?;
    (policy >= 2).then_some((bits, version, updated))
}
