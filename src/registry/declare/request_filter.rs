//! The setting that decides which cookies of a request the application may read.

use crate::registry::declare::word::words;

/// Says which cookies of a request reach the application (rule [R22](crate::rules#r22)).
///
/// A cookie that was stored under an earlier consent comes with every request until something
/// deletes it. A visitor who refuses also refuses that it is read.
///
/// In a registry file, it is `filter-requests = "all"`, `"declared"` or `"off"` under `[consent]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestFilter {
    /// All cookies reach the application.
    #[default]
    Off,
    /// Declared cookies reach the application if a response might set them for this visitor now.
    /// Undeclared cookies do so always, since page scripts may have set some that the registry does
    /// not know.
    Declared,
    /// Cookies reach the application only if a response might set them for this visitor now. The
    /// registry's rule for [undeclared](crate::registry::Undeclared) cookies decides on those, and
    /// by default they are withheld.
    All,
}

words!(RequestFilter, "filter of requests", {
    Off = "off",
    Declared = "declared",
    All = "all",
});
