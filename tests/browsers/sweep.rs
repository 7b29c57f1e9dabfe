//! Tests R19 and R20: cookies that are deleted are gone, wherever the browser held them: on a page
//! of its own and in a frame of another site, by a sweep, by storing a refusal and by withdrawing.

use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::thread;

use http::header::{CONTENT_TYPE, COOKIE, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use hyper::body::Incoming;
use test_support::browser::Browser;
use tower::{Layer, Service, ServiceExt, service_fn};
use tower_cookie_consent::registry::SameSite;
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Policy, Registry};

use super::installed::{CHROMIUM, FIREFOX, start};
use super::server::{Scheme, Server};

const REGISTRY: &str = r#"
    version = "1"
    [consent]
    sweep = true

    [categories.essential]
    basis = "necessary"
    cookies = ["sid"]

    [categories.analytics]
    basis = "consent"
    cookies = ["_ga", "_gid", "seen"]

    [categories.advertising]
    basis = "prohibited"
    [categories.advertising.cookies]
    "cell*" = {}
    stuck = {}
    "named*" = { domain = ["shop.site.test", "site.test"] }
    "old*" = { path = ["/", "/old"] }
    "part*" = { secure = true, partitioned = true }
    "__Host-*" = { secure = true, partitioned = true }
    "__Secure-*" = { secure = true, partitioned = true }
    "__Http-*" = { secure = true, partitioned = true }
"#;

/// A way in which a browser holds a cookie.
struct Cell {
    what: &'static str,
    /// The name that requests show.
    name: &'static str,
    /// The lines that put it there.
    lines: &'static [&'static str],
    /// The folder of the pages that see it.
    folder: &'static str,
}

const fn cell(what: &'static str, name: &'static str, lines: &'static [&'static str]) -> Cell {
    Cell { what, name, lines, folder: "" }
}

const HOST: &str = "www.shop.site.test";

/// The last one is under a path of which no declaration knows.
const CELLS: [Cell; 28] = [
    cell("host alone", "cell", &["cell=1; Path=/"]),
    cell("host with its subdomains", "cell", &["cell=1; Path=/; Domain=www.shop.site.test"]),
    cell("next parent domain", "cell", &["cell=1; Path=/; Domain=shop.site.test"]),
    cell("widest parent domain", "cell", &["cell=1; Path=/; Domain=site.test"]),
    cell(
        "host alone and each domain",
        "cell",
        &[
            "cell=1; Path=/",
            "cell=2; Path=/; Domain=www.shop.site.test",
            "cell=3; Path=/; Domain=shop.site.test; HttpOnly",
            "cell=4; Path=/; Domain=site.test; HttpOnly",
        ],
    ),
    cell("declared domain", "named", &["named=1; Path=/; Domain=site.test"]),
    cell(
        "declared domains",
        "named",
        &["named=1; Path=/; Domain=shop.site.test", "named=2; Path=/; Domain=site.test"],
    ),
    Cell { folder: "/old", ..cell("declared path", "old", &["old=1; Path=/old"]) },
    Cell {
        folder: "/old",
        ..cell(
            "declared paths, and a parent domain",
            "old",
            &["old=1; Path=/old", "old=2; Path=/", "old=3; Path=/old; Domain=site.test"],
        )
    },
    cell("HttpOnly", "cell", &["cell=1; Path=/; HttpOnly"]),
    cell("SameSite=Strict", "cell", &["cell=1; Path=/; SameSite=Strict"]),
    cell("SameSite=None", "cell", &["cell=1; Path=/; Secure; SameSite=None"]),
    cell("partitioned", "part", &["part=1; Path=/; Secure; SameSite=None; Partitioned"]),
    cell(
        "partitioned and not, parent domain",
        "part",
        &[
            "part=1; Path=/; Domain=site.test; Secure; SameSite=None; Partitioned",
            "part=2; Path=/; Domain=site.test; Secure; SameSite=None",
        ],
    ),
    cell("__Host-", "__Host-a", &["__Host-a=1; Path=/; Secure; SameSite=None"]),
    cell(
        "__Host-, partitioned",
        "__Host-a",
        &["__Host-a=1; Path=/; Secure; SameSite=None; Partitioned"],
    ),
    cell("__Secure-", "__Secure-a", &["__Secure-a=1; Path=/; Secure; SameSite=None"]),
    cell(
        "__Secure-, parent domain",
        "__Secure-a",
        &["__Secure-a=1; Path=/; Domain=site.test; Secure; SameSite=None"],
    ),
    cell(
        "__Secure-, parent domain, partitioned",
        "__Secure-a",
        &["__Secure-a=1; Path=/; Domain=site.test; Secure; SameSite=None; Partitioned"],
    ),
    cell("__Http-", "__Http-a", &["__Http-a=1; Path=/; Secure; HttpOnly; SameSite=None"]),
    cell(
        "__Http-, parent domain",
        "__Http-a",
        &["__Http-a=1; Path=/; Domain=site.test; Secure; HttpOnly; SameSite=None"],
    ),
    cell(
        "__Http-, parent domain, partitioned",
        "__Http-a",
        &["__Http-a=1; Path=/; Domain=site.test; Secure; HttpOnly; SameSite=None; Partitioned"],
    ),
    cell(
        "__Host-Http-",
        "__Host-Http-a",
        &["__Host-Http-a=1; Path=/; Secure; HttpOnly; SameSite=None"],
    ),
    cell(
        "__Host-Http-, partitioned",
        "__Host-Http-a",
        &["__Host-Http-a=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"],
    ),
    cell("without a name", "cell", &["cell; Path=/; Secure; SameSite=None"]),
    cell(
        "without a name, parent domain",
        "cell",
        &["cell; Path=/; Domain=site.test; Secure; SameSite=None"],
    ),
    cell(
        "without a name, partitioned",
        "part",
        &["part; Path=/; Secure; SameSite=None; Partitioned"],
    ),
    cell(
        "undeclared path",
        "stuck",
        &["stuck=1; Path=/elsewhere; Secure; SameSite=None; Partitioned"],
    ),
];

