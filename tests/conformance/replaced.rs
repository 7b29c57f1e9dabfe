//! A model of R12.

use super::lifetimes::is_lifetime_attribute;

/// R12 in the plainest way: split, drop, join, append.
pub(super) fn replaced(line: &[u8], max_age: Option<u64>) -> Vec<u8> {
    let mut segments = line.split(|&byte| byte == b';');
    let mut kept = vec![segments.next().unwrap_or(b"")];
    kept.extend(segments.filter(|segment| !is_lifetime_attribute(segment)));
    let mut replaced = kept.join(&b';');
    if let Some(seconds) = max_age {
        replaced.extend_from_slice(format!("; Max-Age={seconds}").as_bytes());
    }
    replaced
}
