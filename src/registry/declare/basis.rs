//! What entitles a category's cookies to exist.

use std::fmt;
use std::str::FromStr;

/// What a category's cookies rest on, and so what the visitor's consent changes (rule R6).
///
/// In a registry file: `basis = "necessary"`, `"consent"`, `"opt-out"` or `"prohibited"`, in any
/// case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Basis {
    /// Strictly necessary for what the visitor asked for: always kept, never asked about
    /// (`ePrivacy` directive, article 5(3), second sentence).
    Necessary,
    /// Kept only once the visitor has agreed: opt-in, the general rule of article 5(3).
    Consent,
    /// Kept until the visitor refuses: audience measurement exempt under the CNIL's conditions,
    /// or a site outside the directive's reach.
    OptOut,
    /// The policy says that these cookies are not used: always stripped, whatever the visitor
    /// agreed to.
    Prohibited,
}

impl Basis {
    /// Every basis, in the order in which they are documented.
    pub(crate) const ALL: [Self; 4] =
        [Self::Necessary, Self::Consent, Self::OptOut, Self::Prohibited];

    /// The name used in registry files: `necessary`, `consent`, `opt-out` or `prohibited`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Necessary => "necessary",
            Self::Consent => "consent",
            Self::OptOut => "opt-out",
            Self::Prohibited => "prohibited",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Basis {
    type Err = UnknownBasis;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let written = text.replace('_', "-");
        let named = |basis: &Self| basis.as_str().eq_ignore_ascii_case(&written);
        Self::ALL.into_iter().find(named).ok_or(UnknownBasis(()))
    }
}

/// The error of reading a [`Basis`] from a text that names none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownBasis(());

impl fmt::Display for UnknownBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write `necessary`, `consent`, `opt-out` or `prohibited`")
    }
}

impl std::error::Error for UnknownBasis {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r6_every_basis_reads_back_from_its_name() {
        for basis in Basis::ALL {
            assert_eq!(basis.to_string().parse(), Ok(basis));
        }
        for (text, basis) in [("Consent", Basis::Consent), ("OPT_OUT", Basis::OptOut)] {
            assert_eq!(text.parse(), Ok(basis));
        }
        for wrong in ["", "optout", "opt out", "no"] {
            assert_eq!(wrong.parse::<Basis>(), Err(UnknownBasis(())), "{wrong}");
        }
    }
}
