//! A browser visits every line in every wrapping, and its jar is read.

use std::collections::HashMap;
use std::fmt::{self, Write};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::Instant;

use serde_json::json;

use super::corpus;
use super::installed::{CHROMIUM, FIREFOX, start};
use super::line::Line;
use super::run::{LINES_OF_A_SITE, Run};
use super::server::{Scheme, Server};
use super::site::{BACK, BEFORE, Log, Served, site};
use super::wrapping::Wrapping;
use test_support::browser::{Browser, JarCookie};

/// The number of sites that are visited before the jar is read, since it holds some 3,000 cookies.
const SITES_OF_A_JAR: usize = 12;

/// The findings of one browser on all lines, served in one way.
pub(crate) struct Visit {
    pub(crate) browser: &'static str,
    pub(crate) scheme: Scheme,
    pub(crate) lines: Arc<Vec<Line>>,
    seen: HashMap<(Run, usize), Seen>,
}

/// The finding of one browser on one line.
#[derive(Default)]
pub(crate) struct Seen {
    /// The cookie, with the line's own domain replaced by `own`.
    pub(crate) cookies: Vec<JarCookie>,
    pub(crate) served: Served,
}

impl Seen {
    /// The seconds from serving to the end, or `None` for session cookies.
    pub(crate) fn lifetimes(&self) -> impl Iterator<Item = Option<f64>> {
        let served_at = self.served.at.unwrap_or_default();
        self.cookies.iter().map(move |cookie| cookie.expires.map(|expires| expires - served_at))
    }
}

/// The visits are made once for all tests.
pub(crate) fn visits() -> &'static [Visit] {
    static VISITS: LazyLock<Vec<Visit>> = LazyLock::new(|| {
        let visits = |program| {
            let schemes = [Scheme::Http, Scheme::Https].into_iter();
            let visit = |scheme| Some(Visit::make(&mut start(program)?, scheme));
            schemes.filter_map(visit).collect::<Vec<_>>()
        };
        // If one browser fails, the other still finishes and is stopped.
        thread::scope(|scope| {
            let chromium = scope.spawn(|| visits(CHROMIUM));
            let mut all = visits(FIREFOX);
            all.extend(chromium.join().expect("Chromium's visits"));
            all
        })
    });
    &VISITS
}

impl Visit {
    fn make(browser: &mut Browser, scheme: Scheme) -> Self {
        let start = Instant::now();
        let lines = Arc::new(corpus::lines(scheme));
        let log = Log::default();
        let server = Server::start(scheme, site(&lines, &log));
        let mut seen: HashMap<(Run, usize), Seen> = HashMap::new();
        let sites: Vec<_> = Run::all()
            .flat_map(|run| (0..lines.len()).step_by(LINES_OF_A_SITE).map(move |line| (run, line)))
            .collect();
        for sites in sites.chunks(SITES_OF_A_JAR) {
            for &(run, first) in sites {
                let last = lines.len().min(first + LINES_OF_A_SITE);
                let urls: Vec<_> = (first..last)
                    .filter(|line| run.serves(&lines[*line]))
                    .map(|line| urls(&server, run, line, &lines[line]))
                    .collect();
                if !urls.is_empty() {
                    fetch(browser, &server.url(&format!("www.{}", run.site(first)), "/"), &urls);
                }
            }
            for cookie in browser.cookies() {
                let (run, line, cookie) = with_owner(cookie);
                // A jar that could not be cleared holds what was seen before.
                if sites.contains(&(run, line - line % LINES_OF_A_SITE)) {
                    seen.entry((run, line)).or_default().cookies.push(cookie);
                }
            }
            browser.clear_cookies();
        }
        for (key, served) in log.lock().unwrap().drain() {
            seen.entry(key).or_default().served = served;
        }
        let visit = Visit { browser: browser.name(), scheme, lines, seen };
        println!("{visit}, {:.1} s", start.elapsed().as_secs_f32());
        visit
    }

    /// Returns what became of a line.
    pub(crate) fn seen(&self, run: Run, line: usize) -> &Seen {
        let seen = self.seen.get(&(run, line));
        seen.filter(|seen| seen.served.at.is_some()).unwrap_or_else(|| {
            panic!("{}, {run}: {} was not served", self.browser, self.lines[line].shown())
        })
    }

    /// Returns what became of a line in a wrapping, with an empty jar before.
    pub(crate) fn first(&self, wrapping: Wrapping, line: usize) -> &Seen {
        self.seen(Run { wrapping, again: false }, line)
    }
}

impl fmt::Display for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Visit { browser, scheme, lines, .. } = self;
        write!(f, "{browser}, {scheme}: {} lines", lines.len())?;
        for run in Run::all() {
            let of_run: Vec<_> = self.seen.iter().filter(|((found, _), _)| *found == run).collect();
            let stored = of_run.iter().filter(|(_, seen)| !seen.cookies.is_empty()).count();
            write!(f, "; {run} {stored} stored of {}", of_run.len())?;
        }
        Ok(())
    }
}

/// Returns what is fetched from a line's host, one after the other.
fn urls(server: &Server, run: Run, number: usize, line: &Line) -> Vec<String> {
    let host = line.host_in(&run.domain(number));
    let url = server.url(&host, &line.path);
    let mut urls = vec![url.clone()];
    if run.again {
        urls.insert(0, format!("{url}?{BEFORE}"));
    } else if std::str::from_utf8(&line.bytes).is_err() {
        // The jar's listing may not show such bytes.
        urls.push(format!("{url}?{BACK}"));
    }
    urls
}

/// Fetches from many hosts at once, from a page of the same site: the cookies are first-party.
fn fetch(browser: &mut Browser, page: &str, urls: &[Vec<String>]) {
    browser.navigate(page);
    let mut script = String::new();
    write!(
        script,
        "Promise.all({}.map(async urls => {{
            for (const url of urls) {{
                await fetch(url, {{ mode: 'no-cors', credentials: 'include', cache: 'no-store' }});
            }}
        }})).then(() => 'done', String)",
        json!(urls)
    )
    .unwrap();
    let outcome = browser.evaluate(&script);
    assert_eq!(outcome, "done", "{}, {page}", browser.name());
}

/// The line to which a cookie belongs.
fn with_owner(mut cookie: JarCookie) -> (Run, usize, JarCookie) {
    let owner = Run::of_host(&cookie.domain).map(|(run, line, own)| (run, line, own.len()));
    let (run, line, own) = owner.unwrap_or_else(|| panic!("whose is {cookie:?}?"));
    cookie.domain.truncate(cookie.domain.len() - own);
    cookie.domain.push_str("own");
    (run, line, cookie)
}
