//! The time that a `Set-Cookie` makes a cookie live, and how sure it is.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::lifetime::MaxLifetime;

/// The lifetime that a `Set-Cookie` line asks for ([R3](crate::rules#r3)).
///
/// "All engines" are those of Chromium, Firefox and WebKitGTK. Browsers cap what they store at 400
/// days; the seconds here are uncapped. A lifetime of 0 is a deletion: an `Expires` in the past and a
/// negative `Max-Age` count as 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lifetime {
    /// No attribute named `Max-Age` or `Expires` at all: until the browser closes.
    Session,
    /// Seconds that Chromium and Firefox agree on, and that no engine exceeds. If they are 0, all
    /// engines delete.
    Proven(u64),
    /// Everything else: engines may differ.
    Unproven {
        /// The seconds that Chromium and Firefox read where they agree, as far as that is known.
        /// Others may differ from it by any amount, so nothing that matters may rest on it alone.
        estimate: Option<u64>,
        /// The most that any engine reads, where that is known: above the estimate.
        longest: Option<u64>,
    },
}

impl Lifetime {
    /// A deletion on which all engines agree ([R4](crate::rules#r4)).
    pub fn is_proven_deletion(self) -> bool {
        self == Lifetime::Proven(0)
    }

    /// Returns `true` for a deletion, proven or not.
    pub(crate) fn is_deletion(self) -> bool {
        self.is_proven_deletion() || self.is_unproven_deletion()
    }

    /// Returns what browsers read as a deletion, though not every engine may ([R4](crate::rules#r4)).
    pub fn is_unproven_deletion(self) -> bool {
        matches!(self, Lifetime::Unproven { estimate: Some(0), .. })
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lifetime::Session => f.write_str("session"),
            Lifetime::Proven(seconds) => f.write_str(&asked(*seconds)),
            Lifetime::Unproven { estimate: Some(seconds), .. } => {
                write!(f, "unproven, perhaps {}", asked(*seconds))
            }
            Lifetime::Unproven { estimate: None, .. } => f.write_str("unproven"),
        }
    }
}

/// A lifetime in the policy's words where they are few, else in seconds: what an `Expires` asks for
/// is seldom a round number of days.
fn asked(seconds: u64) -> String {
    let words = MaxLifetime::Seconds(seconds).to_string();
    if words.split(' ').count() == 2 { words } else { format!("{seconds} s") }
}

/// `"session"`, a number of seconds, or `{"unproven": seconds or null}`.
impl Serialize for Lifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Lifetime::Session => serializer.serialize_str("session"),
            Lifetime::Proven(seconds) => serializer.serialize_u64(*seconds),
            Lifetime::Unproven { estimate, .. } => {
                serializer.serialize_newtype_variant("Lifetime", 2, "unproven", estimate)
            }
        }
    }
}
