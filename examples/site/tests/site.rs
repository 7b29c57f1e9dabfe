//! The site, walked through as a visitor.

use std::fs;
use std::path::PathBuf;

use http::HeaderMap;
use serde_json::Value;
use tower_cookie_consent::{Choice, Policy, Registry, source_fn};

use test_support::process::{Server, policy};
use test_support::visitor::{Answer, Browser};

const ESSENTIAL: [&str; 3] = ["auth_token", "csrf_token", "__stripe_mid"];
const FUNCTIONAL: [&str; 3] = ["cexro_language", "cexro_theme", "intercom-id-x1y2z3"];
const GOOGLE: [&str; 3] = ["_ga", "_ga_1A2B3C4D5E", "_gid"];
const HOTJAR: [&str; 2] = ["_hjid", "_hjIncludedInSessionSample"];

/// A running site, with a file of records of its own.
struct Site {
    server: Server,
    policy: &'static str,
    records: PathBuf,
}

impl Site {
    fn start(test: &str) -> Self {
        Site::start_with(test, "cexro", &[])
    }

    fn start_with(test: &str, policy: &'static str, more: &[&str]) -> Self {
        let records = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.jsonl"));
        let _ = fs::remove_file(&records);
        let file = records.to_str().unwrap();
        let arguments = [&["--records", file, "--policy", policy], more].concat();
        let server = Server::start_with(env!("CARGO_BIN_EXE_site"), &arguments);
        Site { server, policy, records }
    }

    fn visitor(&self) -> Browser {
        Browser::new(self.server.url())
    }

    /// The records so far: what was decided, how, and where.
    fn records(&self) -> Vec<String> {
        let said = |line: &str| {
            let record: Value = serde_json::from_str(line).unwrap();
            let fields = ["how", "event_state", "surface", "language"];
            fields.map(|field| record[field].as_str().unwrap_or("-").to_owned()).join(" ")
        };
        fs::read_to_string(&self.records).unwrap().lines().map(said).collect()
    }

    fn registry(&self) -> Registry {
        Registry::from_toml(&fs::read_to_string(policy(self.policy)).unwrap()).unwrap()
    }

    /// Follows every link that sets cookies, and returns the names of those that left. None of them
    /// lives longer than declared, whatever the visitor allows.
    async fn set_all(&self, browser: &Browser) -> Vec<String> {
        let everything = Policy::builder(self.registry())
            .source(source_fn(|_, registry| Choice::decided(registry).grant_all()))
            .build();
        let mut names = Vec::new();
        let home = browser.get("/?lang=en").await.body;
        let links = home.split("href=\"").filter(|link| link.starts_with("/set/"));
        for link in links.map(|link| link.split('"').next().unwrap()) {
            let answer = browser.get(link).await;
            assert_eq!(answer.status, 200);
            let mut headers = answer.headers.clone();
            let report = everything.enforce(&everything.consent(&HeaderMap::new()), &mut headers);
            assert_eq!(report.changes().next(), None, "{:?}", answer.set_cookies());
            names.extend(answer.set_names().into_iter().map(str::to_owned));
        }
        names
    }
}

const BANNER: &str = "data-tcc-banner";

fn asks(page: &Answer) -> bool {
    page.body.contains(BANNER)
}

async fn choose(browser: &Browser, form: &str) -> Answer {
    let answer = browser.post("/cookies", format!("surface=banner&lang=fr&{form}")).await;
    assert_eq!(answer.status, 303, "{form}: {}", answer.body);
    answer
}

#[tokio::test]
async fn without_a_choice_only_essential_cookies_leave() {
    let site = Site::start("undecided");
    let browser = site.visitor();
    let page = browser.get("/?lang=en").await;
    assert!(asks(&page) && page.set_cookies().is_empty(), "{}", page.body);
    assert_eq!(site.set_all(&browser).await, ESSENTIAL);
    assert_eq!(site.records(), [""; 0]);
}

