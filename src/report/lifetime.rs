//! How a report tells lifetimes.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::registry::MaxLifetime;
use crate::set_cookie::Lifetime;

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lifetime::Session => f.write_str("session"),
            Lifetime::Proven(seconds) => f.write_str(&asked(*seconds)),
            Lifetime::Unproven(Some(seconds)) => {
                write!(f, "unproven, perhaps {}", asked(*seconds))
            }
            Lifetime::Unproven(None) => f.write_str("unproven"),
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
            Lifetime::Unproven(estimate) => {
                serializer.serialize_newtype_variant("Lifetime", 2, "unproven", estimate)
            }
        }
    }
}

/// `"session"`, or a number of seconds.
impl Serialize for MaxLifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            MaxLifetime::Session => serializer.serialize_str("session"),
            MaxLifetime::Seconds(seconds) => serializer.serialize_u64(*seconds),
        }
    }
}
