//! What is wrong with a registry, all of it at once.

pub(crate) mod claims;
pub(crate) mod consent_cookie;
pub(crate) mod flatten;
pub(crate) mod names;
pub(crate) mod problems;
pub(crate) mod sources;
pub(crate) mod suggestion;
