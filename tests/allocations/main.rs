//! Counts how often the layer allocates, by the shape of the response.
//!
//! In a binary of its own, since the allocator that counts is the process's. It counts by thread,
//! so that tests run side by side.

#[path = "../../benches/support/mod.rs"]
#[allow(dead_code)]
mod support;

mod choice;
mod layer;
mod request_filter;
