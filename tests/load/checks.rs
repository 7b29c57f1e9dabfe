//! Checks every response: compares what the site set with what left.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::Response;
use http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use tower_cookie_consent::CookieConsentLayer;

use super::oracle::{Oracle, now};
use super::site::USER;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wrong {
    /// A cookie left that the visitor has not consented to.
    Leaked,
    /// A cookie left with another lifetime, or otherwise changed, or in another place.
    Changed,
    /// A cookie did not leave that should have.
    Lost,
    /// A visitor with a session was not known by it.
    LoginLost,
    /// A response was an error.
    Failed,
}

/// The number of times that something was wrong, and the first examples.
#[derive(Default)]
struct Cases {
    count: u64,
    examples: Vec<String>,
}

pub(crate) struct Checks {
    oracle: Oracle,
    started: AtomicU64,
    answered: AtomicU64,
    with_analytics: AtomicU64,
    wrong: Mutex<BTreeMap<Wrong, Cases>>,
}

/// The lines that the site set, before the layer saw them.
#[derive(Clone)]
struct SetInside(Vec<HeaderValue>);

impl Checks {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            oracle: Oracle { since: now() },
            started: AtomicU64::new(0),
            answered: AtomicU64::new(0),
            with_analytics: AtomicU64::new(0),
            wrong: Mutex::default(),
        })
    }

    /// The site in the layer, with a look at its responses on both sides of it.
    pub(crate) fn around(self: &Arc<Self>, site: Router, layer: CookieConsentLayer) -> Router {
        site.layer(map_response(note_what_is_set))
            .layer(layer)
            .layer(from_fn_with_state(self.clone(), check))
    }

    pub(crate) fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// The number of responses to visitors who granted analytics.
    pub(crate) fn with_analytics(&self) -> u64 {
        self.with_analytics.load(Ordering::Relaxed)
    }

    /// The number of requests whose response nobody waited for, once none is being processed.
    pub(crate) fn abandoned(&self) -> u64 {
        self.started.load(Ordering::Relaxed) - self.answered()
    }

    pub(crate) fn note(&self, wrong: Wrong, example: String) {
        let mut all = self.wrong.lock().unwrap();
        let cases = all.entry(wrong).or_default();
        cases.count += 1;
        if cases.examples.len() < 3 {
            cases.examples.push(example);
        }
    }

    #[track_caller]
    pub(crate) fn assert_none(&self, wrong: Wrong) {
        // This is done outside the lock, so that a failing test leaves it to the others.
        let cases = self.wrong.lock().unwrap().remove(&wrong);
        if let Some(Cases { count, examples }) = cases {
            let examples = examples.join("\n\n");
            panic!("{wrong:?}: {count} times in {} responses\n\n{examples}", self.answered());
        }
    }

    fn compare(&self, cookies: &[String], set: &[String], left: &[String]) {
        let expected = self.oracle.expected(cookies, set);
        if expected.iter().any(|line| name(line) == "_ga") {
            self.with_analytics.fetch_add(1, Ordering::Relaxed);
        }
        if left == expected {
            return;
        }
        let tell = |wrong, line: &str| {
            self.note(
                wrong,
                format!("{line}\n  cookies: {cookies:?}\n  set: {set:?}\n  left: {left:?}"),
            );
        };
        let has =
            |lines: &[String], line: &str| lines.iter().any(|other| name(other) == name(line));
        for line in left.iter().filter(|line| !has(&expected, line)) {
            tell(Wrong::Leaked, line);
        }
        for line in expected.iter().filter(|line| !has(left, line)) {
            tell(Wrong::Lost, line);
        }
        let differs = |line: &&String| has(&expected, line) && !expected.contains(line);
        for line in left.iter().filter(differs) {
            tell(Wrong::Changed, line);
        }
        let [mut left_sorted, mut expected_sorted] = [left.to_vec(), expected];
        left_sorted.sort_unstable();
        expected_sorted.sort_unstable();
        if left_sorted == expected_sorted {
            tell(Wrong::Changed, "the order");
        }
    }
}

fn name(line: &str) -> &str {
    line.split('=').next().unwrap()
}

fn lines(headers: &HeaderMap, header: HeaderName) -> Vec<String> {
    let lines = headers.get_all(header).into_iter();
    lines.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

async fn note_what_is_set(mut response: Response) -> Response {
    let lines = response.headers().get_all(SET_COOKIE).iter().cloned().collect();
    response.extensions_mut().insert(SetInside(lines));
    response
}

async fn check(State(checks): State<Arc<Checks>>, request: Request, next: Next) -> Response {
    checks.started.fetch_add(1, Ordering::Relaxed);
    let cookies = lines(request.headers(), COOKIE);
    let is_page = request.uri().path() == "/";

    let mut response = next.run(request).await;

    checks.answered.fetch_add(1, Ordering::Relaxed);
    if !response.status().is_success() {
        checks.note(Wrong::Failed, response.status().to_string());
        return response;
    }
    let SetInside(set) = response.extensions_mut().remove().unwrap();
    let set: Vec<_> = set.iter().map(|line| line.to_str().unwrap().to_owned()).collect();
    checks.compare(&cookies, &set, &lines(response.headers(), SET_COOKIE));

    let has_session =
        cookies.iter().flat_map(|line| line.split("; ")).any(|pair| name(pair) == "id");
    if is_page && has_session && !response.headers().contains_key(USER) {
        checks.note(Wrong::LoginLost, format!("{cookies:?}"));
    }
    response
}
