//! How one CMP keeps the choice in cookies.

use crate::choice::Choice;
use crate::cmp::reader::Reader;

/// What the file of one CMP provides.
pub(crate) struct Format {
    /// Tells whether a cookie of this name is the CMP's (R8).
    pub(crate) owns: fn(&[u8]) -> bool,
    /// Reads what the visitor chose. A cookie that is there is not a choice yet: every CMP has its
    /// own way of not having been answered.
    pub(crate) read: fn(&Reader<'_>) -> Choice,
}