impl Cell {
    /// Its lines. In a frame, browsers store only what says that it is for frames.
    fn lines_in(&self, context: Context) -> impl Iterator<Item = String> {
        self.lines.iter().map(move |line| match context {
            Context::Frame if !line.contains("SameSite") => {
                format!("{line}; Secure; SameSite=None")
            }
            _ => (*line).to_owned(),
        })
    }
}

/// The place in which the site is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Context {
    Page,
    Frame,
}

/// The means of deleting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Sweep,
    Store,
    Withdraw,
}

impl Way {
    const ALL: [Way; 3] = [Way::Sweep, Way::Store, Way::Withdraw];

    fn path(self) -> &'static str {
        match self {
            Way::Sweep => "/page",
            Way::Store => "/refuse",
            Way::Withdraw => "/withdraw",
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path()[1..])
    }
}

/// The `Cookie` header of the last request to the site.
type Seen = Arc<Mutex<String>>;

/// A site without a layer for what sets and shows cookies, and with one for all else.
fn site(
    policy: &Policy,
    context: Context,
    seen: &Seen,
) -> impl Service<Request<Incoming>, Response = Response<String>, Error = Infallible, Future: Send>
+ Clone
+ Send
+ use<> {
    let inner = CookieConsentLayer::new(policy.clone()).layer(service_fn(handler));
    let seen = Arc::clone(seen);
    service_fn(move |request: Request<Incoming>| {
        let (inner, seen) = (inner.clone(), Arc::clone(&seen));
        async move {
            let query = request.uri().query().unwrap_or_default().to_owned();
            let path = request.uri().path();
            // Browsers also request an icon.
            if path != "/favicon.ico" && path != "/frame" {
                let cookie = request.headers().get(COOKIE).map(|it| it.to_str().unwrap());
                cookie.unwrap_or_default().clone_into(&mut seen.lock().unwrap());
            }
            if path.ends_with("/set") {
                let cell = &CELLS[query.parse::<usize>().expect("the number of a cell")];
                let mut response = page("");
                for line in cell.lines_in(context) {
                    // The cookie that is deleted would live on for ten minutes.
                    let line = HeaderValue::from_str(&format!("{line}; Max-Age=600")).unwrap();
                    response.headers_mut().append(SET_COOKIE, line);
                }
                Ok(response)
            } else if path.ends_with("/show") {
                let cookie =
                    request.headers().get(COOKIE).map(|it| it.to_str().unwrap().to_owned());
                *seen.lock().unwrap() = cookie.unwrap_or_default();
                Ok(page(""))
            } else if path == "/frame" {
                Ok(page(&format!("<iframe src='{query}'></iframe>")))
            } else {
                inner.oneshot(request).await
            }
        }
    })
}

