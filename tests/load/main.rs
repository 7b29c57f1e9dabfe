//! The layer under load: a real server with logins, asked by wrk over HTTP/1, by h2load over
//! HTTP/2 and by clients of its own, with mixed consents, by slow clients and by such that go away.
//!
//! The load runs once, and each test looks at one thing that was found. Every response is checked
//! where it leaves the server, whoever asked. What runs depends on the machine:
//!
//! - Without wrk and h2load (Debian: `wrk` and `nghttp2-client`) their part is left out, and said
//!   so; where `REQUIRE_LOAD_TOOLS` is set, that is a failure.
//! - How fast the server is says something in an optimised build only:
//!   `cargo test --release --test load`.

mod checks;
mod findings;
mod generators;
mod going_away;
mod logins;
mod memory;
mod oracle;
mod processor;
mod run;
#[path = "../service/server.rs"]
mod server;
mod site;
mod throughput;
mod visitors;
