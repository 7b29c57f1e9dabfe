//! The site, walked through as a visitor.

use http::HeaderMap;
use tower_cookie_consent::{Choice, Policy, Registry, source_fn};

use test_support::process::{Server, policy};
use test_support::visitor::{Answer, Browser};

const KINDS: [&str; 5] = ["essential", "functional", "analytics", "advertising", "undeclared"];

const ESSENTIAL: [&str; 3] = ["auth_token", "csrf_token", "__stripe_mid"];
const FUNCTIONAL: [&str; 3] = ["cexro_language", "cexro_theme", "intercom-id-x1y2z3"];
const GOOGLE: [&str; 3] = ["_ga", "_ga_1A2B3C4D5E", "_gid"];
const HOTJAR: [&str; 2] = ["_hjid", "_hjIncludedInSessionSample"];

fn cexro() -> Registry {
    Registry::from_toml(&std::fs::read_to_string(policy("cexro")).unwrap()).unwrap()
}

/// Follows every link that sets cookies, and returns the names of those that left. None of them
/// lives longer than declared, whatever the visitor allows.
async fn set_all(browser: &Browser) -> Vec<String> {
    let everything = Policy::builder(cexro())
        .source(source_fn(|_, registry| Choice::decided(registry).grant_all()))
        .build();
    let mut names = Vec::new();
    for kind in KINDS {
        let answer = browser.get(&format!("/set/{kind}")).await;
        assert_eq!(answer.status, 200);
        let mut headers = answer.headers.clone();
        let report = everything.enforce(&everything.consent(&HeaderMap::new()), &mut headers);
        assert_eq!(report.changes().next(), None, "{:?}", answer.set_cookies());
        names.extend(answer.set_names().into_iter().map(str::to_owned));
    }
    names
}

/// Returns `true` if a box of the form is ticked.
fn ticked(page: &Answer, id: &str) -> bool {
    let start = page.body.find(&format!(r#"name="grant" value="{id}""#)).expect("a box");
    let input = &page.body[start..];
    input[..input.find('>').unwrap()].contains(" checked")
}

fn ticks(page: &Answer) -> Vec<&'static str> {
    let ids = ["analytics", "google-analytics", "hotjar", "functional", "intercom"];
    ids.into_iter().filter(|id| ticked(page, id)).collect()
}

#[tokio::test]
async fn without_a_choice_only_essential_cookies_leave() {
    let server = Server::start(env!("CARGO_BIN_EXE_site"));
    let browser = Browser::new(server.url());
    let page = browser.get("/?lang=en").await;
    assert!(page.body.contains("You have not chosen yet"));
    assert_eq!(ticks(&page), [""; 0], "nothing is ticked beforehand");
    assert_eq!(page.set_cookies(), [""; 0]);
    assert_eq!(set_all(&browser).await, ESSENTIAL);
}

#[tokio::test]
async fn each_link_says_what_it_attempted() {
    let server = Server::start(env!("CARGO_BIN_EXE_site"));
    let browser = Browser::new(server.url());
    for (kind, cookie) in
        [("analytics", "_ga="), ("advertising", "_fbp="), ("undeclared", "promo_seen=")]
    {
        assert!(browser.get(&format!("/set/{kind}")).await.body.contains(cookie), "{kind}");
    }
    let unknown = browser.get("/set/%3Cb%3E").await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.body.contains("analytics"), "{}", unknown.body);
    assert!(unknown.headers["content-type"].to_str().unwrap().starts_with("text/plain"));
}

#[tokio::test]
async fn what_the_form_allows_arrives_and_shows() {
    let server = Server::start(env!("CARGO_BIN_EXE_site"));
    let browser = Browser::new(server.url());

    let saved = browser.post("/consent", "grant=analytics").await;
    assert_eq!(saved.status, 303);
    assert_eq!(saved.set_names(), ["cookie_consent"]);
    assert_eq!(set_all(&browser).await, [&ESSENTIAL[..], &GOOGLE, &HOTJAR].concat());
    let page = browser.get("/?lang=en").await;
    assert_eq!(ticks(&page), ["analytics", "google-analytics", "hotjar"]);
    assert!(page.body.contains("<code>_ga_1A2B3C4D5E</code>"), "lists the cookies it was sent");

    browser.post("/consent/accept", "").await;
    let all = [&ESSENTIAL[..], &FUNCTIONAL, &GOOGLE, &HOTJAR].concat();
    assert_eq!(set_all(&browser).await, all, "advertising never, undeclared never");

    let refused = browser.post("/consent/refuse", "").await;
    assert_eq!(refused.set_cookies().len(), 9, "eight deletions and the choice");
    assert_eq!(ticks(&browser.get("/").await), [""; 0]);
    assert_eq!(set_all(&browser).await, ESSENTIAL);
    let left = ["__stripe_mid", "auth_token", "cookie_consent", "csrf_token"];
    assert_eq!(browser.cookies(), left, "what was allowed before is deleted");
}

