//! The rule for cookies that the registry does not declare.

/// The rule for cookies that no declaration covers (rule [R6](crate::rules#r6)).
///
/// In a registry file, it is `undeclared = "strip"`, `"keep-unchecked"`, or `{ category =
/// "analytics" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undeclared {
    /// The cookie is stripped: what the policy does not declare is not set.
    #[default]
    Strip,
    /// The cookie passes, as if the layer were not there.
    ///
    /// This weakens the promise to "declared cookies obey the policy": whatever a new dependency
    /// sets reaches every visitor, with or without consent. Use it for the first days on a live
    /// site, while you read the reports.
    KeepUnchecked,
    /// The cookie is treated as a cookie of this category, with the category's lifetime.
    ///
    /// This weakens the promise to that of the category: with a necessary category, it is
    /// [`KeepUnchecked`](Self::KeepUnchecked) with a lifetime.
    Category(String),
}
