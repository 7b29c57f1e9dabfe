//! Registries from files and from code, whole.

#![cfg(feature = "toml")]

#[path = "registry/policies.rs"]
mod policies;
#[path = "registry/problems.rs"]
mod problems;
#[path = "registry/size.rs"]
mod size;
