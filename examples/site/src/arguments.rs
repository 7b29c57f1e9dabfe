//! The command line.

use std::env;
use std::path::PathBuf;

use crate::policies::{CEXRO, Site};

const USAGE: &str =
    "usage: site [ADDRESS] [--policy cexro|whispever] [--records FILE] [--insecure-cookies]";

pub(crate) struct Arguments {
    pub(crate) address: Option<String>,
    pub(crate) site: &'static Site,
    /// The file to which the records of consent are added.
    pub(crate) records: PathBuf,
    /// Is `true` if cookies are only for TLS. Always so on a site that is not this example.
    ///
    /// Secure cookies are the default, of the consent cookie and of session layers, and a site should
    /// leave it at that. This example speaks plain HTTP, and yet they work: Chromium, Firefox and curl
    /// take a loopback address for as safe as TLS. Safari does not, and no browser does for another
    /// machine's address; `--insecure-cookies` is for trying the example there.
    pub(crate) secure: bool,
}

pub(crate) fn read() -> Result<Arguments, String> {
    let mut read = Arguments {
        address: None,
        site: &CEXRO,
        records: PathBuf::from("consent-records.jsonl"),
        secure: true,
    };
    let mut given = env::args().skip(1);
    while let Some(argument) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{argument} takes a value; {USAGE}"));
        match argument.as_str() {
            "--policy" => read.site = value()?.parse()?,
            "--records" => read.records = value()?.into(),
            "--insecure-cookies" => read.secure = false,
            flag if flag.starts_with('-') => return Err(format!("unknown {flag}; {USAGE}")),
            _ => read.address = Some(argument),
        }
    }
    Ok(read)
}
