//! Tests R2 and R5: the declaration that applies to a cookie.

use super::site::{keeps, strips};

#[test]
fn r2_the_name_that_would_come_back_is_judged() {
    for line in ["_ga", "=_ga", "=_ga=1", " _ga =1", "_ga;Max-Age=60", "\t=\t_ga ; Path=/"] {
        strips("", line);
        keeps("analytics=true", line);
    }
    for line in ["_GA=1", "%5Fga=1", "\u{a0}_ga=1", "\"_ga\"=1"] {
        strips("analytics=true", line);
    }
}

#[test]
fn r5_exact_names_and_patterns() {
    keeps("google-analytics=true", "_ga_ABC=1");
    keeps("google-analytics=true", "_ga_=1");
    strips("google-analytics=true", "_gab=1");
    strips("google-analytics=true", "x_ga_1=1");
    keeps("hotjar=true", "_hjIncludedInSessionSample=1");
}
