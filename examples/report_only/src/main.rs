//! How to introduce the layer on a live site: at first it only reports, and changes nothing.
//!
//! ```sh
//! cargo run -p report-only  # http://127.0.0.1:3000
//! curl -si http://127.0.0.1:3000/                  # every cookie arrives, as ever
//! curl -s http://127.0.0.1:3000/cookie-report      # what the policy would have done, how often
//! ```
//!
//! Use the report as a list of things to do, until it contains only cookies that are meant to be
//! stripped or capped:
//!
//! - *not declared*: find out who sets the cookie; then declare it, or stop setting it;
//! - *longer than declared*: change the code, or the policy and the registry with it;
//! - *the visitor has not decided*, *refused it*: the code should ask `Consent::allows` first;
//! - *the policy prohibits its category*: remove the code that sets it.
//!
//! Then remove `.report_only()`, and the policy is enforced.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, IntoResponseParts};
use axum::routing::get;
use example_support::listen;
use tower_cookie_consent::{CookieConsentLayer, Policy, Registry, Report, ReportEntry, Verdict};

/// Counts how often each verdict was given.
#[derive(Clone, Default)]
struct Counts(Arc<Mutex<BTreeMap<Finding, u64>>>);

/// The subject of a verdict; the order is that of the report.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    cookie: String,
    category: String,
    verdict: String,
}

/// Names that are generated for each visitor must not fill the memory.
const MOST_FINDINGS: usize = 1_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = app()?;
    let listener = listen(env::args().nth(1)).await?;
    axum::serve(listener, app).await?;
    Ok(())
}

fn app() -> Result<Router, Box<dyn Error>> {
    let counts = Counts::default();
    let seen = counts.clone();
    let registry = Registry::from_toml(include_str!("../../policies/cexro.toml"))?;
    let policy = Policy::builder(registry).report_only().observe(move |report| seen.add(report));

    Ok(Router::new()
        .route("/", get(home))
        .route("/shop", get(shop))
        // On a real site, show this only to its developers, or send it to a metrics system.
        .route("/cookie-report", get(cookie_report))
        .with_state(counts)
        .layer(CookieConsentLayer::new(policy)))
}

async fn home() -> impl IntoResponse {
    let cookies = [
        "cexro_session=a1b2c3; Path=/; HttpOnly; SameSite=Lax",
        "cexro_theme=dark; Path=/; Max-Age=157680000",
        "_ga=GA1.1.1234567890.1736899200; Path=/; Max-Age=63072000",
        "experiment_7=b; Path=/; Max-Age=2592000",
    ];
    (set(cookies), "a page that sets cookies; see also /shop, then /cookie-report\n")
}

async fn shop() -> impl IntoResponse {
    let cookies = [
        "auth_token=d4e5f6; Path=/; HttpOnly; Max-Age=31536000",
        "csrf_token=0a1b2c; Path=/; Expires=0",
        "_fbp=fb.1.1736899200.1; Path=/; Max-Age=7776000",
    ];
    (set(cookies), "a shop that sets cookies; see /cookie-report\n")
}

fn set<const N: usize>(cookies: [&'static str; N]) -> impl IntoResponseParts {
    AppendHeaders(cookies.map(|line| (SET_COOKIE, line)))
}

async fn cookie_report(State(counts): State<Counts>) -> String {
    counts.to_table()
}

impl Counts {
    /// Called for every response that sets cookies, so it should be quick.
    fn add(&self, report: &Report) {
        // A wrong count is no reason to fail.
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in report.entries() {
            let finding = Finding::of(entry);
            let full = counts.len() >= MOST_FINDINGS && !counts.contains_key(&finding);
            *counts.entry(if full { Finding::other() } else { finding }).or_default() += 1;
        }
    }

    /// Returns the findings: cookies that would be changed come before those that would be kept.
    fn to_table(&self) -> String {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (kept, changed): (Vec<_>, Vec<_>) =
            counts.iter().partition(|(finding, _)| finding.verdict.starts_with("keep"));
        let width = |text: fn(&Finding) -> &str| {
            counts.keys().map(|finding| text(finding).chars().count()).max().unwrap_or(0).max(8)
        };
        let cookie = width(|finding| &finding.cookie);
        let category = width(|finding| &finding.category);
        let row = |times: &dyn Display, finding: &Finding| {
            let Finding { cookie: a, category: b, verdict } = finding;
            format!("{times:>7}  {a:cookie$}  {b:category$}  {verdict}\n")
        };
        let titles = row(&"TIMES", &Finding::new("COOKIE", "CATEGORY", "VERDICT"));
        let rows = changed.into_iter().chain(kept).map(|(finding, times)| row(times, finding));
        ["Nothing was changed. The policy would have done this:\n\n".to_owned(), titles]
            .into_iter()
            .chain(rows)
            .collect()
    }
}

impl Finding {
    fn of(entry: &ReportEntry) -> Self {
        let place = [entry.category(), entry.service()].into_iter().flatten();
        let verdict = match entry.verdict() {
            // The requested lifetime is left out, since with an `Expires` it changes every second.
            Verdict::Cap { reason, to, .. } => format!("cap to {to}: {}", reason.explanation()),
            verdict => verdict.to_string(),
        };
        Finding::new(entry.name(), &place.collect::<Vec<_>>().join("/"), &verdict)
    }

    /// The finding that collects everything once there are too many.
    fn other() -> Self {
        Finding::new("(others)", "", "not told apart")
    }

    fn new(cookie: &str, category: &str, verdict: &str) -> Self {
        Finding {
            cookie: cookie.to_owned(),
            category: category.to_owned(),
            verdict: verdict.to_owned(),
        }
    }
}
