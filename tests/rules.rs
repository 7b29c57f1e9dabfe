//! The rules of DESIGN.md by their numbers, on two header maps, without a runtime.
//!
//! R1 to R3, which are about reading a line, are in `conformance` and beside the code.

#![cfg(feature = "toml")]

#[path = "rules/acting.rs"]
mod acting;
#[path = "rules/bad_input.rs"]
mod bad_input;
#[path = "rules/consent_cookie.rs"]
mod consent_cookie;
#[path = "rules/deciding.rs"]
mod deciding;
#[path = "rules/deletions.rs"]
mod deletions;
#[path = "rules/leftovers.rs"]
mod leftovers;
#[path = "rules/lifetimes.rs"]
mod lifetimes;
#[path = "rules/site.rs"]
mod site;
#[path = "rules/sources.rs"]
mod sources;
