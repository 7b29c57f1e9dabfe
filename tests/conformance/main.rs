//! Conformance of the `Set-Cookie` reader: against a table written by hand, against a literal
//! reading of the draft, and against what browsers were measured to store.

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
