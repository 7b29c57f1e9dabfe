//! Which choice counts, that of the account or that of the device.

use crate::registry::declare::word::words;

/// Which choice counts where the application hands in that of the visitor's account, and the device
/// has one too ([R24](crate::rules#r24)).
///
/// The CNIL leaves it to the site which of the two prevails, if visitors are told (délibération
/// n° 2025-131 of 18 December 2025).
///
/// In a registry file, `account-precedence = "account"` or `"latest"` under `[consent]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccountPrecedence {
    /// The account's, whenever it was made.
    #[default]
    Account,
    /// The one that was made later, and of two that were made in the same second the account's. A
    /// choice that states no time is the older one.
    Latest,
}

words!(AccountPrecedence, "precedence of an account's choice", {
    Account = "account",
    Latest = "latest",
});
