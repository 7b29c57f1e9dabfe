//! The processor as Envoy meets it: a process of its own, asked by the protocol, and behind Envoy.
//!
//! Where Envoy is not installed, what needs it is left out and says so; where `REQUIRE_ENVOY` is set,
//! that is a failure.

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
