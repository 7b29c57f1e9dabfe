//! The choice of a request's cookies that the application may read.

use crate::registry::declare::word::words;

/// Which of a request's cookies reach the application ([R22](crate::rules#r22)).
///
/// A cookie that an earlier consent stored comes with every request until something deletes it. After
/// a refusal, reading it is what the visitor refused.
///
/// In a registry file, `filter-requests = "all"`, `"declared"` or `"off"` under `[consent]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestFilter {
    /// All cookies, as they come.
    #[default]
    Off,
    /// Of the declared ones, those that a response might set for this visitor now; and all that no
    /// declaration covers. Page scripts set cookies that no registry of the server's knows.
    Declared,
    /// Those that a response might set for this visitor now. What no declaration covers goes by the
    /// registry's rule for [undeclared](crate::registry::Undeclared) cookies, which is to withhold
    /// them unless the registry says otherwise.
    All,
}

words!(RequestFilter, "filter of requests", {
    Off = "off",
    Declared = "declared",
    All = "all",
});
