//! Registries from files and from code, whole.

#![cfg(feature = "toml")]

mod lifetimes;
mod names;
mod problems;
mod reading;
mod size;
mod sources;
