//! The query of an address.

use http::Uri;

/// Returns the value of a parameter.
pub(super) fn value(uri: &Uri, name: &str) -> Option<String> {
    value_in(uri.query()?, name)
}

/// Returns the value of a parameter of this query.
pub(super) fn value_in(query: &str, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Returns a query of these parameters.
pub(super) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
