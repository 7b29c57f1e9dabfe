//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value};
use lexopt::{Parser, ValueExt};

pub(crate) const HELP: &str = "\
Shows what a cookie policy does to a response.

    curl -si https://example.org/ | check POLICY.toml [OPTIONS]

Reads a response head from standard input, as bytes, and copies it to standard output with the
policy enforced: Set-Cookie lines that the policy does not allow are gone, too long lifetimes are
replaced, every other byte is the same, the body included. Where several heads follow one another
(`curl -siL`, interim responses, a proxy's answer), each is enforced by itself. Lines with control
characters, which no browser stores, are stripped.

The verdicts go to standard error: a table for each head, or with --json a line of JSON.

The visitor is undecided without --consent, --refuse or a consent cookie in --cookie.

    --consent ID,...   the visitor grants these categories and services; `all` grants every
                       category that asks
    --refuse ID,...    the visitor refuses these; `all` refuses every category that asks
    --cookie LINE      the request's Cookie header, \"name=value; ...\"; may be repeated
    --report-only      leave the head as it is, and only report
    --json             the verdicts as JSON, one object a head
    -h, --help         this text

Exit code: 0 if every Set-Cookie line was kept, 1 if one was stripped or capped, or would be
without --report-only, 2 for wrong usage, a policy with errors (all of them are listed) or an input
without a head; then nothing is copied.
";

/// What the command line asks for.
pub(crate) enum Command {
    Help,
    Check(Arguments),
}

/// How to check.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) policy: PathBuf,
    pub(crate) grant: Vec<String>,
    pub(crate) refuse: Vec<String>,
    pub(crate) cookies: Vec<Vec<u8>>,
    pub(crate) report_only: bool,
    pub(crate) json: bool,
    decided: bool,
}

impl Arguments {
    /// Whether the visitor has decided, be it on nothing.
    pub(crate) fn decides(&self) -> bool {
        self.decided
    }
}

/// Reads the command line, whose first word is the program's name.
pub(crate) fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut parser = Parser::from_iter(words.into_iter().collect::<Vec<_>>());
    let mut arguments = Arguments::default();
    let mut policy = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("consent") => {
                arguments.decided = true;
                arguments.grant.extend(ids(parser.value()?)?);
            }
            Long("refuse") => {
                arguments.decided = true;
                arguments.refuse.extend(ids(parser.value()?)?);
            }
            Long("cookie") => arguments.cookies.push(parser.value()?.into_encoded_bytes()),
            Long("report-only") => arguments.report_only = true,
            Long("json") => arguments.json = true,
            Value(path) if policy.is_none() => policy = Some(PathBuf::from(path)),
            other => return Err(other.unexpected()),
        }
    }
    arguments.policy = policy.ok_or("which policy? check POLICY.toml; --help says more")?;
    Ok(Command::Check(arguments))
}

fn ids(list: OsString) -> Result<Vec<String>, lexopt::Error> {
    let list = list.string()?;
    Ok(list.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect())
}
