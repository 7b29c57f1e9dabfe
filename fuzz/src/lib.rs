//! The targets hold the crate against these: slow and literal readings of the rules, and the forms
//! in which their inputs are written.

pub mod claims;
pub mod conformance;
#[path = "../../tests/support/draft.rs"]
#[expect(dead_code, reason = "no target stores a cookie")]
mod draft;
pub mod own_cookie;
pub mod text;
pub mod visit;

/// Sat, 21 Nov 2026 12:00:00 GMT, the time of every clock.
pub const NOW: i64 = 1_795_262_400;
