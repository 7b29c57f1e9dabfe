//! Names of cookies as a registry declares them: exact ones, patterns, and which of them wins.

pub(crate) mod check;
pub(crate) mod exact_index;
pub(crate) mod matcher;
pub(crate) mod overlap;
pub(crate) mod pattern;
