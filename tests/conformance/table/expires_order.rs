//! Expires as a bag of tokens: the draft takes the first of each kind, wherever it stands.

use super::Life::Unproven;
use super::{Case, expires};

pub(super) fn rows() -> Vec<Case> {
    vec![
        expires("12:00:00 22 Nov 2026", Unproven(Some(86_400))),
        expires("2026 Nov 22 12:00:00", Unproven(Some(86_400))),
        expires("Nov 22 12:00:00 26", Unproven(Some(86_400))),
        expires("22 2026 Nov 12:00:00", Unproven(Some(86_400))),
        expires("GMT 12:00:00 2026-Nov-22 Sun", Unproven(Some(86_400))),
        expires("22nd November 2026, 12:00:00", Unproven(Some(86_400))),
        expires("22 Novxyz 2026x 12:00:00x", Unproven(Some(86_400))),
        expires("22 Nov 2026 12:00:00:00", Unproven(Some(86_400))),
        expires("22 Nov 2026 12:00:00 13:00:00", Unproven(Some(86_400))),
        expires("22 Nov Dec 2026 2027 12:00:00", Unproven(Some(86_400))),
        expires("Sun,,22,,Nov,,2026,,12:00:00", Unproven(Some(86_400))),
        expires("!\"#$%&'()*+,-./22 Nov 2026 12:00:00", Unproven(Some(86_400))),
        expires("[22]{Nov}<2026>@12:00:00~", Unproven(Some(86_400))),
        // A second time is a day, as `13:00:00` begins with one; then 22 is the year 2022.
        expires("12:00:00 13:00:00 22 Nov 2026", Unproven(Some(0))),
        // The second number is the year 2023, the first month is January: both have passed.
        expires("22 23 Nov 2026 12:00:00", Unproven(Some(0))),
        expires("Jan Nov 22 2026 12:00:00", Unproven(Some(0))),
        // A token is one thing only: a month, a day, a day, a day.
        expires("Nov22 2026 12:00:00", Unproven(None)),
        expires("22Nov 2026 12:00:00", Unproven(None)),
        expires("22Nov2026 12:00:00", Unproven(None)),
        expires("22:Nov:2026 12:00:00", Unproven(None)),
        // Each kind of token is needed.
        expires("Nov 2026 12:00:00", Unproven(None)),
        expires("22 2026 12:00:00", Unproven(None)),
        expires("22 Nov 12:00:00", Unproven(None)),
        expires("22 Nov 2026", Unproven(None)),
        // The first of a kind counts, even out of range.
        expires("25:00:00 12:00:00 22 Nov 2026", Unproven(None)),
        expires("99 Nov 2026 12:00:00 22", Unproven(None)),
    ]
}
