//! Asserts what must be found under load, and what must not.

use std::sync::atomic::Ordering::Relaxed;

use super::checks::Wrong;
use super::run::FOUND;

/// The memory that the process may have in use more after the load than before, in bytes. Ten thousand
/// requests that leave ten bytes each behind are above it.
const GROWTH: usize = 64 * 1024;
/// The same of resident memory, of which the allocator gives little back.
const RESIDENT_GROWTH: usize = 16 * 1024 * 1024;

/// The least that is left of the throughput of a site that sets nine cookies in every response.
/// In a build without optimisation, the layer costs about as much as the server.
const RATIO: f64 = if cfg!(debug_assertions) { 0.2 } else { 0.5 };

#[test]
fn wrk_and_h2load_are_there_where_they_have_to_be() {
    if std::env::var_os("REQUIRE_LOAD_TOOLS").is_some() {
        assert_eq!(FOUND.missing, [""; 0], "not installed");
    }
}

#[test]
fn visitors_are_mixed() {
    let [all, some] = [FOUND.checks.answered(), FOUND.checks.with_analytics()];
    assert!((all / 10..all / 10 * 9).contains(&some), "{some} of {all} granted analytics");
}

#[test]
fn r6_no_cookie_leaves_without_consent() {
    FOUND.checks.assert_none(Wrong::Leaked);
}

#[test]
fn r10_no_cookie_outlives_its_cap_and_none_is_changed_otherwise() {
    FOUND.checks.assert_none(Wrong::Changed);
}

#[test]
fn r14_no_cookie_that_may_stay_is_lost() {
    FOUND.checks.assert_none(Wrong::Lost);
}

#[test]
fn r14_no_response_becomes_an_error() {
    FOUND.checks.assert_none(Wrong::Failed);
    for generated in &FOUND.generated {
        assert_eq!(generated.failed, 0, "{generated:?}");
        assert_ne!(generated.requests, 0, "{generated:?}");
    }
}

#[test]
fn no_login_is_lost() {
    FOUND.checks.assert_none(Wrong::LoginLost);
    let [logins, visits] =
        [&FOUND.users.logins, &FOUND.users.visits].map(|count| count.load(Relaxed));
    assert!(logins >= 32 && visits >= 1000, "{logins} logins, {visits} visits are not many");
}

#[test]
fn clients_that_go_away_leave_the_others_alone() {
    let counts = &FOUND.going_away;
    for count in [&counts.slow, &counts.gone, &counts.reset] {
        assert!(count.load(Relaxed) >= 8, "{counts:?} are not many");
    }
    assert!(FOUND.checks.abandoned() >= 10, "{} requests", FOUND.checks.abandoned());
}

#[test]
fn memory_stays_flat() {
    let [before, after] = FOUND.memory;
    assert!(after.live <= before.live + GROWTH, "{before}, then {after}");
    if let (Some(before), Some(after)) = (before.resident, after.resident) {
        assert!(after <= before + RESIDENT_GROWTH, "resident: {before} bytes, then {after}");
    }
}

#[test]
fn the_server_is_about_as_fast_as_without_the_layer() {
    for throughput in &FOUND.throughput {
        assert!(throughput.ratio() >= RATIO, "{throughput}");
    }
}
