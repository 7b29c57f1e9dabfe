//! Checks what libsoup stores of what the policy lets out. Its jar is that of WebKitGTK, the engine of
//! GNOME; Safari has another. Where it is not installed, that is said; with `REQUIRE_BROWSERS` set,
//! it is a failure.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use http::header::{DATE, HeaderMap, HeaderValue, SET_COOKIE};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use test_support::left_out::left_out;
use tower_cookie_consent::Policy;
use tower_cookie_consent::set_cookie::{SetCookie, replace_lifetime};

use super::alike::TOLERANCE;
use super::corpus;
use super::line::Line;
use super::server::Scheme;
use super::wrapping::{CAP, Wrapping};
use crate::conformance::generators;

/// The wrappings in which a line does not leave as it is.
const ENFORCED: [Wrapping; 3] = [Wrapping::Undecided, Wrapping::Capped, Wrapping::Session];

/// The default number of random lines.
const RANDOM_LINES: usize = 5_000;

/// The responses from one URL to an empty jar, each with one `Set-Cookie`.
struct Visit {
    scheme: Scheme,
    host: String,
    path: String,
    lines: Vec<Vec<u8>>,
}

impl Visit {
    fn new(line: &Line, scheme: Scheme, lines: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let (host, path) = (line.host.clone(), line.path.clone());
        Visit { scheme, host, path, lines: lines.into_iter().collect() }
    }

    fn question(&self) -> String {
        let Visit { scheme, host, path, lines } = self;
        let lines: Vec<_> = lines.iter().map(|line| hex(line)).collect();
        json!({ "url": format!("{scheme}://{host}{path}"), "lines": lines }).to_string()
    }
}

/// A cookie in the jar.
#[derive(Debug, PartialEq)]
struct Stored {
    /// Everything about the cookie except its lifetime.
    what: Value,
    /// The lifetime in seconds, or `None` for the session.
    lifetime: Option<f64>,
}

/// The installed libsoup, with the jars that were filled so far.
struct Libsoup {
    version: String,
    jars: Vec<Vec<Stored>>,
}

impl Libsoup {
    /// Starts libsoup. If it is not installed, it says so and returns `None`.
    fn ask(visits: &[&Visit]) -> Option<Self> {
        const PACKAGES: &str = "gir1.2-soup-3.0 python3-gi";
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browsers/libsoup.py");
        let mut python = Command::new("/usr/bin/python3");
        python.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let libsoup = python.spawn().ok().and_then(|mut child| {
            let mut answers = BufReader::new(child.stdout.take()?).lines();
            let version = answers.next()?.ok()?;
            let mut questions = child.stdin.take()?;
            let jars = thread::scope(|scope| {
                scope.spawn(move || {
                    for visit in visits {
                        writeln!(questions, "{}", visit.question()).expect("a reader that reads");
                    }
                });
                answers.map(|jar| read_jar(&jar.expect("text"))).collect()
            });
            assert!(child.wait().expect("an end").success(), "the reader failed");
            Some(Libsoup { version, jars })
        });
        if let Some(libsoup) = &libsoup {
            assert_eq!(libsoup.jars.len(), visits.len(), "an answer for each");
        } else {
            let command = format!(
                "apt-get install {PACKAGES}, then cargo test --all-features --test browsers libsoup"
            );
            left_out("libsoup", "it was not asked what it stores", &command);
        }
        libsoup
    }

