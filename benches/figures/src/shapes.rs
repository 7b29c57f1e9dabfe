//! The shapes of responses by the names that the benches give them, and as tables call them.

/// Those that differ in what the response sets.
pub(crate) const RESPONSES: [(&str, &str); 9] = [
    ("no_set_cookie", "no `Set-Cookie`"),
    ("3_kept", "3 kept"),
    ("3_kept_by_choice", "3 kept by choice"),
    ("6_with_3_stripped", "6 with 3 stripped"),
    ("6_with_3_stripped_first_visit", "the same, first visit"),
    ("6_stripped", "6 stripped"),
    ("6_with_3_capped", "6 with 3 capped"),
    ("50_against_20_patterns", "50, 20 patterns"),
    ("50_against_2264_patterns", "50, 2,264 patterns"),
];

/// Those that differ in the number of cookies that the request sends.
pub(crate) const HEADERS: [(u32, &str); 3] = [
    (4, "3_kept_by_choice"),
    (20, "3_kept_by_choice_of_20_cookies"),
    (50, "3_kept_by_choice_of_50_cookies"),
];

/// The sizes of registries; see [`against_names`] and [`against_patterns`].
pub(crate) const SIZES: [u32; 3] = [20, 200, 2264];

pub(crate) fn against_names(size: u32) -> String {
    format!("50_against_{size}_names")
}

pub(crate) fn against_patterns(size: u32) -> String {
    format!("50_against_{size}_patterns")
}

/// The row of the layer with its extensions off, that as it comes, and that of the rival.
pub(crate) const OURS: &str = "consent";
pub(crate) const OURS_WITH_EXTENSIONS: &str = "consent_with_extensions";
pub(crate) const RIVAL: &str = "hand_written";
