//! Tests the gateway as visitors meet it: as a process of its own, in front of real servers.

mod access_log;
mod config;
mod draining;
mod expectations;
mod failures;
mod headers;
mod limits;
mod malformed_http2;
mod metrics;
mod open_files;
mod pages;
mod policy;
mod pooling;
mod protocols;
mod recipes;
mod reloading;
mod smuggling;
mod streaming;
mod support;
mod upgrades;
mod upstreams;
mod walkthrough;
