//! The US Privacy string: `1YNN`, of which the third character says whether the visitor opted
//! out of the sale of personal data.
//!
//! It is section 6 of a GPP string, and older banners keep it in a cookie of its own. The opt-out
//! goes by `sale`.

use crate::cmp::statement::Statement;

/// Tells whether cookies of this name carry a US Privacy string. They are the one that the IAB
/// recommends, and the one that its Trusted Server reads.
pub(crate) fn carried_by(name: &[u8]) -> bool {
    matches!(name, b"usprivacy" | b"us_privacy")
}

/// Writes down the opt-out; `None` if the string is of another version, or is none.
pub(super) fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let [b'1', notice, opt_out, agreement] = value.to_ascii_uppercase()[..] else { return None };
    if [notice, opt_out, agreement].iter().any(|letter| !b"YN-".contains(letter)) {
        return None;
    }
    if opt_out == b'Y' {
        statement.decide("sale", false);
    }
    Some(())
}
