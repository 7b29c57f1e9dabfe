//! The sizes above which browsers ignore a cookie or an attribute (R1).

/// Browsers store no cookie whose name and value together have more bytes (RFC 6265bis, section
/// 5.6).
pub(crate) const MAX_COOKIE: usize = 4_096;

/// Browsers ignore an attribute whose value has more bytes (RFC 6265bis, section 5.6).
pub(crate) const MAX_ATTRIBUTE_VALUE: usize = 1_024;
