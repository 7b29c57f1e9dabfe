//! Attributes: ASCII case does not matter, unknown and empty ones change nothing.

use super::Life::{Proven, Session, Unproven};
use super::{Case, lives};

pub(super) fn rows() -> Vec<Case> {
    vec![
        lives("", Session),
        lives(";", Session),
        lives(";;;", Session),
        lives("=", Session),
        lives("=;=;=", Session),
        lives("foo", Session),
        lives("foo=bar", Session),
        lives("Version=1; Comment=60", Session),
        lives("Path=/; Domain=example.org; Secure; HttpOnly; SameSite=Lax", Session),
        lives("Priority=High; Partitioned", Session),
        lives("Path=/max-age=60", Session),
        lives("Path=/; Secure; Max-Age=60; HttpOnly", Proven(60)),
        lives("Max-Age=60; Path=/", Proven(60)),
        lives("max-age=60", Proven(60)),
        lives("MAX-AGE=60", Proven(60)),
        lives("mAx-aGe=60", Proven(60)),
        lives("expires=Sun, 22 Nov 2026 12:00:00 GMT", Proven(86_400)),
        lives("EXPIRES=Sun, 22 Nov 2026 12:00:00 GMT", Proven(86_400)),
        lives("eXpIrEs=Sun, 22 Nov 2026 12:00:00 GMT", Proven(86_400)),
        lives("Max_Age=60", Session),
        lives("MaxAge=60", Session),
        lives("Max-Ages=60", Session),
        lives("xMax-Age=60", Session),
        lives("Max-Age:60", Session),
        lives("Max-Age%3D60", Session),
        lives("Expire=Sun, 22 Nov 2026 12:00:00 GMT", Session),
        lives("Expires:Sun, 22 Nov 2026 12:00:00 GMT", Session),
        lives("$Max-Age=60", Session),
        lives(";;;Max-Age=60;;;", Proven(60)),
        lives("Max-Age", Unproven(None)),
        lives("Max-Age;", Unproven(None)),
        lives("Expires", Unproven(None)),
        lives("Expires;Path=/", Unproven(None)),
        // A comma ends nothing.
        lives("Path=/, b=2; Max-Age=60", Proven(60)),
        lives("Max-Age=60, b=2", Unproven(None)),
        lives("Max-Age=60,b=2; Path=/", Unproven(None)),
    ]
}
