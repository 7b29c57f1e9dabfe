//! What was aimed at, beside which the tables show what was reached.

use crate::shapes::{OURS, OURS_WITH_EXTENSIONS};

/// The most that a row may take over the layer that does nothing.
pub(crate) struct Aim {
    pub(crate) says: &'static str,
    pub(crate) shape: &'static str,
    pub(crate) row: &'static str,
    pub(crate) instructions: f64,
    /// In nanoseconds, with cargo's own release profile.
    pub(crate) time: f64,
    /// In nanoseconds, with the profile for sites.
    pub(crate) site_time: Option<f64>,
}

pub(crate) const RESPONSES: [Aim; 7] = [
    Aim {
        says: "no `Set-Cookie`, extensions off",
        shape: "no_set_cookie",
        row: OURS,
        instructions: 400.0,
        time: 60.0,
        site_time: Some(40.0),
    },
    aim("the same, as it comes", "no_set_cookie", OURS_WITH_EXTENSIONS, 900.0, 100.0),
    aim("3 kept", "three_kept", OURS, 3_000.0, 270.0),
    aim("3 kept by choice", "three_granted", OURS, 5_000.0, 430.0),
    aim("6 with 3 stripped, first visit", "first_visit", OURS, 8_000.0, 620.0),
    aim(
        "6 with 3 stripped, as it comes",
        "three_of_six_stripped",
        OURS_WITH_EXTENSIONS,
        11_000.0,
        950.0,
    ),
    aim(
        "6 with 3 capped, as it comes",
        "three_of_six_capped",
        OURS_WITH_EXTENSIONS,
        14_000.0,
        1_200.0,
    ),
];

const fn aim(
    says: &'static str,
    shape: &'static str,
    row: &'static str,
    instructions: f64,
    time: f64,
) -> Aim {
    Aim { says, shape, row, instructions, time, site_time: None }
}

/// The instructions against 2,264 patterns, to those against 20.
pub(crate) const MANY_TO_FEW: f64 = 1.1;

/// What a mode may add, in nanoseconds: the group, its row over `off`, and the most.
pub(crate) const MODES: [(&str, &str, &str, f64); 5] = [
    ("a filter of 10 cookies, none withheld", "request_of_10_cookies", "none_withheld", 400.0),
    ("a filter of 10 cookies, 3 withheld", "request_of_10_cookies", "3_withheld", 700.0),
    ("a sweep of 10 cookies, none swept", "sweep_of_10_cookies", "none_swept", 1_000.0),
    ("a sweep of 3 of 10 cookies, 10 lines", "sweep_of_10_cookies", "3_swept", 1_000.0),
    ("a sweep of 3 of 10 cookies, 4 lines", "sweep_of_10_cookies", "3_swept_of_host", 1_000.0),
];

/// Reading one choice, whatever source it comes from, in nanoseconds.
pub(crate) const CHOICE: f64 = 900.0;
