//! A record as it is spooled, on a line of its own.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tower_cookie_consent::ConsentRecord;

/// A record, and what the ledger adds to it.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Entry {
    /// A random number of 128 bits that only the ledger knows. The database takes no second entry of
    /// one number, so that to deliver an entry again is harmless.
    #[serde(rename = "entry")]
    pub(crate) number: String,
    /// When the visitor decided, in seconds since the epoch.
    pub(crate) decided_at: i64,
    /// The end of the retention, in seconds since the epoch.
    pub(crate) keep_until: i64,
    /// The record's JSON, to the byte.
    pub(crate) record: Box<RawValue>,
}

impl Entry {
    pub(crate) fn new(record: &ConsentRecord, retention: Duration) -> io::Result<Self> {
        let mut random = [0; 16];
        getrandom::getrandom(&mut random)?;
        let decided_at = seconds(record.time().unwrap_or_else(SystemTime::now));
        let kept = record.registry().consent_lifetime().saturating_add(retention);
        Ok(Entry {
            number: format!("{:032x}", u128::from_be_bytes(random)),
            decided_at,
            keep_until: decided_at.saturating_add_unsigned(kept.as_secs()),
            record: serde_json::value::to_raw_value(record)?,
        })
    }

    /// The line, with its end.
    pub(crate) fn line(&self) -> io::Result<String> {
        Ok(serde_json::to_string(self)? + "\n")
    }
}

fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
