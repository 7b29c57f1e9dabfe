//! Max-Age and Expires together: a Max-Age of digits decides alone.

use super::Life::{Proven, Unproven};
use super::{Case, lives};

pub(super) fn rows() -> Vec<Case> {
    vec![
        lives("Max-Age=60; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Proven(60)),
        lives("Expires=Sun, 22 Nov 2026 12:00:00 GMT; Max-Age=60", Proven(60)),
        lives("Expires=Sun, 22 Nov 2026 12:00:00 GMT; Path=/; Max-Age=60; Secure", Proven(60)),
        lives("Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Proven(60)),
        lives("Max-Age=60; Expires=0", Proven(60)),
        lives("Max-Age=60; Expires", Proven(60)),
        lives("Max-Age=60; Expires=Sunday, 22-Nov-26 12:00:00 GMT", Proven(60)),
        lives("Max-Age=60; Expires=0; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Proven(60)),
        // A Max-Age that is not proven spoils an Expires that would be.
        lives("Max-Age=; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Unproven(Some(86_400))),
        lives("Max-Age; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Unproven(Some(86_400))),
        lives("Max-Age=abc; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Unproven(Some(86_400))),
        lives("Expires=Sun, 22 Nov 2026 12:00:00 GMT; Max-Age=abc", Unproven(Some(86_400))),
        lives("Max-Age=+60; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Unproven(Some(86_400))),
        lives("Max-Age=-x; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Unproven(Some(86_400))),
        lives("Max-Age=abc; Expires=0", Unproven(None)),
        lives("Max-Age=60; Max-Age=abc; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Unproven(None)),
        lives("Max-Age=60; Max-Age=; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Unproven(None)),
        // More than one Expires is never proven; for the estimate the last valid one counts.
        lives(
            "Expires=Sun, 22 Nov 2026 12:00:00 GMT; Expires=Sun, 22 Nov 2026 12:00:00 GMT",
            Unproven(Some(86_400)),
        ),
        lives(
            "Expires=Sun, 22 Nov 2026 12:00:00 GMT; Expires=Sat, 28 Nov 2026 12:00:00 GMT",
            Unproven(Some(604_800)),
        ),
        lives(
            "Expires=Sat, 28 Nov 2026 12:00:00 GMT; Expires=Sun, 22 Nov 2026 12:00:00 GMT",
            Unproven(Some(86_400)),
        ),
        lives("Expires=Sun, 22 Nov 2026 12:00:00 GMT; Expires=0", Unproven(None)),
        lives("Expires=; Expires=Sun, 22 Nov 2026 12:00:00 GMT", Unproven(Some(86_400))),
        lives("Expires=Sun, 22 Nov 2026 12:00:00 GMT; EXPIRES", Unproven(None)),
        lives("Expires=0; Expires=-1", Unproven(None)),
    ]
}
