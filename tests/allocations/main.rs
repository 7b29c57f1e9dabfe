//! Counts how often the layer allocates, by the shape of the response.
//!
//! This is a separate binary, since an allocator that counts belongs to the whole process. It
//! counts by thread, so that tests can run in parallel.

#[path = "../../benches/support/mod.rs"]
#[allow(dead_code)]
mod support;

mod choice;
mod layer;
mod request_filter;
mod sweep;
