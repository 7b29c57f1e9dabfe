//! Tests R19: cookies that are not allowed are deleted without being asked to.

use std::convert::Infallible;

use http::header::{COOKIE, HOST, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::registry::{AccountPrecedence, RequestFilter};
use tower_cookie_consent::{Choice, CookieConsentLayer, Policy, Registry, Report};

use super::site::{NOW, REGISTRY, builder, choosing, chosen, now, response, set_cookies};

const MEMORY: &str = "__Host-cookie_sweep";
const ALL: &str = "sid=1; _ga=2; theme=3; visits=4; _fbp=5; unheard-of=6";
const REFUSED: &str = "analytics=false&functional=false&audience=false";

fn policy() -> Policy {
    builder().sweep().build()
}

/// A browser that opens pages of one host, and whose jar has one place for each name.
struct Browser {
    host: &'static str,
    cookies: Vec<(String, String)>,
    /// The names of cookies that no deletion reaches.
    stuck: &'static [&'static str],
    dest: &'static str,
    site: &'static str,
}

impl Browser {
    fn with(cookies: &str) -> Self {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        };
        Browser {
            host: "localhost",
            cookies: cookies.split("; ").map(pair).collect(),
            stuck: &[],
            dest: "document",
            site: "none",
        }
    }

    fn who_chose(cookies: &str, grants: &str) -> Self {
        let mut browser = Browser::with(cookies);
        browser.set("__Host-cookie_consent", &chosen(grants));
        browser
    }

    fn set(&mut self, name: &str, value: &str) {
        self.delete(name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    fn delete(&mut self, name: &str) {
        self.cookies.retain(|(it, _)| it != name);
    }

    fn request(&self) -> HeaderMap {
        let cookies: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = [
            (COOKIE, cookies.join("; ")),
            (HOST, self.host.to_owned()),
            (HeaderName::from_static("sec-fetch-dest"), self.dest.to_owned()),
            (HeaderName::from_static("sec-fetch-site"), self.site.to_owned()),
        ];
        headers
            .into_iter()
            .map(|(name, value)| (name, HeaderValue::try_from(value).unwrap()))
            .collect()
    }

    /// Returns the names that are deleted by a page with these lines, each once.
    fn opens(&mut self, policy: &Policy, lines: &[&str]) -> Vec<String> {
        let mut headers = response(lines);
        let report = policy.enforce(&policy.consent(&self.request()), &mut headers);
        let mut deleted = Vec::new();
        for line in set_cookies(&headers) {
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if name == MEMORY && !value.is_empty() {
                self.set(name, value);
            } else if line.ends_with("; Max-Age=0") {
                deleted.push(name.to_owned());
                if !self.stuck.contains(&name) {
                    self.delete(name);
                }
            } else {
                self.set(name, value);
            }
        }
        deleted.dedup();
        let told: Vec<_> = report.swept().iter().map(|cookie| cookie.name().to_owned()).collect();
        let swept: Vec<_> = deleted.iter().filter(|name| *name != MEMORY).cloned().collect();
        assert!(told.iter().all(|name| swept.contains(name)), "{told:?}, {swept:?}");
        deleted
    }
}

#[test]
fn r19_what_is_not_allowed_goes() {
    for (grants, deleted) in [
        (REFUSED, &["_ga", "theme", "visits", "_fbp"][..]),
        ("analytics=true", &["theme", "_fbp"]),
        ("analytics=true&functional=true", &["_fbp"]),
    ] {
        let mut browser = Browser::who_chose(ALL, grants);
        assert_eq!(browser.opens(&policy(), &[]), deleted, "{grants}");
        assert_eq!(browser.opens(&policy(), &[]), [""; 0], "nothing is left: {grants}");
    }
}

#[test]
fn r19_of_the_undecided_only_what_is_surely_so() {
    for (dest, site, deleted) in [
        ("document", "none", &["_ga", "theme", "_fbp"][..]),
        ("document", "same-origin", &["_ga", "theme", "_fbp"]),
        ("document", "same-site", &["_fbp"]),
        ("document", "cross-site", &["_fbp"]),
        ("document", "", &["_fbp"]),
        ("iframe", "same-origin", &["_fbp"]),
        ("frame", "cross-site", &["_fbp"]),
        ("image", "same-origin", &[]),
        ("empty", "same-origin", &[]),
        ("", "same-origin", &[]),
    ] {
        let mut browser = Browser { dest, site, ..Browser::with(ALL) };
        assert_eq!(browser.opens(&policy(), &[]), deleted, "{dest}, {site}");
        let mut decided = Browser { dest, site, ..Browser::who_chose(ALL, REFUSED) };
        let all = if deleted.is_empty() { &[][..] } else { &["_ga", "theme", "visits", "_fbp"] };
        assert_eq!(decided.opens(&policy(), &[]), all, "decided: {dest}, {site}");
    }
}

#[test]
fn r19_the_choice_counts_as_it_is_after_the_response() {
    let refusing = choosing(REFUSED);
    let mut browser = Browser { site: "cross-site", ..Browser::with(ALL) };
    let mut headers = response(&[&refusing, "theme=; Max-Age=0"]);
    policy().enforce(&policy().consent(&browser.request()), &mut headers);
    let lines = set_cookies(&headers);
    assert_eq!(
        lines[..2],
        [refusing.clone(), "theme=; Max-Age=0".to_owned()],
        "its own lines first"
    );
    let names: Vec<_> = lines[2..].iter().map(|line| line.split('=').next().unwrap()).collect();
    assert_eq!(names, ["_ga", "visits", "_fbp", MEMORY], "`theme` is left to the response");
    browser.cookies.push(("__Host-cookie_consent".to_owned(), chosen(REFUSED)));
    let granting = choosing("analytics=true&functional=true&audience=true");
    assert_eq!(browser.opens(&policy(), &[&granting]), ["_fbp"]);
}

#[test]
fn r19_a_deletion_that_did_not_work_does_not_come_back() {
    let stuck = &["_ga", "_fbp"];
    let mut browser = Browser { stuck, ..Browser::who_chose(ALL, REFUSED) };
    assert_eq!(browser.opens(&policy(), &[]).len(), 4);
    for site in ["none", "cross-site", "same-origin"] {
        browser.site = site;
        assert_eq!(browser.opens(&policy(), &[]), [""; 0], "{site}");
    }
    // The visitor goes to a page under another path, and comes back.
    browser.delete("_ga");
    assert_eq!(browser.opens(&policy(), &[]), [""; 0]);
    browser.set("_ga", "1");
    assert_eq!(browser.opens(&policy(), &[]), [""; 0]);

    // The visitor agrees, which resets the memory, and refuses again.
    let at = |seconds: u64, grants: &str| format!("version=7&time={}&{grants}", NOW - seconds);
    browser.set("__Host-cookie_consent", &at(3600, "analytics=true&functional=true"));
    assert_eq!(browser.opens(&policy(), &[]), [""; 0]);
    browser.set("__Host-cookie_consent", &at(60, REFUSED));
    assert_eq!(browser.opens(&policy(), &[]), ["_ga"], "and not what is prohibited anyway");
    assert_eq!(browser.opens(&policy(), &[]), [""; 0]);

    // The site now declares the place of the cookie.
    let other = REGISTRY.replace("\"_fbp\", ", "").replace(
        "cookies = [\"_gcl_*\"]",
        "cookies = { _fbp = { path = \"/old\" }, \"_gcl_*\" = {} }",
    );
    let other = Policy::builder(Registry::from_toml(&other).unwrap()).clock(now).sweep().build();
    assert_eq!(browser.opens(&other, &[]), ["_fbp", "_ga"]);
}

#[test]
fn r19_a_memory_that_is_no_longer_needed_is_deleted() {
    let mut browser = Browser::who_chose("_ga=1", REFUSED);
    assert_eq!(browser.opens(&policy(), &[]), ["_ga"]);
    assert!(browser.cookies.iter().any(|(name, _)| name == MEMORY));
    browser.set("__Host-cookie_consent", &format!("version=7&time={NOW}&analytics=true"));
    assert_eq!(browser.opens(&policy(), &[]), [MEMORY]);
}

#[test]
fn r19_what_does_not_fit_goes_with_a_later_response() {
    let names: Vec<_> = (0..40).map(|n| format!("_ga_{n}")).collect();
    let cookies: Vec<_> = names.iter().map(|name| format!("{name}=1")).collect();
    let mut browser = Browser::who_chose(&cookies.join("; "), REFUSED);
    browser.host = "www.example.org";
    let mut all = Vec::new();
    loop {
        let mut headers = HeaderMap::new();
        policy().enforce(&policy().consent(&browser.request()), &mut headers);
        let lines: Vec<_> = headers.get_all(SET_COOKIE).iter().collect();
        let bytes: usize = lines.iter().map(|line| line.len() + "set-cookie: \r\n".len()).sum();
        assert!(lines.len() <= 32 && bytes <= 2_048, "{} lines, {bytes} bytes", lines.len());
        let deleted = browser.opens(&policy(), &[]);
        if deleted.is_empty() {
            break;
        }
        all.extend(deleted);
    }
    // This is the number of cookies for which one choice has room.
    assert_eq!(all, names[..32]);
}

#[test]
fn r19_a_name_of_which_no_line_fits_keeps_nothing_else_from_going() {
    let long = format!("_ga_{}", "x".repeat(2_000));
    let mut browser = Browser::who_chose(&format!("{long}=1; _ga=2"), REFUSED);
    assert_eq!(browser.opens(&policy(), &[]), ["_ga"]);
    assert_eq!(browser.opens(&policy(), &[]), [""; 0]);
}

#[test]
fn r19_the_consent_cookie_decides_how_the_memory_is_set() {
    let line = |policy: &Policy, dest| {
        let browser = Browser { dest, ..Browser::with("_fbp=1") };
        let mut headers = HeaderMap::new();
        policy.enforce(&policy.consent(&browser.request()), &mut headers);
        let line = set_cookies(&headers).pop().unwrap();
        let (name, rest) = line.split_once('=').unwrap();
        let (_, attributes) = rest.split_once("; ").unwrap();
        (name.to_owned(), attributes.to_owned())
    };
    let lives = "Max-Age=15552000";
    let attributes = |start: &str| format!("Path=/; HttpOnly; {start}; {lives}");
    let top = attributes("Secure; SameSite=Lax");
    assert_eq!(line(&policy(), "document"), (MEMORY.to_owned(), top));
    let framed = attributes("Secure; SameSite=None; Partitioned");
    assert_eq!(line(&policy(), "iframe"), (MEMORY.to_owned(), framed));
    let plain = super::site::registry().with_consent_cookie(|own| own.with_secure(false)).unwrap();
    let plain = Policy::builder(plain).sweep().build();
    let want = ("cookie_sweep".to_owned(), attributes("SameSite=Lax"));
    assert_eq!(line(&plain, "document"), want);
}

#[test]
fn r19_the_memory_is_not_swept_whatever_a_pattern_says() {
    let registry = REGISTRY.replace("\"_fbp\", ", "\"_fbp\", \"__Host-*\", ");
    let policy =
        Policy::builder(Registry::from_toml(&registry).unwrap()).clock(now).sweep().build();
    let mut browser = Browser { stuck: &["_fbp"], ..Browser::with("_fbp=1") };
    assert_eq!(browser.opens(&policy, &[]), ["_fbp"]);
    assert_eq!(browser.opens(&policy, &[]), [""; 0]);
}

#[test]
fn r19_only_a_policy_that_sweeps_does() {
    let registry = format!("{REGISTRY}\n[consent]\nsweep = true");
    let by_file = Policy::builder(Registry::from_toml(&registry).unwrap()).clock(now).build();
    assert!(by_file.sweeps() && policy().sweeps() && !super::site::policy().sweeps());
    let browser = || Browser::who_chose("_ga=1", REFUSED);
    assert_eq!(browser().opens(&by_file, &[]), ["_ga"]);
    assert_eq!(browser().opens(&super::site::policy(), &[]), [""; 0]);
    // This consent was read under another policy.
    let consent = super::site::policy().consent(&browser().request());
    let mut headers = HeaderMap::new();
    assert!(policy().enforce(&consent, &mut headers).swept().is_empty());
}

#[test]
fn r13_what_only_reports_tells_and_deletes_nothing() {
    let policy = builder().sweep().report_only().build();
    let mut headers = HeaderMap::new();
    let browser = Browser::who_chose("_ga=1", REFUSED);
    let report = policy.enforce(&policy.consent(&browser.request()), &mut headers);
    assert!(headers.is_empty());
    assert_eq!(report.swept().len(), 1);
    assert!(!report.is_unchanged() && report.is_report_only());
}

#[test]
fn r15_what_was_swept_is_told_without_values() {
    let policy = policy();
    let mut request =
        Browser { host: "www.example.org", ..Browser::who_chose("_ga=se.cret", REFUSED) }.request();
    let cookies = format!("{}; _hjsecret", request[COOKIE].to_str().unwrap());
    request.insert(COOKIE, HeaderValue::try_from(cookies).unwrap());
    let mut headers = HeaderMap::new();
    let report = policy.enforce(&policy.consent(&request), &mut headers);
    let [ga, nameless] = report.swept() else { panic!("{report:?}") };
    assert_eq!(
        (ga.name(), ga.category(), ga.service()),
        ("_ga", "analytics", Some("google-analytics"))
    );
    assert_eq!((ga.reason().as_str(), ga.lines()), ("refused", 3));
    assert_eq!(nameless.name(), "_hj*");
    let json = serde_json::to_string(&report).unwrap();
    let shown = format!("{report}{report:?}{json}");
    assert!(!shown.contains("secret") && !shown.contains("se.cret"), "{shown}");
    assert!(json.contains(r#""verdict":"sweep","reason":"refused","lines":3"#), "{json}");
    assert_eq!(
        report.to_string(),
        "_ga: sweep: the visitor refused it\n_hj*: sweep: the visitor refused it\n"
    );
    // The line without a name deletes every cookie without a name.
    assert!(set_cookies(&headers).contains(&"_hjsecret; Path=/; Max-Age=0".to_owned()));
}

#[test]
fn r19_without_a_header_map_the_lines_are_the_same() {
    let policy = policy();
    let browser = Browser::who_chose(ALL, REFUSED);
    let consent = policy.consent(&browser.request());
    let lines = ["theme=; Max-Age=0", "sid=1"];
    let mut headers = response(&lines);
    let report = policy.enforce(&consent, &mut headers);
    let sweep = policy.sweep(&consent, &lines, None);
    assert_eq!(sweep.cookies(), report.swept());
    let added: Vec<_> = headers.get_all(SET_COOKIE).iter().skip(2).collect();
    assert!(!added.is_empty() && sweep.lines().eq(added));
}

#[test]
fn r14_thousands_of_cookies_are_swept_in_no_time() {
    let cookies: Vec<_> = (0..20_000).map(|n| format!("_ga_{n}=1")).collect();
    let mut browser = Browser::who_chose(&cookies.join("; "), REFUSED);
    browser.host = "www.example.org";
    let request = browser.request();
    let own: Vec<_> = (0..20_000).map(|n| format!("_ga_{n}=; Max-Age=0")).collect();
    let own: Vec<_> = own.iter().map(String::as_str).collect();
    let start = std::time::Instant::now();
    let policy = policy();
    let mut headers = response(&own);
    policy.enforce(&policy.consent(&request), &mut headers);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn r19_storing_a_choice_and_sweeping_do_not_meet() {
    let policy = policy();
    let browser = Browser { host: "www.example.org", ..Browser::with("_ga=1; _fbp=2") };
    let consent = policy.consent(&browser.request());
    let choice = Choice::decided(policy.registry()).refuse_all();
    let mut headers = HeaderMap::new();
    consent.store(&choice).unwrap().append_to(&mut headers);
    let stored = set_cookies(&headers);
    let report = policy.enforce(&consent, &mut headers);
    assert_eq!(set_cookies(&headers), stored, "each is deleted once");
    assert!(report.swept().is_empty());
}

#[test]
fn r19_what_a_response_sets_in_vain_is_swept_all_the_same() {
    for (lines, deleted) in [
        (&["_ga=2; Max-Age=9"][..], &["_ga", "theme"][..]),
        (&["_ga=2", "sid=1", "theme=dark"], &["_ga", "theme"]),
        // This deletion is for one place, but the cookie may have another.
        (&["theme=; Max-Age=0"], &["theme", "_ga", "theme"]),
    ] {
        let mut browser = Browser::who_chose("_ga=1; theme=2", REFUSED);
        assert_eq!(browser.opens(&policy(), lines), deleted, "{lines:?}");
        assert!(!browser.cookies.iter().any(|(name, _)| name == "_ga" || name == "theme"));
    }
    // Even so, a response that stores the choice deletes the cookie.
    let mut browser = Browser::with("_ga=1");
    assert_eq!(browser.opens(&policy(), &[&choosing(REFUSED), "_ga=2"]), ["_ga"]);
}

#[test]
fn r19_of_a_cookie_with_more_places_than_fit_those_that_fit_are_reached() {
    let paths: Vec<_> = (0..20).map(|n| format!("\"/folder-{n}\"")).collect();
    let registry = format!(
        "version = '7'\n[categories.analytics]\nbasis = 'consent'\n\
         cookies = {{ _ga = {{ path = [{}] }}, _gid = {{}} }}",
        paths.join(", ")
    );
    let policy =
        Policy::builder(Registry::from_toml(&registry).unwrap()).clock(now).sweep().build();
    let refused = format!("version=7&time={NOW}&analytics=false");
    let browser = || {
        let mut browser = Browser::with("_ga=1; _gid=2");
        browser.set("__Host-cookie_consent", &refused);
        Browser { host: "www.example.org", ..browser }
    };
    let mut headers = HeaderMap::new();
    policy.enforce(&policy.consent(&browser().request()), &mut headers);
    let lines = set_cookies(&headers);
    assert!(lines[0].starts_with("_ga=; Path=/folder-0; "), "{lines:?}");
    let bytes: usize = lines.iter().map(|line| line.len() + "set-cookie: \r\n".len()).sum();
    assert!(lines.len() <= 32 && bytes <= 2_048, "{} lines, {bytes} bytes", lines.len());
    let mut swept = browser();
    let mut all = swept.opens(&policy, &[]);
    all.extend(swept.opens(&policy, &[]));
    assert_eq!(all, ["_ga", "_gid"], "each once");
    assert_eq!(swept.opens(&policy, &[]), [""; 0]);
    // Under a policy that sweeps, a visitor who withdraws must not keep more cookies.
    let withdrawn = policy.consent(&browser().request()).withdraw();
    assert!(withdrawn.iter().any(|line| line.as_bytes().starts_with(b"_ga=; ")));
}

#[test]
fn r19_r24_under_latest_an_account_does_not_speak_for_a_device_that_held_its_choice_back() {
    for (precedence, site, deleted) in [
        (AccountPrecedence::Latest, "cross-site", &["_fbp"][..]),
        (AccountPrecedence::Latest, "none", &["_ga", "_fbp"]),
        (AccountPrecedence::Account, "cross-site", &["_ga", "_fbp"]),
    ] {
        let policy = builder().sweep().account_precedence(precedence).build();
        let browser = Browser { site, ..Browser::with("_ga=1; _fbp=2") };
        let consent = policy.consent(&browser.request());
        consent.set_account_choice(&Choice::decided(policy.registry()).refuse_all());
        let report = policy.enforce(&consent, &mut HeaderMap::new());
        let swept: Vec<_> = report.swept().iter().map(|cookie| cookie.name().to_owned()).collect();
        assert_eq!(swept, deleted, "{precedence}, {site}");
    }
}

#[test]
fn r19_copies_of_the_memory_from_two_jars_are_both_remembered() {
    let mut browser =
        Browser { stuck: &["_ga", "_fbp"], ..Browser::who_chose("_ga=1; _fbp=2", REFUSED) };
    assert_eq!(browser.opens(&policy(), &[]), ["_ga", "_fbp"]);
    // A frame of the site left an older cookie in the other jar, which is sent first.
    let older = (MEMORY.to_owned(), "AAAABBBB.CCCCDDDD".to_owned());
    browser.cookies.insert(0, older);
    assert_eq!(browser.opens(&policy(), &[]), [""; 0]);
}

#[test]
fn r19_r23_a_response_to_which_lines_are_added_is_private() {
    let mut browser = Browser::who_chose("_ga=1", REFUSED);
    assert_eq!(browser.opens(&policy(), &[]), ["_ga"]);
    browser.set("__Host-cookie_consent", &format!("version=7&time={NOW}&analytics=true"));
    let mut headers = HeaderMap::new();
    let report = policy().enforce(&policy().consent(&browser.request()), &mut headers);
    assert!(set_cookies(&headers)[0].starts_with(MEMORY) && report.swept().is_empty());
    assert_eq!(headers["cache-control"], "private");
    assert!(report.is_for_one_visitor());
}

#[test]
fn r6_r19_a_layer_in_front_lets_the_memory_pass_if_it_declares_it() {
    let inside = policy();
    let browser = Browser::who_chose("_ga=1", REFUSED);
    let mut headers = HeaderMap::new();
    inside.enforce(&inside.consent(&browser.request()), &mut headers);
    for (cookies, passes) in [("[]", false), ("[\"__Host-cookie_sweep\"]", true)] {
        let registry = format!(
            "version = '1'\n[categories.essential]\nbasis = 'necessary'\ncookies = {cookies}"
        );
        let registry = Registry::from_toml(&registry).unwrap();
        let front = Policy::builder(registry).filter_requests(RequestFilter::All).build();
        let mut request = HeaderMap::new();
        let memory = format!("{MEMORY}=AAAABBBB.CCCCDDDD");
        request.insert(COOKIE, HeaderValue::try_from(&memory).unwrap());
        let consent = front.consent(&request);
        let mut response = headers.clone();
        front.enforce(&consent, &mut response);
        let left = set_cookies(&response);
        assert!(left.iter().any(|line| line.starts_with("_ga=; ")), "a deletion passes: {left:?}");
        assert_eq!(left.iter().any(|line| line.starts_with(MEMORY)), passes, "{left:?}");
        front.filter_request(&consent, &mut request);
        assert_eq!(request.contains_key(COOKIE), passes);
    }
}

#[test]
fn r2_r19_a_cookie_without_a_name_goes_by_the_name_that_it_looks_like() {
    let policy = policy();
    for (held, line) in [
        ("_ga", "_ga; Path=/; Max-Age=0"),
        ("=_ga=1", "_ga; Path=/; Max-Age=0"),
        ("=_ga", "_ga; Path=/; Max-Age=0"),
        ("_ga=", "_ga=; Path=/; Max-Age=0"),
    ] {
        let mut request = Browser::who_chose("sid=1", REFUSED).request();
        let cookies = format!("{}; {held}", request[COOKIE].to_str().unwrap());
        request.insert(COOKIE, HeaderValue::try_from(cookies).unwrap());
        let mut headers = HeaderMap::new();
        let report = policy.enforce(&policy.consent(&request), &mut headers);
        assert_eq!(report.swept().len(), 1, "{held}");
        assert_eq!(set_cookies(&headers)[0], line, "{held}");
    }
}

#[test]
fn r19_a_cookie_without_a_name_that_the_response_sets_is_not_deleted_with_another() {
    let policy = policy();
    let mut request = Browser::who_chose("sid=1", REFUSED).request();
    let cookies = format!("{}; _ga", request[COOKIE].to_str().unwrap());
    request.insert(COOKIE, HeaderValue::try_from(cookies).unwrap());
    for (lines, swept) in [
        // The browser has one place for a cookie without a name.
        (&["sid; Path=/"][..], 0),
        // These are stripped, delete, or have a name.
        (&["_gid; Path=/"], 1),
        (&["sid; Path=/; Max-Age=0"], 1),
        (&["sid=1"], 1),
        (&[], 1),
    ] {
        let report = policy.enforce(&policy.consent(&request), &mut response(lines));
        assert_eq!(report.swept().len(), swept, "{lines:?}");
    }
}

#[tokio::test]
async fn r19_r22_a_filter_before_leaves_the_sweep_what_it_was() {
    // More cookies than the filter remembers, and leftovers on both sides.
    let mut cookies: Vec<_> = (0..80).map(|n| format!("sid={n}")).collect();
    for (at, cookie) in [
        (0, "_ga"),
        (7, "theme=1"),
        (62, "_gid=1"),
        (63, "_fbp=1"),
        (64, "_hjid=2"),
        (70, "visits=1"),
    ] {
        cookies[at] = cookie.to_owned();
    }
    cookies[5] = format!("{MEMORY}=");
    let mut browser = Browser::who_chose("sid=1", REFUSED);
    // What is remembered is found behind the filter, too.
    browser.cookies.push(("visits".to_owned(), "1".to_owned()));
    browser.opens(&policy(), &[]);
    let (_, memory) = browser.cookies.iter().find(|(name, _)| name == MEMORY).unwrap();
    cookies[6] = format!("{MEMORY}={memory}");
    let mut head = browser.request();
    let line = format!("__Host-cookie_consent={}; {}", chosen(REFUSED), cookies.join("; "));
    head.insert(COOKIE, HeaderValue::try_from(line).unwrap());

    let mut want = HeaderMap::new();
    let told = policy().enforce(&policy().consent(&head), &mut want);
    assert_eq!(told.swept().len(), 5, "visits was swept before");
    for filter in [RequestFilter::Off, RequestFilter::Declared, RequestFilter::All] {
        for extensions in [false, true] {
            let policy = builder().sweep().filter_requests(filter).build();
            let layer = CookieConsentLayer::new(policy);
            let layer = layer.consent_extension(extensions).report_extension(extensions);
            let site = layer
                .layer(service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(()))));
            let mut request = Request::new(());
            *request.headers_mut() = head.clone();
            let answer = site.oneshot(request).await.unwrap();
            assert_eq!(set_cookies(answer.headers()), set_cookies(&want), "{filter}");
            let report = answer.extensions().get::<Report>();
            assert_eq!(report.map(Report::swept), extensions.then_some(told.swept()));
            let withheld = report.map_or(0, |report| report.withheld().len());
            let want = if filter == RequestFilter::Off || !extensions { 0 } else { 6 };
            // The memory is the site's own, and undeclared.
            let memories = 2 * usize::from(want > 0 && filter == RequestFilter::All);
            assert_eq!(withheld, want + memories, "{filter}");
        }
    }
}
