//! The edits of headers. Nothing else in the crate changes a `HeaderMap`.

pub(crate) mod caching;
pub(crate) mod cookie;
pub(crate) mod set_cookie;

use http::header::{HeaderMap, HeaderName};

/// Returns `true` if there is a header of this name. Few names are looked through in less time than it takes to
/// hash one.
#[inline]
pub(crate) fn has_header(headers: &HeaderMap, name: &HeaderName) -> bool {
    if headers.keys_len() <= FEW_NAMES {
        headers.keys().any(|it| it == name)
    } else {
        headers.contains_key(name)
    }
}

/// Above this, a look-up is faster.
const FEW_NAMES: usize = 16;
