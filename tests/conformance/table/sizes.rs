//! Sizes: 4096 bytes of name and value, 1024 bytes of one attribute's value.

use super::Life::{Proven, Session, Unproven};
use super::{Case, lives, named, nameless};

pub(super) fn rows() -> Vec<Case> {
    let x = |count: usize| "x".repeat(count);
    let attribute = |name: &str, value: String| format!("{name}={value}");
    let zeros = |count: usize| "0".repeat(count);
    let date = "Sun, 22 Nov 2026 12:00:00 GMT"; // 29 bytes
    vec![
        named(format!("{}=1", x(4095)), x(4095), "1", Session),
        named(format!("{}=", x(4096)), x(4096), "", Session),
        named(format!("a={}", x(4095)), "a", x(4095), Session),
        named(format!("a = {} ; Max-Age=60", x(4095)), "a", x(4095), Proven(60)),
        nameless(x(4096), x(4096), x(4096), Session),
        nameless(format!("={}", x(4096)), x(4096), x(4096), Session),
        // One byte more, and no user agent stores them.
        named(format!("{}=1", x(4096)), x(4096), "1", Session),
        named(format!("a={}", x(4096)), "a", x(4096), Session),
        nameless(x(4097), x(4097), x(4097), Session),
        // Many attributes are no limit.
        lives(format!("{}Max-Age=60", "x=y; ".repeat(2_000)), Proven(60)),
        lives(";".repeat(5_000), Session),
        lives(attribute("Path", x(1_025)), Session),
        lives(format!("Path=/{}; Max-Age=60", x(1_024)), Proven(60)),
        lives(format!("{}=1; Max-Age=60", x(5_000)), Proven(60)),
        // 1024 digits count, 1025 do not; what is not read still is an attribute of that name.
        lives(attribute("Max-Age", zeros(1_022) + "60"), Proven(60)),
        lives(attribute("Max-Age", zeros(1_024)), Proven(0)),
        lives(attribute("Max-Age", "9".repeat(1_024)), Proven(u64::MAX)),
        lives(attribute("Max-Age", String::from("-") + &"9".repeat(1_023)), Proven(0)),
        lives(attribute("Max-Age", zeros(1_023) + "60"), Unproven(None)),
        lives(attribute("Max-Age", zeros(1_025)), Unproven(None)),
        lives(attribute("Max-Age", String::from("-") + &"9".repeat(1_024)), Unproven(None)),
        lives(attribute("Max-Age", zeros(1_025)) + "; Max-Age=60", Unproven(Some(60))),
        lives(
            String::from("Max-Age=60; ") + &attribute("Max-Age", zeros(1_025)),
            Unproven(Some(60)),
        ),
        lives(
            attribute("Max-Age", zeros(1_025)) + "; Expires=Sun, 22 Nov 2026 12:00:00 GMT",
            Unproven(Some(86_400)),
        ),
        // Blanks around a value do not make it long.
        lives(attribute("Max-Age", " ".repeat(2_000) + "60"), Proven(60)),
        lives(attribute("Expires", " ".repeat(2_000) + date), Proven(86_400)),
        lives(attribute("Expires", format!("{date} {}", x(994))), Unproven(Some(86_400))),
        lives(attribute("Expires", format!("{date} {}", x(995))), Unproven(None)),
        lives(
            attribute("Expires", x(1_025)) + "; Expires=Sun, 22 Nov 2026 12:00:00 GMT",
            Unproven(Some(86_400)),
        ),
        lives(
            String::from("Expires=Sun, 22 Nov 2026 12:00:00 GMT; ")
                + &attribute("Expires", x(1_025)),
            Unproven(Some(86_400)),
        ),
        lives(String::from("Max-Age=60; ") + &attribute("Expires", x(1_025)), Proven(60)),
    ]
}
