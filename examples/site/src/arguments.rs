//! The command line.

use std::env;
#[cfg(feature = "ledger")]
use std::path::PathBuf;
#[cfg(feature = "ledger")]
use std::time::Duration;

use crate::policies::{CEXRO, Site};

const USAGE: &str = "usage: site [ADDRESS] [--policy cexro|whispever] [--records FILE|DATABASE] \
    [--record-ids] [--export-records] [--insecure-cookies], and with the feature `ledger` \
    [--spool FOLDER] [--retention-days DAYS]";

pub(crate) struct Arguments {
    pub(crate) address: Option<String>,
    pub(crate) site: &'static Site,
    /// The file to which the records of consent are added, or the database's address.
    pub(crate) records: String,
    /// Is `true` if the consent cookie carries the id of its record.
    pub(crate) record_ids: bool,
    /// Is `true` if the records are to be printed, and nothing else is to be done.
    pub(crate) export: bool,
    /// The folder of records that are not in the database yet.
    #[cfg(feature = "ledger")]
    pub(crate) spool: PathBuf,
    /// For how long the database keeps a record after its choice has ceased to count.
    #[cfg(feature = "ledger")]
    pub(crate) retention: Duration,
    /// Is `true` if cookies are only for TLS. Always so on a site that is not this example.
    ///
    /// Secure cookies are the default, of the consent cookie and of session layers, and a site should
    /// leave it at that. This example speaks plain HTTP, and yet they work: Chromium, Firefox and curl
    /// take a loopback address for as safe as TLS. Safari does not, and no browser does for another
    /// machine's address; `--insecure-cookies` is for trying the example there.
    pub(crate) secure: bool,
}

#[cfg(feature = "ledger")]
const DAY: u64 = 86_400;

pub(crate) fn read() -> Result<Arguments, String> {
    let mut read = Arguments {
        address: None,
        site: &CEXRO,
        records: default_records(),
        record_ids: false,
        export: false,
        #[cfg(feature = "ledger")]
        spool: PathBuf::from("consent-records.spool"),
        #[cfg(feature = "ledger")]
        retention: Duration::from_secs(5 * 365 * DAY),
        secure: true,
    };
    let mut given = env::args().skip(1);
    while let Some(argument) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{argument} takes a value; {USAGE}"));
        match argument.as_str() {
            "--policy" => read.site = value()?.parse()?,
            "--records" => read.records = value()?,
            "--record-ids" => read.record_ids = true,
            "--export-records" => read.export = true,
            #[cfg(feature = "ledger")]
            "--spool" => read.spool = value()?.into(),
            #[cfg(feature = "ledger")]
            "--retention-days" => read.retention = days(&value()?)?,
            "--insecure-cookies" => read.secure = false,
            flag if flag.starts_with('-') => return Err(format!("unknown {flag}; {USAGE}")),
            _ => read.address = Some(argument),
        }
    }
    Ok(read)
}

/// A file of the folder that the site is run in; with the ledger, the database of `DATABASE_URL`, or
/// else a file of SQLite's.
fn default_records() -> String {
    if cfg!(feature = "ledger") {
        env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite:consent-records.db".to_owned())
    } else {
        "consent-records.jsonl".to_owned()
    }
}

#[cfg(feature = "ledger")]
fn days(text: &str) -> Result<Duration, String> {
    let days = text.parse::<u64>().ok().and_then(|days| days.checked_mul(DAY));
    days.map(Duration::from_secs).ok_or_else(|| format!("{text:?} is no number of days; {USAGE}"))
}
