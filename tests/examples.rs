//! Runs the examples as their users do. `cargo test` builds them first; `cargo test --test` alone
//! does not, then `cargo build --examples --all-features` does.
#![cfg(all(feature = "axum", feature = "toml"))]

#[path = "examples/browser.rs"]
mod browser;
#[path = "examples/check.rs"]
mod check;
#[path = "examples/process.rs"]
mod process;
#[path = "examples/servers.rs"]
mod servers;
#[path = "examples/site.rs"]
mod site;
