//! Helpers that the tests of the crate and of its examples share.

pub mod browser;
pub mod cache;
pub mod folder;
pub mod headers;
pub mod left_out;
pub mod port;
pub mod postgres;
pub mod process;
pub mod program;
pub mod visitor;
pub mod waiting;
