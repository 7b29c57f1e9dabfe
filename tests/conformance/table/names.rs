//! Names: any bytes, case-sensitive, nothing decoded.

use super::Life::{Proven, Session};
use super::{Case, named};

pub(super) fn rows() -> Vec<Case> {
    vec![
        named("a=1", "a", "1", Session),
        named("_ga=GA1.1.1", "_ga", "GA1.1.1", Session),
        named("_GA=GA1.1.1", "_GA", "GA1.1.1", Session),
        named("_Ga=x; Max-Age=60", "_Ga", "x", Proven(60)),
        named("%5Fga=1", "%5Fga", "1", Session),
        named("_ga%3Dx=1", "_ga%3Dx", "1", Session),
        named("a b=1", "a b", "1", Session),
        named("a\tb=1", "a\tb", "1", Session),
        named("a,b=1", "a,b", "1", Session),
        named("a:b=1", "a:b", "1", Session),
        named("a[b]=1", "a[b]", "1", Session),
        named("a{b}=1", "a{b}", "1", Session),
        named("a\\b=1", "a\\b", "1", Session),
        named("a/b=1", "a/b", "1", Session),
        named("a?b=1", "a?b", "1", Session),
        named("a.b-c_d~e=1", "a.b-c_d~e", "1", Session),
        named("*=1", "*", "1", Session),
        named("_ga_*=1", "_ga_*", "1", Session),
        named("$Version=1", "$Version", "1", Session),
        named("Expires=1", "Expires", "1", Session),
        named("Max-Age=60", "Max-Age", "60", Session),
        named("max-age=0; Max-Age=60", "max-age", "0", Proven(60)),
        named("Path=/; Path=/", "Path", "/", Session),
        named("Secure=; Secure", "Secure", "", Session),
        named("0=1", "0", "1", Session),
        named("a=1, b=2", "a", "1, b=2", Session),
        named("a=1,b=2; Max-Age=60", "a", "1,b=2", Proven(60)),
    ]
}
