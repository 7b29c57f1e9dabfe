//! The edits of headers. Nothing else in the crate changes a `HeaderMap`.

pub(crate) mod caching;
pub(crate) mod cookie;
pub(crate) mod set_cookie;
