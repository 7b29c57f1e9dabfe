//! Tests the program by running it, as its users do.

mod check;
mod check_version;
mod draft;
mod page;
mod show;

/// The path of the program that cargo built.
const PROGRAM: &str = env!("CARGO_BIN_EXE_cookie-consent");
