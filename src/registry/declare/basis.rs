//! The basis on which a category's cookies may be set.

use crate::registry::declare::word::words;

/// The basis on which a category's cookies may be set. It decides what the visitor's consent
/// changes (rule [R6](crate::rules#r6)).
///
/// In a registry file, it is `basis = "necessary"`, `"consent"`, `"opt-out"` or `"prohibited"`, in
/// upper or lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Basis {
    /// The cookies are strictly necessary for what the visitor asked for. They are always kept, and
    /// visitors are not asked about them (`ePrivacy` directive, article 5(3), second sentence).
    Necessary,
    /// The cookies are kept only once the visitor has agreed (opt-in), which is the general rule of
    /// article 5(3).
    Consent,
    /// The cookies are kept until the visitor refuses them. This is for audience measurement that
    /// is exempt under the CNIL's conditions, and for sites outside the directive's reach.
    OptOut,
    /// The policy says that these cookies are not used. They are always stripped, whatever the
    /// visitor agreed to.
    Prohibited,
}

words!(Basis, "basis", {
    Necessary = "necessary",
    Consent = "consent",
    OptOut = "opt-out",
    Prohibited = "prohibited",
}, meant: {
    "essential" = "necessary",
    "mandatory" = "necessary",
    "required" = "necessary",
    "strictly-necessary" = "necessary",
    "opt-in" = "consent",
    "optin" = "consent",
    "forbidden" = "prohibited",
    "never" = "prohibited",
});
