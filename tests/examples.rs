//! Runs the examples as their users do. `cargo test` builds them first; `cargo test --test` alone
//! does not, then `cargo build --examples --all-features` does.
#![cfg(all(feature = "axum", feature = "toml"))]

#[path = "examples/browser.rs"]
mod browser;
#[path = "examples/check.rs"]
mod check;
#[cfg(feature = "cmp")]
#[path = "examples/cmp.rs"]
mod cmp;
#[path = "examples/process.rs"]
mod process;
#[path = "examples/servers.rs"]
mod servers;
#[path = "examples/site.rs"]
mod site;

#[cfg(feature = "cmp")]
#[path = "support"]
mod support {
    #[allow(dead_code, reason = "other tests use more of it")]
    pub(crate) mod browser;
    pub(crate) mod left_out;
}