/// Each row has what the page shows as ticked, what the visitor then ticks, and what they mean by it.
#[tokio::test]
async fn boxes_mean_what_people_expect() {
    const ALL: &str = "shown=analytics&shown=google-analytics&shown=hotjar";
    let server = Server::start(env!("CARGO_BIN_EXE_site"));
    let browser = Browser::new(server.url());
    for (name, shown, ticked, want) in [
        ("nothing", "", "", vec![]),
        ("the category alone", "", "grant=analytics", [&GOOGLE[..], &HOTJAR].concat()),
        ("a service alone", "", "grant=hotjar", HOTJAR.to_vec()),
        ("a category and one service", "", "grant=analytics&grant=hotjar", HOTJAR.to_vec()),
        ("takes the category away", ALL, "grant=google-analytics&grant=hotjar", vec![]),
        ("takes a service away", ALL, "grant=analytics&grant=google-analytics", GOOGLE.to_vec()),
        ("takes all away", ALL, "", vec![]),
        ("the rest too", "shown=hotjar", "grant=hotjar&grant=analytics", {
            [&GOOGLE[..], &HOTJAR].concat()
        }),
        ("leaves all", ALL, "grant=analytics&grant=google-analytics&grant=hotjar", {
            [&GOOGLE[..], &HOTJAR].concat()
        }),
        ("an unknown one", "", "grant=advertising&grant=nonsense", vec![]),
    ] {
        browser.post("/consent", format!("{shown}&{ticked}")).await;
        assert_eq!(browser.get("/set/analytics").await.set_names(), want, "{name}");
        assert_eq!(browser.get("/set/advertising").await.set_names(), [""; 0], "{name}");
    }
}

#[tokio::test]
async fn a_login_survives_every_choice() {
    let server = Server::start(env!("CARGO_BIN_EXE_site"));
    let browser = Browser::new(server.url());
    let login = browser.post("/login", "name=%3Cb%3EZo%C3%A9").await;
    assert_eq!(login.set_names(), ["cexro_session"]);
    assert!(!login.set_cookies()[0].contains("Max-Age"), "{:?}", login.set_cookies());

    let escaped = "<strong>&lt;b&gt;Zoé</strong>";
    assert!(browser.get("/").await.body.contains(escaped));
    for path in ["/consent/accept", "/consent/refuse", "/consent/withdraw"] {
        browser.post(path, "").await;
        assert!(browser.get("/").await.body.contains(escaped), "after {path}");
    }
    assert!(browser.get("/?lang=en").await.body.contains("You have not chosen yet"));
    assert_eq!(browser.cookies(), ["cexro_session"]);

    let logout = browser.post("/logout", "").await;
    assert_eq!(logout.set_names(), ["cexro_session"], "a deletion passes");
    assert_eq!(browser.cookies(), [""; 0]);
    assert!(!browser.get("/").await.body.contains(escaped));
}

#[tokio::test]
async fn it_speaks_the_visitors_language() {
    let server = Server::start(env!("CARGO_BIN_EXE_site"));
    let browser = Browser::new(server.url());
    assert!(browser.get("/").await.body.contains(r#"<html lang="fr">"#));
    assert!(browser.get("/").await.body.contains("30 jours"));
    let english = browser.get("/?lang=en").await.body;
    assert!(english.contains(r#"<html lang="en">"#) && english.contains("30 days"));
}

#[tokio::test]
async fn cookies_are_for_tls_unless_told_otherwise() {
    for (arguments, secure) in [(&[][..], true), (&["--insecure-cookies"][..], false)] {
        let server = Server::start_with(env!("CARGO_BIN_EXE_site"), arguments);
        let browser = Browser::new(server.url());
        for answer in [
            browser.post("/login", "name=a").await,
            browser.post("/consent/refuse", "").await,
            browser.get("/set/essential").await,
        ] {
            for line in answer.set_cookies() {
                assert_eq!(line.contains("; Secure"), secure, "{line}");
            }
        }
    }
}

#[tokio::test]
async fn no_other_site_consents_for_the_visitor() {
    let server = Server::start(env!("CARGO_BIN_EXE_site"));
    let browser = Browser::new(server.url());
    for path in ["/consent", "/consent/accept", "/login"] {
        let answer = browser.post_from_elsewhere(path, "grant=analytics&name=a").await;
        assert_eq!((answer.status, answer.set_cookies()), (403, vec![]), "{path}");
    }
}
