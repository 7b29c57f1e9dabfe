//! Tests R10: the longest lifetime.

use http::header::DATE;

use super::site::{check, enforced, keeps, policy, response, set_cookies, undecided, visitor};

const GRANTED: &str = "analytics=true&functional=true";

#[test]
fn r10_a_proven_lifetime_within_the_cap_is_untouched() {
    for line in [
        "auth=1",
        "auth=1; Max-Age=2592000",
        "auth=1; max-age = 5 ;Path=/",
        "auth=1; Expires=Sat, 21 Nov 2026 13:00:00 GMT",
        "auth=1; Expires=Mon, 21-Dec-2026 12:00:00 GMT",
        "lasting=1; Max-Age=31536000",
        "_ga=1; Max-Age=34128000",
    ] {
        keeps(GRANTED, line);
    }
}

#[test]
fn r10_a_proven_lifetime_above_the_cap_becomes_the_cap() {
    for (line, want) in [
        ("auth=1; Max-Age=2592001", "auth=1; Max-Age=2592000"),
        ("auth=1; MAX-AGE=99999999999999999999; Secure", "auth=1; Max-Age=2592000; Secure"),
        ("auth=1; Expires=Mon, 21 Dec 2026 12:00:01 GMT;X=y", "auth=1; Max-Age=2592000;X=y"),
        ("_ga_X=1; Max-Age=63072000", "_ga_X=1; Max-Age=34128000"),
        ("_hjid=1; Max-Age=99999999", "_hjid=1; Max-Age=63072000"),
    ] {
        check(GRANTED, line, Some(want));
    }
}

#[test]
fn r10_an_unproven_lifetime_becomes_the_estimate_or_the_cap() {
    for (line, want) in [
        ("auth=1; Max-Age=60; Max-Age=abc", "auth=1"),
        ("auth=1; Max-Age=abc; Max-Age=60", "auth=1; Max-Age=60"),
        ("auth=1; Max-Age=0; Max-Age=abc", "auth=1"),
        ("auth=1; Max-Age=0; Max-Age=31536000", "auth=1; Max-Age=2592000"),
        ("auth=1; Expires=Sat, 21 Nov 2026 13:00:00 +0000", "auth=1; Max-Age=3600"),
        ("auth=1; Expires=Sat, 21 Nov 2099 13:00:00 +0000", "auth=1; Max-Age=2592000"),
        ("auth=1; Max-Age=+60", "auth=1"),
        ("auth=1; Expires=never; Path=/", "auth=1; Path=/"),
        ("auth=1; Expires=1Sat, 28 Nov 2026 12:00:00 GMT", "auth=1; Max-Age=604800"),
        // Libsoup uses the last of the two attributes, so both have to be within the cap.
        (
            "auth=1; Max-Age=60; Expires=Fri, 01 Jan 2100 00:00:00 GMT; Path=/",
            "auth=1; Max-Age=60; Path=/",
        ),
        ("auth=1; x,y; Max-Age=60", "auth=1; Max-Age=60; x,y"),
    ] {
        check(GRANTED, line, Some(want));
    }
}

#[test]
fn r10_a_session_cap_makes_session_cookies() {
    keeps("", "sid=1; Path=/");
    check("", "sid=1; Max-Age=60; Path=/; Expires=x", Some("sid=1; Path=/"));
    check("", "sid=1; Max-Age=x", Some("sid=1"));
}

#[test]
fn r10_without_a_cap_nothing_is_touched() {
    keeps(GRANTED, "theme=dark; Max-Age=99999999999");
    keeps(GRANTED, "theme=dark; Expires=whenever; Max-Age=1; Max-Age=2");
}

#[test]
fn r3_r10_expires_counts_from_the_first_date_header() {
    let policy = policy();
    for (date, want) in [
        ("Mon, 21 Dec 2026 11:00:00 GMT", "auth=1; Expires=Mon, 21 Dec 2026 12:00:00 GMT"),
        ("Sat, 21 Nov 2026 11:00:00 GMT", "auth=1; Max-Age=2592000"),
        ("Mon Dec 21 11:00:00 2026", "auth=1; Max-Age=3600"),
    ] {
        let mut headers = response(&["auth=1; Expires=Mon, 21 Dec 2026 12:00:00 GMT"]);
        headers.append(DATE, date.parse().unwrap());
        headers.append(DATE, "Thu, 01 Jan 1970 00:00:00 GMT".parse().unwrap());
        policy.enforce(&undecided(&policy), &mut headers);
        assert_eq!(set_cookies(&headers), [want], "Date: {date}");
    }
}

/// The clock shows noon of 21 Nov 2026, and the cap is 30 days.
#[test]
fn r3_r10_an_expires_is_within_the_cap_by_date_and_by_clock() {
    let policy = policy();
    for (date, line, want) in [
        // This is within the cap by the `Date`, and beyond it by the clock. A proxy may replace the
        // `Date`.
        (
            "Mon, 21 Dec 2026 12:00:00 GMT",
            "auth=1; Expires=Mon, 21 Dec 2026 12:01:00 GMT",
            "auth=1; Max-Age=60",
        ),
        (
            "Sat, 21 Nov 2026 12:00:00 GMT",
            "auth=1; Expires=Mon, 21 Dec 2026 12:00:00 GMT",
            "auth=1; Expires=Mon, 21 Dec 2026 12:00:00 GMT",
        ),
        (
            "Sat, 21 Nov 2026 12:00:01 GMT",
            "auth=1; Expires=Sun, 20 Dec 2026 12:00:00 GMT",
            "auth=1; Expires=Sun, 20 Dec 2026 12:00:00 GMT",
        ),
        // This is a deletion by the `Date`, but not by the clock.
        (
            "Sat, 21 Nov 2026 14:00:00 GMT",
            "auth=1; Expires=Sat, 21 Nov 2026 13:00:00 GMT",
            "auth=1; Max-Age=0",
        ),
    ] {
        let mut headers = response(&[line]);
        headers.append(DATE, date.parse().unwrap());
        policy.enforce(&undecided(&policy), &mut headers);
        assert_eq!(set_cookies(&headers), [want], "Date: {date}");
    }
}

#[test]
fn r10_the_smallest_of_declaration_service_and_category_counts() {
    let policy = super::site::policy();
    let consent = visitor(&policy, GRANTED);
    let lines = ["_gid=1; Max-Age=999999999", "_hjx=1; Max-Age=999999999"];
    let (got, _) = enforced(&policy, &consent, &lines);
    assert_eq!(got, ["_gid=1; Max-Age=86400", "_hjx=1; Max-Age=63072000"]);
}
