//! `=` in values, and quotes, which protect nothing.

use super::Life::{Proven, Session, Unproven};
use super::{Case, lives, named, nameless};

pub(super) fn rows() -> Vec<Case> {
    vec![
        named("a=1=2", "a", "1=2", Session),
        named("a==", "a", "=", Session),
        named("a==1", "a", "=1", Session),
        named("a= =1", "a", "=1", Session),
        named("a=b=c=d; Max-Age=60", "a", "b=c=d", Proven(60)),
        named("a=dGVzdA==", "a", "dGVzdA==", Session),
        named("a=x&y=z", "a", "x&y=z", Session),
        named("a=\"1\"", "a", "\"1\"", Session),
        named("a=\"\"", "a", "\"\"", Session),
        named("a=\"1", "a", "\"1", Session),
        named("a=1\"", "a", "1\"", Session),
        named("a=\" 1 \"", "a", "\" 1 \"", Session),
        named("a=\"1;2\"", "a", "\"1", Session),
        named("a=\"1; Max-Age=60\"", "a", "\"1", Unproven(None)),
        named("a=\"1; Max-Age=60; \"", "a", "\"1", Proven(60)),
        named("a=\"1\\;2\"", "a", "\"1\\", Session),
        named("a=1\\; Max-Age=60", "a", "1\\", Proven(60)),
        named("\"a\"=1", "\"a\"", "1", Session),
        named("\"a=b\"=1", "\"a", "b\"=1", Session),
        named("'a'='1'", "'a'", "'1'", Session),
        nameless("\"a;b\"=1", "\"a", "\"a", Session),
        lives("Max-Age=\"60\"", Unproven(None)),
        lives("Max-Age='60'", Unproven(None)),
        lives("\"Max-Age\"=60", Session),
        lives("\"Max-Age=60\"", Session),
        lives("Max-Age==60", Unproven(None)),
        lives("Max-Age=60=", Unproven(None)),
        lives("Max-Age=60=60", Unproven(None)),
        lives("=Max-Age=60", Session),
        lives("x=Max-Age=60", Session),
        lives("x=\"y; Max-Age=60\"", Unproven(None)),
        lives("Expires=\"Sun, 22 Nov 2026 12:00:00 GMT\"", Unproven(Some(86_400))),
        lives("Expires='Sun, 22 Nov 2026 12:00:00 GMT'", Unproven(Some(86_400))),
        lives("Expires==Sun, 22 Nov 2026 12:00:00 GMT", Unproven(Some(86_400))),
    ]
}
