//! The changes that Envoy shall make to a message's headers.

use envoy_types::pb::envoy::config::core::v3::header_value_option::HeaderAppendAction;
use envoy_types::pb::envoy::config::core::v3::{self as core, HeaderValueOption};
use envoy_types::pb::envoy::service::ext_proc::v3::HeaderMutation;
use envoy_types::pb::google::protobuf::BoolValue;
use http::header::{COOKIE, HeaderName, HeaderValue};

use crate::received::Received;

/// Header lines before the policy changed them, grouped by name. Their values are shared and not copied.
pub(crate) type Lines = Vec<(HeaderName, HeaderValue)>;

/// Adds the changes for all headers whose lines differ from those before. Returns how many names are left.
pub(crate) fn change(before: &Lines, now: &Received, mutation: &mut HeaderMutation) -> usize {
    let mut left = 0;
    for lines in before.chunk_by(|(one, _), (next, _)| one == next) {
        let Some((name, _)) = lines.first() else { continue };
        let wanted = now.headers.get_all(name);
        left += usize::from(wanted.iter().next().is_some());
        if !lines.iter().map(|(_, value)| value).eq(wanted.iter()) {
            replace(mutation, name, lines.len(), now);
        }
    }
    left
}

/// Does the same for a whole head, in which there may be new names as well.
pub(crate) fn change_all(before: &Lines, now: &Received, mutation: &mut HeaderMutation) {
    let left = change(before, now, mutation);
    if left < now.headers.keys_len() {
        let is_new = |name: &&HeaderName| before.iter().all(|(there, _)| there != *name);
        now.headers.keys().filter(is_new).for_each(|name| replace(mutation, name, 0, now));
    }
}

/// Removes lines of cookies that cannot be read, since they cannot be judged.
pub(crate) fn take_unreadable(name: &HeaderName, now: &Received, mutation: &mut HeaderMutation) {
    if now.lacks(name) && !mutation.remove_headers.iter().any(|removed| removed == name.as_str()) {
        replace(mutation, name, 0, now);
    }
}

/// Adds the change that sets a header anew, of which `before` lines could be read.
fn replace(mutation: &mut HeaderMutation, name: &HeaderName, before: usize, now: &Received) {
    let values: Vec<_> = now.headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
    // Setting a header replaces one of its lines, and it depends on Envoy's version which others go, so all
    // of them are removed. Envoy removes before it sets.
    if values.is_empty() || before > 1 || now.lacks(name) {
        mutation.remove_headers.push(name.as_str().to_owned());
    }
    if name == COOKIE && values.len() > 1 {
        // HTTP/2 may split a line of cookies, which the application gets as one.
        mutation.set_headers.push(option(name, values.join(&b"; "[..]), false));
        return;
    }
    let options = values.iter().enumerate().map(|(at, value)| option(name, value.to_vec(), at > 0));
    mutation.set_headers.extend(options);
}

/// Makes the change that sets a line, alone or beside those that were set before.
fn option(name: &HeaderName, value: Vec<u8>, beside: bool) -> HeaderValueOption {
    let action = if beside {
        HeaderAppendAction::AppendIfExistsOrAdd
    } else {
        HeaderAppendAction::OverwriteIfExistsOrAdd
    };
    let header = core::HeaderValue {
        key: name.as_str().to_owned(),
        raw_value: value,
        ..core::HeaderValue::default()
    };
    // Envoy 1.40 reads the deprecated field alone, and takes its absence for `false`: with the new one
    // by itself, each line would take the place of the one before.
    #[allow(deprecated)]
    HeaderValueOption {
        header: Some(header),
        append: Some(BoolValue { value: beside }),
        append_action: action.into(),
        ..HeaderValueOption::default()
    }
}
