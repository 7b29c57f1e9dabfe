//! What Envoy is to do to a message's headers.

use envoy_types::pb::envoy::config::core::v3::header_value_option::HeaderAppendAction;
use envoy_types::pb::envoy::config::core::v3::{self as core, HeaderValueOption};
use envoy_types::pb::envoy::service::ext_proc::v3::HeaderMutation;
use envoy_types::pb::google::protobuf::BoolValue;
use http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

use crate::received::Received;

/// What makes the headers that came into `wanted`; `None` if they are that.
pub(crate) fn mutation(came: &Received, wanted: &HeaderMap) -> Option<HeaderMutation> {
    let mut mutation = HeaderMutation::default();
    let before = &came.headers;
    // Cookies that nobody can read are nobody's, and nobody could judge them.
    let lost = came.spoilt.iter().filter(|name| [COOKIE, SET_COOKIE].contains(name));
    let added = wanted.keys().filter(|name| !before.contains_key(*name));
    let unread =
        lost.clone().filter(|name| !before.contains_key(*name) && !wanted.contains_key(*name));
    for name in before.keys().chain(added).chain(unread) {
        let same = before.get_all(name).iter().eq(wanted.get_all(name));
        if !same || lost.clone().any(|other| other == name) {
            replace(&mut mutation, name, wanted);
        }
    }
    (mutation != HeaderMutation::default()).then_some(mutation)
}

/// Envoy removes first. To set a header replaces one of its lines and leaves the others, so all of
/// them go before.
fn replace(mutation: &mut HeaderMutation, name: &HeaderName, wanted: &HeaderMap) {
    mutation.remove_headers.push(name.as_str().to_owned());
    let values = wanted.get_all(name).iter().map(HeaderValue::as_bytes);
    let values: Vec<_> = values.map(<[u8]>::to_vec).collect();
    // The lines of cookies that HTTP/2 splits are one to an application.
    let values =
        if name == COOKIE && values.len() > 1 { vec![values.join(&b"; "[..])] } else { values };
    let options = values.into_iter().enumerate().map(|(at, value)| option(name, value, at > 0));
    mutation.set_headers.extend(options);
}

/// A line that stands for itself, or beside those that were set before.
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
