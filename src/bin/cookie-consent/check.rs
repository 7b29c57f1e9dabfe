//! The command `check`, which shows what a policy does to responses.

mod table;
mod verdicts;

use std::io::{self, BufRead, Write};
use std::path::Path;

use http::header::{COOKIE, HeaderMap, HeaderValue};
use tower_cookie_consent::{Choice, Consent, Policy, Registry};

use crate::Error;
use crate::arguments::Check;
use crate::har::{self, Exchange};
use crate::head::Heads;
use crate::input::{self, Input};
use crate::output::{self, UntilClosed};
use verdicts::Findings;

const ALL_KEPT: u8 = 0;
const SOME_CHANGED: u8 = 1;

pub(crate) fn run(
    arguments: &Check,
    stdout: &mut UntilClosed<impl Write>,
    stderr: &mut impl Write,
) -> Result<u8, Error> {
    let policy = policy(arguments)?;
    let consent = consent(&policy, arguments)?;
    let check = |path: Option<&Path>, stdout: &mut _, stderr: &mut _| match input::open(path)? {
        Input::Heads(input) => filter(&consent, arguments.json, input, stdout, stderr)
            .map_err(|error| format!("{}: {error}", input::name(path)).into()),
        Input::Har(exchanges) => Ok(check_har(&consent, arguments.json, &exchanges, stdout)?),
    };
    if arguments.files.is_empty() {
        return check(None, stdout, stderr);
    }
    let mut code = ALL_KEPT;
    for (index, path) in arguments.files.iter().enumerate() {
        input::tell_progress(stderr, index + 1, arguments.files.len(), path);
        code = code.max(check(Some(path), stdout, stderr)?);
    }
    Ok(code)
}

fn policy(arguments: &Check) -> Result<Policy, Error> {
    let builder = Policy::builder(input::registry(&arguments.registry)?);
    Ok(if arguments.report_only { builder.report_only() } else { builder }.build())
}

/// Returns the consent of a visitor whose browser sends the cookies of `--cookie`. If `--consent`
/// or `--refuse` states a choice, the browser also sends the cookie that carries it, so that the
/// choice reaches the policy as it would on the site.
fn consent(policy: &Policy, arguments: &Check) -> Result<Consent, Error> {
    let mut request = HeaderMap::new();
    for line in &arguments.cookies {
        request.append(COOKIE, HeaderValue::from_bytes(line.as_encoded_bytes())?);
    }
    if arguments.consent.is_some() || arguments.refuse.is_some() {
        // With two choices, the most restrictive would count, which nobody intends here.
        let name = policy.registry().consent_cookie().name();
        if policy.consent(&request).request().cookie(name.as_bytes()).next().is_some() {
            return Err("--cookie holds a choice already; leave --consent and --refuse out".into());
        }
        let lines = policy.consent(&request).store(&choice(policy, arguments)?)?;
        // The first line carries the choice, and the others delete cookies that it does not allow.
        if let Some(stored) = lines.iter().next() {
            request.append(COOKIE, carried(stored)?);
        }
    }
    Ok(policy.consent(&request))
}

fn choice(policy: &Policy, arguments: &Check) -> Result<Choice, Error> {
    let registry = policy.registry();
    let ids = |list: &Option<Vec<String>>| -> Vec<String> {
        let ids = list.iter().flatten().map(|id| id.trim().to_owned());
        ids.filter(|id| !id.is_empty()).collect()
    };
    let mut choice = Choice::decided(registry);
    for id in ids(&arguments.consent) {
        choice = match known(registry, &id)? {
            "all" => choice.grant_all(),
            id => choice.grant(id),
        };
    }
    // Refusals come last, so that an id that is both granted and refused is refused.
    for id in ids(&arguments.refuse) {
        choice = match known(registry, &id)? {
            "all" => choice.refuse_all(),
            id => choice.refuse(id),
        };
    }
    Ok(choice)
}

/// Returns the id if the registry has it, or an error that lists all ids.
fn known<'a>(registry: &Registry, id: &'a str) -> Result<&'a str, Error> {
    if id == "all" || registry.category(id).is_some() || registry.service(id).is_some() {
        return Ok(id);
    }
    let categories = registry.categories().map(|category| category.id());
    let services = registry.services().map(|service| service.id());
    let ids = categories.chain(services).collect::<Vec<_>>().join(", ");
    Err(format!("the registry has no category and no service {id:?}; it has: {ids}").into())
}

/// Returns the part of a `Set-Cookie` value that the browser sends back.
fn carried(set_cookie: &HeaderValue) -> Result<HeaderValue, Error> {
    let bytes = set_cookie.as_bytes();
    let end = bytes.iter().position(|byte| *byte == b';').unwrap_or(bytes.len());
    Ok(HeaderValue::from_bytes(&bytes[..end])?)
}

fn write_findings(json: bool, findings: &Findings, output: &mut impl Write) -> io::Result<()> {
    if json { table::write_json(findings, output) } else { table::write_table(findings, output) }
}

/// Prints the verdicts on the responses of a HAR file that set cookies.
fn check_har(
    consent: &Consent,
    json: bool,
    exchanges: &[Exchange],
    stdout: &mut impl Write,
) -> io::Result<u8> {
    let mut code = ALL_KEPT;
    for exchange in exchanges.iter().filter(|exchange| !exchange.set_cookies.is_empty()) {
        let date = exchange.date.as_deref();
        let findings = verdicts::judge(&exchange.title, &exchange.set_cookies, date, consent);
        write_findings(json, &findings, stdout)?;
        if findings.changes() {
            code = SOME_CHANGED;
        }
    }
    if !json && let Some(missing) = har::missing(exchanges) {
        writeln!(stdout, "{missing}")?;
    }
    stdout.flush()?;
    Ok(code)
}

/// Copies the input to standard output, and enforces the policy on every head.
fn filter(
    consent: &Consent,
    json: bool,
    input: impl BufRead,
    stdout: &mut UntilClosed<impl Write>,
    stderr: &mut impl Write,
) -> Result<u8, Error> {
    let mut code = ALL_KEPT;
    let mut heads = Heads::new(input);
    let mut head = heads.first()?.ok_or("it holds no response head")?;
    loop {
        let checked = verdicts::check(&head, consent);
        stdout.write_all(&checked.enforced)?;
        stdout.flush()?;
        write_findings(json, &checked.findings, stderr)?;
        if checked.findings.changes() {
            code = SOME_CHANGED;
        }
        match heads.after(&head)? {
            Some(next) => head = next,
            None => break,
        }
    }
    output::copy(heads.into_body(), stdout)?;
    stdout.flush()?;
    Ok(code)
}
