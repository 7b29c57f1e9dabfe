//! The program, run as its users do.

mod check;
mod check_version;
mod draft;
mod page;
mod show;

/// The program as cargo built it.
const PROGRAM: &str = env!("CARGO_BIN_EXE_cookie-consent");