#[tokio::test]
async fn each_link_says_what_it_attempted() {
    let site = Site::start("attempts");
    let browser = site.visitor();
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

/// Jar, server and records agree each time.
#[tokio::test]
async fn what_is_chosen_arrives_shows_and_is_recorded() {
    let site = Site::start("choices");
    let browser = site.visitor();

    let saved = choose(&browser, "choice=save&grant=analytics").await;
    assert_eq!(saved.set_names(), ["cookie_consent"]);
    assert_eq!(site.set_all(&browser).await, [&ESSENTIAL[..], &GOOGLE, &HOTJAR].concat());
    let page = browser.get("/?lang=en").await;
    assert!(!asks(&page) && page.body.contains(">_ga_1A2B3C4D5E<"), "{}", page.body);

    choose(&browser, "choice=save&grant=hotjar").await;
    assert_eq!(site.set_all(&browser).await, [&ESSENTIAL[..], &HOTJAR].concat());

    choose(&browser, "choice=accept").await;
    let all = [&ESSENTIAL[..], &FUNCTIONAL, &GOOGLE, &HOTJAR].concat();
    assert_eq!(site.set_all(&browser).await, all, "advertising never, undeclared never");

    let refused = choose(&browser, "choice=refuse").await;
    assert_eq!(refused.set_cookies().len(), 9, "eight deletions and the choice");
    assert_eq!(site.set_all(&browser).await, ESSENTIAL);
    let left = ["__stripe_mid", "auth_token", "cookie_consent", "csrf_token"];
    assert_eq!(browser.cookies(), left, "what was allowed before is deleted");

    choose(&browser, "choice=withdraw").await;
    assert!(asks(&browser.get("/").await));
    assert_eq!(
        site.records(),
        [
            "saved given banner fr",
            "saved given banner fr",
            "accept-all given banner fr",
            "refuse-all refused banner fr",
            "withdrawn withdrawn banner fr",
        ]
    );
}

#[tokio::test]
async fn records_are_added_to_those_that_are_there() {
    let site = Site::start("added");
    choose(&site.visitor(), "choice=accept").await;
    let before = fs::read_to_string(&site.records).unwrap();
    let file = site.records.to_str().unwrap();
    let again = Server::start_with(env!("CARGO_BIN_EXE_site"), &["--records", file]);
    choose(&Browser::new(again.url()), "choice=refuse").await;
    let after = fs::read_to_string(&site.records).unwrap();
    assert!(after.starts_with(&before) && after.lines().count() == 2, "{after}");
}

#[tokio::test]
async fn a_login_survives_every_choice() {
    let site = Site::start("login");
    let browser = site.visitor();
    let login = browser.post("/login", "name=%3Cb%3EZo%C3%A9").await;
    assert_eq!(login.set_names(), ["cexro_session"]);
    assert!(!login.set_cookies()[0].contains("Max-Age"), "{:?}", login.set_cookies());

    let escaped = "<strong>&lt;b&gt;Zoé</strong>";
    assert!(browser.get("/").await.body.contains(escaped));
    for choice in ["accept", "refuse", "withdraw"] {
        choose(&browser, &format!("choice={choice}")).await;
        assert!(browser.get("/").await.body.contains(escaped), "after {choice}");
    }
    assert!(asks(&browser.get("/?lang=en").await));
    assert_eq!(browser.cookies(), ["cexro_session"]);

    let logout = browser.post("/logout", "").await;
    assert_eq!(logout.set_names(), ["cexro_session"], "a deletion passes");
    assert_eq!(browser.cookies(), [""; 0]);
    assert!(!browser.get("/").await.body.contains(escaped));
}

#[tokio::test]
async fn the_choice_of_an_account_follows_it() {
    let site = Site::start("account");
    let (desk, phone) = (site.visitor(), site.visitor());
    desk.post("/login", "name=Ada").await;
    choose(&desk, "choice=save&grant=analytics").await;

    assert!(asks(&phone.get("/").await));
    phone.post("/login?lang=en", "name=Ada").await;
    assert!(!asks(&phone.get("/").await));
    assert_eq!(site.set_all(&phone).await, [&ESSENTIAL[..], &GOOGLE, &HOTJAR].concat());
    assert_eq!(site.records().last().unwrap(), "account given login en");

    // The phone itself chose nothing, and nobody else's account has anything to do with Ada's.
    phone.post("/logout", "").await;
    assert!(asks(&phone.get("/").await));
    phone.post("/login", "name=Grace").await;
    assert!(asks(&phone.get("/").await));

    // To refuse reaches as far as to grant, and so does to withdraw.
    phone.post("/logout", "").await;
    phone.post("/login", "name=Ada").await;
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    choose(&phone, "choice=refuse").await;
    assert_eq!(site.set_all(&desk).await, ESSENTIAL);
    choose(&phone, "choice=withdraw").await;
    let elsewhere = site.visitor();
    elsewhere.post("/login", "name=Ada").await;
    assert!(asks(&elsewhere.get("/").await));
}

#[tokio::test]
async fn it_speaks_the_visitors_language() {
    let site = Site::start("languages");
    let browser = site.visitor();
    for (path, lang, direction, question, lifetime) in [
        ("", "fr", "ltr", "Pouvons-nous utiliser des cookies", "30 jours"),
        ("?lang=en", "en", "ltr", "Accept all", "30 days"),
        ("?lang=ar", "ar", "rtl", "عربية", "30"),
    ] {
        let home = browser.get(&format!("/{path}")).await.body;
        let html = format!("<html lang=\"{lang}\" dir=\"{direction}\">");
        assert!(home.contains(&html) && home.contains(BANNER), "{home}");
        let policy = browser.get(&format!("/cookies{path}")).await.body;
        assert!(policy.contains(&html) && policy.contains(lifetime), "{policy}");
        assert!(home.contains(question) || policy.contains(question), "{lang}");
    }
    // What the policy says stays French, and says so.
    let arabic = browser.get("/cookies?lang=ar").await.body;
    assert!(arabic.contains("<span lang=\"fr\" dir=\"auto\">Authentification sécurisée</span>"));
}

#[tokio::test]
async fn it_keeps_the_policy_of_the_other_site_too() {
    let site = Site::start_with("whispever", "whispever", &[]);
    let browser = site.visitor();
    let essential = ["auth-token", "csrf-token", "__stripe_mid"];
    assert_eq!(site.set_all(&browser).await, essential);
    choose(&browser, "choice=accept").await;
    let all = [&essential[..], &["language-preference", "theme-preference"]].concat();
    assert_eq!(site.set_all(&browser).await, all, "Matomo sets no cookie there");
    browser.post("/login", "name=Ada").await;
    assert!(browser.cookies().contains(&"session-id".to_owned()));
    let page = browser.get("/cookies").await.body;
    assert!(page.contains("Politique de Cookies") && page.contains("Matomo Analytics"), "{page}");
}

#[tokio::test]
async fn cookies_are_for_tls_unless_told_otherwise() {
    for (more, secure) in [(&[][..], true), (&["--insecure-cookies"][..], false)] {
        let site = Site::start_with(&format!("secure-{secure}"), "cexro", more);
        let browser = site.visitor();
        for answer in [
            browser.post("/login", "name=a").await,
            choose(&browser, "choice=refuse").await,
            browser.get("/set/essential").await,
        ] {
            assert!(!answer.set_cookies().is_empty());
            for line in answer.set_cookies() {
                assert_eq!(line.contains("; Secure"), secure, "{line}");
            }
        }
    }
}

#[tokio::test]
async fn no_other_site_consents_for_the_visitor() {
    let site = Site::start("elsewhere");
    let browser = site.visitor();
    for (path, form) in [("/cookies", "choice=accept"), ("/login", "name=a")] {
        let answer = browser.post_from_elsewhere(path, form).await;
        assert_eq!((answer.status, answer.set_cookies()), (403, vec![]), "{path}");
    }
    assert_eq!(site.records(), [""; 0]);
}
