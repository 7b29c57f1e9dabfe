//! Tests whole registries, from files and from code.

#![cfg(feature = "toml")]

mod changes;
mod lifetimes;
mod machines;
mod names;
mod problems;
mod reading;
mod size;
mod sources;
