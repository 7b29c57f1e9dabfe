//! The rules by their numbers (`src/docs/rules.md`), on two header maps, without a runtime.
//!
//! R1 to R3, which are about reading a line, are in `conformance` and beside the code.

#![cfg(feature = "toml")]

mod acting;
mod bad_input;
mod choices;
mod consent_cookie;
mod deciding;
mod deletions;
mod leftovers;
mod lifetimes;
mod site;
mod sources;