async fn handler(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    let consent = request.extensions().get::<Consent>().expect("the layer's").clone();
    let all = || Choice::decided(consent.registry());
    let mut response = page("<title>A page</title>");
    match request.uri().path() {
        "/agree" => {
            consent.store(&all().grant_all()).unwrap().append_to(response.headers_mut());
            for line in [
                "_ga=1; Path=/",
                "_ga=2; Path=/; Domain=site.test",
                "_gid=1; Path=/; HttpOnly",
                "seen=1; Path=/; Domain=site.test; Secure",
                "sid=1; Path=/; HttpOnly",
            ] {
                response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(line));
            }
        }
        path if path.ends_with("/refuse") => {
            consent.store(&all().refuse_all()).unwrap().append_to(response.headers_mut());
        }
        path if path.ends_with("/withdraw") => {
            consent.withdraw().append_to(response.headers_mut());
        }
        _ => {}
    }
    Ok(response)
}

fn page(body: &str) -> Response<String> {
    let mut response = Response::new(format!("<!doctype html>{body}"));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response
}

struct Visit<'a> {
    browser: &'a mut Browser,
    server: &'a Server,
    seen: &'a Seen,
    context: Context,
}

impl Visit<'_> {
    fn open(&mut self, path: &str) {
        let url = self.server.url(HOST, path);
        match self.context {
            Context::Page => self.browser.navigate(&url),
            Context::Frame => {
                self.browser.navigate(&self.server.url("around.test", &format!("/frame?{url}")));
            }
        }
    }

    /// Returns how many cookies of a name the request for this page carried.
    fn count(&mut self, path: &str, name: &str) -> usize {
        self.carried(path).iter().filter(|it| *it == name).count()
    }

    /// The names of the cookies that the request for this page carried.
    fn carried(&mut self, path: &str) -> Vec<String> {
        "not asked".clone_into(&mut self.seen.lock().unwrap());
        self.open(path);
        let seen = self.seen.lock().unwrap().clone();
        assert_ne!(seen, "not asked");
        let name = |pair: &str| pair.split('=').next().unwrap().to_owned();
        seen.split("; ").filter(|pair| !pair.is_empty()).map(name).collect()
    }
}

fn policy_for(context: Context) -> Policy {
    let registry = toml::from_str::<Registry>(REGISTRY).unwrap();
    match context {
        Context::Page => Policy::new(registry),
        Context::Frame => {
            let frames = |own: tower_cookie_consent::registry::ConsentCookie| {
                own.with_same_site(SameSite::None).with_partitioned(true)
            };
            Policy::new(registry.with_consent_cookie(frames).unwrap())
        }
    }
}

/// Returns how many cookies of a cell a browser holds, as it was seen to.
fn held(cell: &Cell, browser: &str, context: Context) -> usize {
    let says = |word| cell.lines.iter().filter(|line| line.contains(word)).count();
    match (context, browser) {
        (Context::Page, _) => cell.lines.len(),
        (Context::Frame, "chromium") => cell.lines.len() - says("SameSite=Strict"),
        // Firefox keeps all cookies of a frame in the frame's own jar, so that twins are one
        // cookie.
        (Context::Frame, _) if says("; Partitioned") == 1 => 1,
        (Context::Frame, _) => cell.lines.len() - says("SameSite=Strict"),
    }
}

