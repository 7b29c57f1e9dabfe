//! The setting that decides between the account's choice and the device's.

use crate::registry::declare::word::words;

/// Says which choice counts if the application hands in the choice of the visitor's account, and the
/// device has a choice too (rule [R24](crate::rules#r24)).
///
/// The CNIL leaves it to the site which of the two prevails, as long as visitors are told
/// (délibération n° 2025-131 of 18 December 2025).
///
/// In a registry file, it is `account-precedence = "account"` or `"latest"` under `[consent]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccountPrecedence {
    /// The account's choice counts, whenever it was made.
    #[default]
    Account,
    /// The later choice counts, or the account's if both were made in the same second. A choice
    /// that states no time counts as the earlier one.
    Latest,
}

words!(AccountPrecedence, "precedence of an account's choice", {
    Account = "account",
    Latest = "latest",
});
