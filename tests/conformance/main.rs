//! Tests the conformance of the `Set-Cookie` reader: with a table written by hand, with a literal
//! reading of the draft, and with what browsers were measured to store.

#[path = "../support/draft.rs"]
mod draft;

mod calendar;
mod dates;
mod differences;
mod draft_oracle;
#[cfg(feature = "toml")]
mod enforced;
mod generated;
mod generators;
mod lifetimes;
mod measured;
mod replaced;
mod rows;
mod segments;
mod suites;
mod table;
