//! The basis that entitles a category's cookies to exist.

use crate::registry::declare::word::words;

/// The ground on which a category's cookies rest. It decides what the visitor's consent changes
/// (rule [R6](crate::rules#r6)).
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

words!(Basis, "basis", {
    Necessary = "necessary",
    Consent = "consent",
    OptOut = "opt-out",
    Prohibited = "prohibited",
});
