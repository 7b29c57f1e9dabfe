//! Tests the project itself: every source file belongs to a target, and the documents are right
//! about features, examples and modules.

mod declared;
mod documents;
mod files;
mod house;
mod links;
mod modules;
mod rust_version;
mod targets;
