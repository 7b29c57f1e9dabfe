//! The shapes of responses by the names that the benches give them, and as tables call them.

/// Those that differ in what the response sets.
pub(crate) const RESPONSES: [(&str, &str); 9] = [
    ("no_set_cookie", "no `Set-Cookie`"),
    ("three_kept", "3 kept"),
    ("three_granted", "3 kept by choice"),
    ("three_of_six_stripped", "6 with 3 stripped"),
    ("first_visit", "the same, first visit"),
    ("six_stripped", "6 stripped"),
    ("three_of_six_capped", "6 with 3 capped"),
    ("fifty_against_few", "50, 20 patterns"),
    ("fifty_against_many", "50, 2,264 patterns"),
];

/// Those that differ in the number of cookies that the request sends.
pub(crate) const HEADERS: [(u32, &str); 3] =
    [(4, "three_granted"), (20, "three_granted_of_twenty"), (50, "three_granted_of_fifty")];

/// Those that differ in the size of the registry.
pub(crate) const SIZES: [Size; 3] = [
    Size { declarations: 20, names: "fifty_against_few_names", patterns: "fifty_against_few" },
    Size { declarations: 200, names: "fifty_against_some_names", patterns: "fifty_against_some" },
    Size { declarations: 2264, names: "fifty_against_many_names", patterns: "fifty_against_many" },
];

/// A size, and the shape against so many names, and that against so many patterns.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) declarations: u32,
    pub(crate) names: &'static str,
    pub(crate) patterns: &'static str,
}

/// The row of the layer with its extensions off, that as it comes, and that of the rival.
pub(crate) const OURS: &str = "consent";
pub(crate) const OURS_WITH_EXTENSIONS: &str = "consent_with_extensions";
pub(crate) const RIVAL: &str = "hand_written";
