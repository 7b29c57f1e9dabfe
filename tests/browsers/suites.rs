//! The lines of public test suites, where their file lies beside the checkout.

use serde_json::Value;

use super::dates;
use super::line::Line;
use super::server::Scheme;
use crate::conformance::measured;

pub(crate) fn lines() -> impl Iterator<Item = Line> {
    measured::entries().unwrap_or_default().into_iter().map(|entry| line(&entry))
}

#[expect(clippy::cast_possible_truncation, reason = "whole seconds are meant")]
fn line(entry: &Value) -> Line {
    // If no date is noted, it was the actual time.
    let served_at = entry["chromium"]["served_at"].as_f64().expect("a time");
    let text = |key: &str| entry[key].as_str().map(str::to_owned);
    Line {
        source: text("id").expect("an id"),
        name: text("id").expect("an id"),
        bytes: measured::line(entry),
        host: text("host").expect("a host"),
        path: text("path").expect("a path"),
        date: text("date").or_else(|| Some(dates::fixed(served_at as i64))),
        scheme: Some(match entry["scheme"].as_str() {
            Some("https") => Scheme::Https,
            _ => Scheme::Http,
        }),
    }
}
