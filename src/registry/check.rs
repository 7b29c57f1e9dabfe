//! The checks of a registry. They find all problems at once.

pub(crate) mod carriers;
pub(crate) mod claims;
pub(crate) mod consent_cookie;
pub(crate) mod floors;
pub(crate) mod names;
pub(crate) mod problems;
pub(crate) mod resolve;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod suggestion;
