//! All lines that are served.

use http::HeaderValue;

use super::line::Line;
use super::server::Scheme;
use super::{attributes, dates, lookalikes, suites};
use crate::conformance::table;

/// The lines to be served to browsers in one way.
pub(crate) fn lines(scheme: Scheme) -> Vec<Line> {
    all(scheme).into_iter().filter(|line| !line.is_fleeting()).collect()
}

/// These include lines whose cookie may expire before a browser's jar is read.
pub(crate) fn all(scheme: Scheme) -> Vec<Line> {
    let table = table::all().into_iter().map(|(topic, case)| Line {
        date: Some(dates::fixed(table::NOW)),
        ..Line::new(topic, case.line)
    });
    table
        .chain(attributes::lines())
        .chain(dates::lines())
        .chain(dates::lines_of_other_days())
        .chain(lookalikes::lines())
        .chain(suites::lines())
        .filter(|line| line.scheme.is_none_or(|only| only == scheme))
        // Header values cannot contain control bytes, so such lines reach no layer.
        .filter(|line| HeaderValue::from_bytes(&line.bytes).is_ok())
        .collect()
}
