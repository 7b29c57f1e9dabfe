//! A model of R12.

use super::segments::{is_lifetime_attribute, is_printable, name_and_value, segments, trimmed};

/// Applies R12 in the plainest way: split, drop, join.
pub(super) fn replaced(line: &[u8], max_age: Option<u64>) -> Vec<u8> {
    let (pair, attributes) = segments(line);
    let mut replaced = match pair.iter().position(|&byte| byte == b'=') {
        // A deletion loses a value at which libsoup before 3.4 would stop.
        Some(equals)
            if max_age == Some(0)
                && !trimmed(&pair[..equals]).is_empty()
                && !is_printable(&pair[equals..]) =>
        {
            vec![pair[..=equals].to_vec()]
        }
        _ => vec![pair.to_vec()],
    };
    replaced.extend(max_age.map(|seconds| format!(" Max-Age={seconds}").into_bytes()));
    for attribute in attributes {
        let (_, value) = name_and_value(attribute);
        if !is_lifetime_attribute(attribute) {
            replaced.push(attribute.to_vec());
        } else if value.contains(&b'\t') {
            // Chromium refuses the line for this tab.
            replaced.push([b" =", value].concat());
        }
    }
    replaced.join(&b';')
}