#[test]
fn r19_r20_what_is_deleted_is_gone_wherever_it_was() {
    thread::scope(|scope| {
        for program in [CHROMIUM, FIREFOX] {
            scope.spawn(move || start(program).iter_mut().for_each(all_cells));
        }
    });
}

fn all_cells(browser: &mut Browser) {
    let name = browser.name();
    let mut failures = Vec::new();
    for context in [Context::Page, Context::Frame] {
        let seen = Seen::default();
        let server = Server::start(Scheme::Https, site(&policy_for(context), context, &seen));
        for (number, cell) in CELLS[..CELLS.len() - 1].iter().enumerate() {
            let folder = cell.folder;
            let results = Way::ALL.map(|way| {
                browser.clear_cookies();
                let mut visit = Visit { browser, server: &server, seen: &seen, context };
                visit.open(&format!("{folder}/set?{number}"));
                let before = visit.count(&format!("{folder}{}", way.path()), cell.name);
                (way, before, visit.count(&format!("{folder}/show"), cell.name))
            });
            let results = results.map(|(way, before, after)| {
                let result = format!("{way} {before} to {after}");
                if (before, after) != (held(cell, name, context), 0) {
                    failures.push(format!("{name}, {context:?}, {}: {result}", cell.what));
                }
                result
            });
            println!("{name}, {context:?}, {}: {}", cell.what, results.join(", "));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn r19_a_refusal_leaves_a_clean_jar() {
    for mut browser in [CHROMIUM, FIREFOX].into_iter().filter_map(start) {
        let (seen, policy) = (Seen::default(), policy_for(Context::Page));
        let server = Server::start(Scheme::Https, site(&policy, Context::Page, &seen));
        for refusal in ["/refuse", "/withdraw"] {
            browser.clear_cookies();
            let context = Context::Page;
            let mut visit = Visit { browser: &mut browser, server: &server, seen: &seen, context };
            visit.open("/agree");
            let mut held = visit.carried("/show");
            held.sort();
            assert_eq!(held, ["__Host-cookie_consent", "_ga", "_ga", "_gid", "seen", "sid"]);
            // A page of somebody who agreed takes nothing.
            visit.open("/page");
            assert_eq!(visit.carried("/show").len(), 6);
            visit.open(refusal);
            visit.open("/page");
            let names: Vec<_> = browser
                .cookies()
                .iter()
                .map(|cookie| String::from_utf8_lossy(&cookie.name).into_owned())
                .filter(|name| name != "__Host-cookie_consent")
                .collect();
            assert_eq!(names, ["sid"], "{}, {refusal}", browser.name());
        }
    }
}

#[test]
fn r19_a_deletion_that_does_not_work_is_sent_once() {
    for mut browser in [CHROMIUM, FIREFOX].into_iter().filter_map(start) {
        for context in [Context::Page, Context::Frame] {
            browser.clear_cookies();
            let (seen, swept) = (Seen::default(), Arc::new(Mutex::new(Vec::new())));
            let told = Arc::clone(&swept);
            let policy = Policy::builder(policy_for(context).registry().clone());
            let policy = policy.observe(move |report| {
                let names = report.swept().iter().map(|cookie| cookie.name().to_owned());
                told.lock().unwrap().extend(names);
            });
            let server = Server::start(Scheme::Https, site(&policy.build(), context, &seen));
            let browser = &mut browser;
            let mut visit = Visit { browser, server: &server, seen: &seen, context };
            // This path is in no declaration.
            visit.open(&format!("/elsewhere/set?{}", CELLS.len() - 1));
            for _ in 0..3 {
                assert_eq!(visit.count("/elsewhere/page", "stuck"), 1);
            }
            let name = visit.browser.name();
            assert_eq!(*swept.lock().unwrap(), ["stuck"], "{name}, {context:?}");
        }
    }
}
