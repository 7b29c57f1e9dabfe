//! The project itself: every source file belongs to a target, and what its documents say of
//! features, examples and modules is true.

mod declared;
mod documents;
mod files;
mod house;
mod links;
mod modules;
mod rust_version;
mod targets;
