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

#[path = "load/checks.rs"]
mod checks;
#[path = "load/findings.rs"]
mod findings;
#[path = "load/generators.rs"]
mod generators;
#[path = "load/going_away.rs"]
mod going_away;
#[path = "load/logins.rs"]
mod logins;
#[path = "load/memory.rs"]
mod memory;
#[path = "load/oracle.rs"]
mod oracle;
#[path = "load/processor.rs"]
mod processor;
#[path = "load/run.rs"]
mod run;
#[path = "service/server.rs"]
mod server;
#[path = "load/site.rs"]
mod site;
#[path = "load/throughput.rs"]
mod throughput;
#[path = "load/visitors.rs"]
mod visitors;
