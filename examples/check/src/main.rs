//! What a cookie policy does to a response: a filter for the heads that `curl -i` prints.
//!
//! ```sh
//! curl -si https://example.org/ | cargo run -p check -- cookies.toml --consent analytics
//! ```

mod arguments;
mod head;
mod line;
mod output;
mod table;
mod verdicts;

use std::env;
use std::fs;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use http::header::{COOKIE, HeaderMap, HeaderValue};
use tower_cookie_consent::{Choice, Consent, Policy, Registry};

use arguments::{Arguments, Command};
use head::Heads;
use output::UntilClosed;

const ALL_KEPT: u8 = 0;
const SOME_CHANGED: u8 = 1;
const WRONG_USE: u8 = 2;

fn main() -> ExitCode {
    let mut stderr = UntilClosed::new(io::stderr().lock());
    let code = run(&mut stderr).unwrap_or_else(|error| {
        // Nobody is left to tell when standard error fails.
        let _ = writeln!(stderr, "check: {error}");
        WRONG_USE
    });
    ExitCode::from(code)
}

fn run(stderr: &mut impl Write) -> Result<u8, Error> {
    let arguments = match arguments::parse(env::args_os())? {
        Command::Help => {
            UntilClosed::new(io::stdout().lock()).write_all(arguments::HELP.as_bytes())?;
            return Ok(ALL_KEPT);
        }
        Command::Check(arguments) => arguments,
    };
    let policy = policy(&arguments)?;
    let consent = consent(&policy, &arguments)?;
    filter(&consent, arguments.json, io::stdin().lock(), stderr)
}

fn policy(arguments: &Arguments) -> Result<Policy, Error> {
    let path = arguments.policy.display();
    let file = fs::read_to_string(&arguments.policy).map_err(|error| format!("{path}: {error}"))?;
    let registry = Registry::from_toml(&file).map_err(|error| format!("{path}:\n{error}"))?;
    let builder = Policy::builder(registry);
    Ok(if arguments.report_only { builder.report_only() } else { builder }.build())
}

/// The consent of a visitor whose browser sends the cookies of `--cookie` and, where a choice is
/// given, the one that carries it. So the choice reaches the policy as it would on the site.
fn consent(policy: &Policy, arguments: &Arguments) -> Result<Consent, Error> {
    let mut request = HeaderMap::new();
    for line in &arguments.cookies {
        request.append(COOKIE, HeaderValue::from_bytes(line)?);
    }
    if arguments.decides() {
        // Two choices would leave the most restrictive of both, which nobody means here.
        let name = policy.registry().consent_cookie().name();
        if policy.consent(&request).request().cookie(name.as_bytes()).next().is_some() {
            return Err("--cookie holds a choice already; leave --consent and --refuse out".into());
        }
        let lines = policy.consent(&request).store(&choice(policy, arguments)?)?;
        // The first line is the choice; what follows deletes what it does not allow.
        if let Some(stored) = lines.iter().next() {
            request.append(COOKIE, carried(stored)?);
        }
    }
    Ok(policy.consent(&request))
}

fn choice(policy: &Policy, arguments: &Arguments) -> Result<Choice, Error> {
    let registry = policy.registry();
    let mut choice = Choice::decided(registry);
    for id in &arguments.grant {
        choice = match known(registry, id)? {
            "all" => choice.grant_all(),
            id => choice.grant(id),
        };
    }
    // Refusals last: what is both granted and refused is refused.
    for id in &arguments.refuse {
        choice = match known(registry, id)? {
            "all" => choice.refuse_all(),
            id => choice.refuse(id),
        };
    }
    Ok(choice)
}

/// Who misspells an id is told which ones there are, before anything is judged.
fn known<'a>(registry: &Registry, id: &'a str) -> Result<&'a str, Error> {
    if id == "all" || registry.category(id).is_some() || registry.service(id).is_some() {
        return Ok(id);
    }
    let categories = registry.categories().map(|category| category.id());
    let services = registry.services().map(|service| service.id());
    let ids = categories.chain(services).collect::<Vec<_>>().join(", ");
    Err(format!("the policy has no category and no service {id:?}; it has: {ids}").into())
}

/// Of a `Set-Cookie` value, what the browser sends back.
fn carried(set_cookie: &HeaderValue) -> Result<HeaderValue, Error> {
    let bytes = set_cookie.as_bytes();
    let end = bytes.iter().position(|byte| *byte == b';').unwrap_or(bytes.len());
    Ok(HeaderValue::from_bytes(&bytes[..end])?)
}

/// Copies standard input to standard output, with the policy enforced on every head.
fn filter(
    consent: &Consent,
    json: bool,
    input: impl BufRead,
    stderr: &mut impl Write,
) -> Result<u8, Error> {
    let mut stdout = UntilClosed::new(io::stdout().lock());
    let mut code = ALL_KEPT;
    let mut heads = Heads::new(input);
    let mut head = heads.first()?.ok_or("standard input holds no response head")?;
    loop {
        let checked = verdicts::check(&head, consent);
        stdout.write_all(&checked.enforced)?;
        stdout.flush()?;
        if json {
            table::write_json(&checked.findings, stderr)?;
        } else {
            table::write_table(&checked.findings, stderr)?;
        }
        if checked.changes() {
            code = SOME_CHANGED;
        }
        match heads.after(&head)? {
            Some(next) => head = next,
            None => break,
        }
    }
    output::copy(heads.into_body(), &mut stdout)?;
    stdout.flush()?;
    Ok(code)
}

type Error = Box<dyn std::error::Error>;
