//! Tests the rules of `src/docs/rules.md` by their numbers, on two header maps and without a
//! runtime.
//!
//! R1 to R3, which describe how a line is read, are tested in `conformance` and beside the code.

#![cfg(feature = "toml")]

mod account;
mod bad_input;
mod by;
mod caching;
mod cap;
mod carriers;
mod choice_ahead;
mod choices;
mod consent_cookie;
mod counting;
mod deletions;
mod deletions_everywhere;
mod enforcement;
mod floors;
mod leftovers;
mod names;
mod permission;
mod refresh;
mod renewal;
mod report;
mod request_filter;
mod site;
mod sources;
mod sweep;
mod two_registries;
