//! The processor as Envoy meets it: a process of its own, asked by the protocol, and behind Envoy.
//!
//! If Envoy is not installed, the tests that need it are left out and say so; if `REQUIRE_ENVOY` is set,
//! they fail.

mod behind_envoy;
mod config;
mod configurations;
mod lifecycle;
mod messages;
mod orders;
mod policy;
mod pressure;
mod support;
mod walkthrough;
