//! The gateway as visitors meet it: a process of its own in front of real servers.

mod access_log;
mod config;
mod draining;
mod expectations;
mod failures;
mod headers;
mod limits;
mod metrics;
mod pages;
mod policy;
mod protocols;
mod recipes;
mod reloading;
mod smuggling;
mod streaming;
mod support;
mod upgrades;
mod upstreams;
mod walkthrough;
