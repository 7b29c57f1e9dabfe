//! Runs the examples as their users do. `cargo test` builds them first; `cargo test --test` alone
//! does not, then `cargo build --examples --all-features` does.
#![cfg(all(feature = "axum", feature = "toml"))]

mod browser;
mod check;
#[cfg(feature = "cmp")]
mod cmp;
mod process;
mod servers;
mod site;

#[cfg(feature = "cmp")]
#[path = "../support"]
mod support {
    #[allow(dead_code, reason = "other tests use more of it")]
    pub(crate) mod browser;
    pub(crate) mod left_out;
}