    /// Before 3.4, libsoup stops reading at a byte that is not printable ASCII. If this byte is in
    /// the name, or in a cookie without a name, no attribute is read, and the part before the byte
    /// is stored.
    fn stops_in_the_name_of(&self, line: &[u8]) -> bool {
        let numbers: Vec<u32> =
            self.version.split('.').map(|number| number.parse().expect("a number")).collect();
        let is_printable = |text: &[u8]| text.iter().all(|byte| matches!(byte, b' '..=b'~'));
        let pair = line.split(|byte| *byte == b';').next().unwrap_or_default();
        let name = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
        let is_nameless = SetCookie::parse(line).is_nameless();
        numbers[..2] < [3, 4][..] && !is_printable(if is_nameless { pair } else { name })
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(number.into(), 16).expect("four bits");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn read_jar(answer: &str) -> Vec<Stored> {
    let cookies: Vec<Value> = serde_json::from_str(answer).expect("a list of cookies");
    let stored = |mut cookie: Value| {
        let lifetime = cookie["lifetime"].take().as_f64();
        Stored { what: cookie, lifetime }
    };
    cookies.into_iter().map(stored).collect()
}

/// Returns every line, in every way in which it is served.
fn lines() -> Vec<(Scheme, Line)> {
    let of = |scheme| corpus::all(scheme).into_iter().map(move |line| (scheme, line));
    [Scheme::Http, Scheme::Https].into_iter().flat_map(of).collect()
}

/// Returns what leaves of a line.
fn left(policy: Option<&Policy>, line: &Line) -> Option<Vec<u8>> {
    let mut headers = HeaderMap::new();
    headers.insert(SET_COOKIE, HeaderValue::from_bytes(&line.bytes).expect("a header value"));
    if let Some(date) = &line.date {
        headers.insert(DATE, HeaderValue::from_str(date).expect("a header value"));
    }
    if let Some(policy) = policy {
        policy.enforce(&policy.consent(&HeaderMap::new()), &mut headers);
    }
    headers.get(SET_COOKIE).map(|line| line.as_bytes().to_vec())
}

/// Checks what is stored for each line in each wrapping.
fn check(
    lines: &[(Scheme, Line)],
    before: fn(&Line) -> Option<Vec<u8>>,
    wrong: impl Fn(Wrapping, &[Stored]) -> Option<String>,
) {
    let wrapped = ENFORCED.map(|wrapping| (wrapping, wrapping.policy()));
    let wrapped = wrapped.iter().map(|(wrapping, policy)| (*wrapping, policy.as_ref()));
    let asked: Vec<_> = lines
        .iter()
        .flat_map(|(scheme, line)| {
            wrapped.clone().map(move |(wrapping, policy)| {
                let left = left(policy, line);
                (Visit::new(line, *scheme, before(line).into_iter().chain(left)), line, wrapping)
            })
        })
        .collect();
    let visits: Vec<_> = asked.iter().map(|(visit, ..)| visit).collect();
    let Some(libsoup) = Libsoup::ask(&visits) else { return };
    let stored = libsoup.jars.iter().filter(|jar| !jar.is_empty()).count();
    println!("libsoup {}: {} visits, {stored} with cookies", libsoup.version, visits.len());
    let failures: Vec<_> = asked
        .iter()
        .zip(&libsoup.jars)
        .filter(|((_, line, _), _)| !libsoup.stops_in_the_name_of(&line.bytes))
        .filter_map(|((visit, line, wrapping), jar)| {
            let wrong = wrong(*wrapping, jar)?;
            let left = visit.lines.last().expect("a line that left").escape_ascii();
            Some(format!("{wrapping}, {}\n    left as \"{left}\": {wrong}", line.shown()))
        })
        .collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// Expects that nothing is stored without consent or beyond the cap.
fn beyond(wrapping: Wrapping, jar: &[Stored]) -> Option<String> {
    let is_beyond = |stored: &&Stored| match wrapping {
        Wrapping::Undecided => true,
        Wrapping::Session => stored.lifetime.is_some(),
        _ => stored.lifetime.is_some_and(|seconds| seconds > CAP + TOLERANCE),
    };
    jar.iter().find(is_beyond).map(|stored| format!("stored {stored:?}"))
}

#[test]
fn r4_r6_r10_libsoup_stores_nothing_without_consent_and_nothing_beyond_the_cap() {
    check(&lines(), |_| None, beyond);
}

/// The generators of the conformance tests, as often as `LIBSOUP_LINES` says.
#[test]
fn r4_r6_r10_of_random_lines_too() {
    let number = env::var("LIBSOUP_LINES").map_or(RANDOM_LINES, |lines| lines.parse().unwrap());
    let mut runner = TestRunner::default();
    let line = generators::line();
    let lines = std::iter::repeat_with(|| line.new_tree(&mut runner).unwrap().current())
        .filter(|line| HeaderValue::from_bytes(line).is_ok())
        .map(|line| (Scheme::Https, Line::new("random", line)));
    check(&lines.take(number).collect::<Vec<_>>(), |_| None, beyond);
}

#[test]
fn r4_what_deletes_in_browsers_deletes_in_libsoup() {
    let lines: Vec<_> = lines().into_iter().filter(|(_, line)| line.is_deletion()).collect();
    assert!(lines.len() > 100, "{} deletions", lines.len());
    check(
        &lines,
        |line| Some(replace_lifetime(&line.bytes, Some(600))),
        |_, jar| (!jar.is_empty()).then(|| format!("still there {jar:?}")),
    );
}

#[test]
fn r12_what_libsoup_stores_is_the_same_but_for_its_life() {
    let lines = lines();
    let capped = Wrapping::Capped.policy();
    let visits: Vec<_> = lines
        .iter()
        .flat_map(|(scheme, line)| {
            [None, capped.as_ref()].map(|policy| Visit::new(line, *scheme, left(policy, line)))
        })
        .collect();
    let Some(libsoup) = Libsoup::ask(&visits.iter().collect::<Vec<_>>()) else { return };
    let what = |jar: &[Stored]| -> Vec<Value> { jar.iter().map(|it| it.what.clone()).collect() };
    let mut both = 0;
    for ((_, line), jars) in lines.iter().zip(libsoup.jars.chunks(2)) {
        let [bare, capped] = jars else { panic!("two jars for {}", line.shown()) };
        // Libsoup may read a line as a deletion that browsers do not, or the reverse.
        if !bare.is_empty() && !capped.is_empty() {
            assert_eq!(what(bare), what(capped), "{}", line.shown());
            both += 1;
        }
    }
    assert!(both > 500, "{both} lines are stored in both ways");
}

#[test]
fn libsoup_reads_a_line_as_it_is_known_to() {
    let line = Line::new("known", "");
    let visits = [
        &["a=1; Max-Age=60; Path=/x; Secure; HttpOnly"][..],
        &["a=1", "b=2", "a=; Max-Age=0"],
        &["a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
        &["a=1; x,y; Max-Age=60"],
    ];
    let visits: Vec<_> = visits
        .into_iter()
        .map(|lines| {
            Visit::new(&line, Scheme::Https, lines.iter().map(|line| line.as_bytes().to_vec()))
        })
        .collect();
    let Some(libsoup) = Libsoup::ask(&visits.iter().collect::<Vec<_>>()) else { return };
    let [secure, deleted, last, comma] = &libsoup.jars[..] else { panic!("four jars") };
    let what = json!({
        "name": "a", "value": "1", "domain": "www.example.org", "path": "/x",
        "secure": true, "http_only": true, "lifetime": null,
    });
    assert_eq!(secure[0].what, what);
    assert!(secure[0].lifetime.is_some_and(|seconds| (seconds - 60.0).abs() < TOLERANCE));
    assert_eq!((deleted.len(), &deleted[0].what["name"]), (1, &json!("b")));
    assert_eq!(last.len(), 0, "the last of Max-Age and Expires counts");
    assert_eq!(comma[0].lifetime, None, "a comma in a name ends the line");
}
