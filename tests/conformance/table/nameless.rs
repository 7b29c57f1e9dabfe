//! Nameless cookies: judged by their value up to its first `=`.

use super::Life::{Proven, Session, Unproven};
use super::{Case, nameless};

pub(super) fn rows() -> Vec<Case> {
    vec![
        nameless("_ga", "_ga", "_ga", Session),
        nameless("_ga; Max-Age=60", "_ga", "_ga", Proven(60)),
        nameless("_ga;", "_ga", "_ga", Session),
        nameless("  _ga  ", "_ga", "_ga", Session),
        nameless("\t_ga\t; Path=/", "_ga", "_ga", Session),
        nameless("=_ga", "_ga", "_ga", Session),
        nameless("= _ga", "_ga", "_ga", Session),
        nameless(" =_ga", "_ga", "_ga", Session),
        nameless(" \t = \t _ga \t ; Path=/", "_ga", "_ga", Session),
        nameless("=_ga=1", "_ga", "_ga=1", Session),
        nameless("=_ga=1; Max-Age=60", "_ga", "_ga=1", Proven(60)),
        nameless("= _ga = 1", "_ga", "_ga = 1", Session),
        nameless("=_ga=1=2", "_ga", "_ga=1=2", Session),
        nameless("==_ga", "", "=_ga", Session),
        nameless("==", "", "=", Session),
        nameless("===a=b", "", "==a=b", Session),
        nameless("_ga, _gid", "_ga, _gid", "_ga, _gid", Session),
        nameless("\"_ga\"", "\"_ga\"", "\"_ga\"", Session),
        nameless("_ga; a=b", "_ga", "_ga", Session),
        nameless("_ga; Max-Age=x", "_ga", "_ga", Unproven(None)),
        nameless("Max-Age; Max-Age=60", "Max-Age", "Max-Age", Proven(60)),
        nameless("=a b", "a b", "a b", Session),
        // Neither name nor value: no user agent stores these.
        nameless("", "", "", Session),
        nameless("=", "", "", Session),
        nameless("   ", "", "", Session),
        nameless("\t", "", "", Session),
        nameless(";", "", "", Session),
        nameless("; Max-Age=60", "", "", Proven(60)),
        nameless(" = ; Path=/", "", "", Session),
        nameless(";;;=;=", "", "", Session),
    ]
}
