//! Registries from files and from code, whole.

#![cfg(feature = "toml")]

#[path = "registry/lifetimes.rs"]
mod lifetimes;
#[path = "registry/problems.rs"]
mod problems;
#[path = "registry/reading.rs"]
mod reading;
#[path = "registry/size.rs"]
mod size;
#[path = "registry/sources.rs"]
mod sources;
