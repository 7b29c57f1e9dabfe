//! The rule for cookies in no registry.

/// The rule for cookies that no declaration covers (rule [R6](crate::rules#r6)).
///
/// In a registry file: `undeclared = "strip"`, `"keep-unchecked"`, or
/// `{ category = "analytics" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undeclared {
    /// It is stripped: what the policy does not declare is not set.
    #[default]
    Strip,
    /// It passes, as if the layer were not there.
    ///
    /// This weakens the promise to "declared cookies obey the policy": whatever a new dependency
    /// sets reaches every visitor, consent or not. For the first days on a live site, beside a
    /// look at the reports.
    KeepUnchecked,
    /// It is treated as a cookie of this category, with the category's lifetime.
    ///
    /// This weakens the promise to what that category says: with a necessary category it is
    /// [`KeepUnchecked`](Self::KeepUnchecked) with a lifetime.
    Category(String),
}
