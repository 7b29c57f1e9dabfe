//! Names that no cookie can have.

use std::fmt;

/// Why no cookie can have a name (RFC 6265bis, sections 5.6 and 5.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImpossibleName {
    /// `;` ends a cookie.
    Semicolon,
    /// `=` ends a name.
    EqualsSign,
    /// Browsers refuse cookies with control bytes.
    ControlByte,
    /// Browsers trim spaces and tabs.
    OuterSpace,
    /// Browsers refuse cookies above 4,096 bytes.
    TooLong,
}

impl fmt::Display for ImpossibleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Semicolon => "contains `;`, which ends a cookie",
            Self::EqualsSign => "contains `=`, which ends a name",
            Self::ControlByte => "contains a control byte, for which browsers refuse a cookie",
            Self::OuterSpace => "starts or ends with white space, which browsers trim",
            Self::TooLong => "is above 4,096 bytes, for which browsers refuse a cookie",
        })
    }
}
