//! The contents of the fragments and of the page.

use axum::body::Body;
use http::Request;
use http::header::{ACCEPT_LANGUAGE, COOKIE, HeaderMap};
use tower_cookie_consent::pages::{Closing, Pages};
use tower_cookie_consent::registry::Language;
use tower_cookie_consent::{Choice, Gpc, OwnCookie, Policy, Registry};

use super::site::{REGISTRY, ask, cookie, of_visitor, page, pages, policy, text};

fn undecided(policy: &Policy) -> tower_cookie_consent::Consent {
    policy.consent(&HeaderMap::new())
}

fn visitor(policy: &Policy, cookie: &str) -> tower_cookie_consent::Consent {
    let mut request = HeaderMap::new();
    request.insert(COOKIE, cookie.parse().unwrap());
    policy.consent(&request)
}

/// The opening tags of this name.
fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("<{name}");
    let tags = html.split(&start).skip(1).filter(|rest| !rest.starts_with(char::is_alphanumeric));
    tags.map(|rest| rest.split('>').next().unwrap()).collect()
}

#[test]
fn the_banner_asks_until_the_visitor_has_decided() {
    let pages = pages();
    let policy = pages.policy();
    assert!(!pages.banner(&undecided(policy), Language::ENGLISH).is_empty());
    for choice in [
        Choice::decided(policy.registry()).grant_all(),
        Choice::decided(policy.registry()).refuse_all(),
    ] {
        let consent = visitor(policy, &cookie(policy, &choice));
        assert!(pages.banner(&consent, Language::ENGLISH).is_empty());
    }
}

#[test]
fn to_accept_is_no_easier_than_to_refuse() {
    let pages = pages();
    let banner = pages.banner(&undecided(pages.policy()), Language::ENGLISH);
    let buttons = tags(banner.as_str(), "button");
    let of = |value: &str| {
        let value = format!("value=\"{value}\"");
        let found: Vec<_> = buttons.iter().filter(|button| button.contains(&value)).collect();
        assert_eq!(found.len(), 1, "{buttons:?}");
        found[0].split(" data-tcc-done").next().unwrap().replace(&value, "")
    };
    assert_eq!(of("accept"), of("refuse"), "but for what they say");
    assert!(!banner.as_str().contains("checked") && !banner.as_str().contains("autofocus"));
}

#[test]
fn to_close_the_banner_means_what_the_site_sets() {
    let policy = policy();
    let banner = |closing: Option<Closing>| {
        let pages = Pages::new(policy.clone());
        let pages = closing.map_or(pages.clone(), |closing| pages.closing(closing));
        String::from(pages.banner(&undecided(&policy), Language::ENGLISH))
    };
    let refusals = |html: &str| html.matches("value=\"refuse\"").count();
    let none = banner(None);
    assert_eq!(refusals(&none), 1);
    assert!(!none.contains("Continue without accepting") && !none.contains(">Close<"));
    let refuses = banner(Some(Closing::Refuses));
    assert_eq!(refusals(&refuses), 2);
    assert!(refuses.contains("Continue without accepting"));
    let decides_nothing = banner(Some(Closing::DecidesNothing));
    assert_eq!(refusals(&decides_nothing), 1);
    let close = "type=\"button\" data-tcc-hide hidden>Close<";
    assert!(decides_nothing.contains(close), "only where scripts run: {decides_nothing}");
}

/// The seeds promise that changes are announced in a banner.
#[test]
fn r7_who_is_asked_again_is_told_why() {
    let pages = pages();
    let policy = pages.policy();
    let new_version = "Our cookie policy has changed";
    let expired = "You chose a while ago";
    for (cookie, want) in [
        (
            "__Host-cookie_consent=version=6&time=1795262400&analytics=true&chat=false",
            Some(new_version),
        ),
        (
            "__Host-cookie_consent=version=7&time=1500000000&analytics=true&chat=false",
            Some(expired),
        ),
        ("sid=1", None),
    ] {
        let consent = visitor(policy, cookie);
        let shown = [
            String::from(pages.banner(&consent, Language::ENGLISH)),
            String::from(pages.preferences(&consent, Language::ENGLISH)),
        ];
        for html in shown {
            for said in [new_version, expired] {
                assert_eq!(html.contains(said), want == Some(said), "{cookie}: {html}");
            }
            assert!(!html.contains(" checked"), "nothing is ticked: {html}");
        }
        // The refusal still counts while the visitor is asked again.
        assert_eq!(consent.allows("chat"), want.is_none(), "{cookie}");
    }
}

/// A visitor who accepts all must not learn afterwards that less was accepted.
/// What is on until it is refused does not wait for the visitor's agreement, as the banner says of the others.
#[test]
fn the_banner_says_what_is_on_already() {
    let pages = pages();
    for language in Language::ALL {
        let banner = pages.banner(&undecided(pages.policy()), *language);
        let items: Vec<_> = banner.as_str().split("<li>").skip(1).collect();
        let [analytics, chat] = items[..] else { panic!("{items:?}") };
        assert!(!analytics.contains("tcc-fixed"), "{language}: {analytics}");
        assert!(chat.contains("tcc-fixed"), "{language}: {chat}");
    }
    let banner = pages.banner(&undecided(pages.policy()), Language::ENGLISH);
    assert!(banner.as_str().contains("On until you refuse them."), "{banner}");
}

#[test]
fn r17_what_stays_off_is_said_before_the_visitor_accepts() {
    let refuses = "refused-by-gpc = true\n";
    let registry = REGISTRY
        .replace("[categories.chat]\n", &format!("[categories.chat]\n{refuses}"))
        .replace("services.hotjar]\n", &format!("services.hotjar]\n{refuses}"));
    let builder = || Policy::builder(Registry::from_toml(&registry).unwrap());
    let mut gpc = HeaderMap::new();
    gpc.insert("sec-gpc", "1".parse().unwrap());
    for (policy, request, want) in [
        (builder().source(Gpc).source(OwnCookie).build(), &gpc, true),
        (builder().source(Gpc).source(OwnCookie).build(), &HeaderMap::new(), false),
        // In this order of sources, an answer lifts the browser's objection.
        (builder().source(OwnCookie).source(Gpc).build(), &gpc, false),
    ] {
        let pages = Pages::new(policy);
        let consent = pages.policy().consent(request);
        for html in [
            pages.banner(&consent, Language::ENGLISH),
            pages.preferences(&consent, Language::ENGLISH),
        ] {
            let html = html.as_str();
            let list = "<strong>hotjar</strong>, <strong>chat</strong></p>";
            assert_eq!(html.contains("Even if you accept"), want, "{html}");
            assert_eq!(html.contains(list), want, "{html}");
            // The page does not say that all was accepted, either.
            assert_eq!(html.contains("You have accepted all"), !want, "{html}");
        }
    }
}

#[tokio::test]
async fn nothing_is_shown_that_is_empty() {
    for html in [page("/").await, page("/cookies").await] {
        for element in ["p", "ul", "h2", "h3", "h4", "td", "strong", "legend"] {
            assert!(!html.contains(&format!("<{element}></{element}>")), "{element}: {html}");
        }
    }
}

#[tokio::test]
async fn only_what_the_visitor_allowed_is_ticked() {
    for (granted, want) in [
        (None, &[][..]),
        (Some(&[][..]), &[]),
        (Some(&["analytics"]), &["analytics", "matomo", "hotjar"]),
        (Some(&["matomo", "chat"]), &["matomo", "chat"]),
    ] {
        let request = Request::get("/cookies").body(Body::empty()).unwrap();
        let request = granted.map_or_else(
            || Request::get("/cookies").body(Body::empty()).unwrap(),
            |granted| of_visitor(request, granted),
        );
        let html = text(ask(request).await).await;
        let boxes =
            tags(&html, "input").into_iter().filter(|tag| tag.contains("type=\"checkbox\""));
        let value = |tag: &str| tag.split("value=\"").nth(1)?.split('"').next().map(str::to_owned);
        let (ticked, other): (Vec<_>, Vec<_>) = boxes.partition(|tag| tag.contains(" checked"));
        let ids: Vec<_> = ticked.iter().filter_map(|tag| value(tag)).collect();
        assert_eq!(ids, want, "{granted:?}");
        assert_eq!(ticked.len() + other.len(), 4, "one for each that asks");
        // The form says what was ticked, and a visitor without a choice has none to withdraw.
        let shown = tags(&html, "input").into_iter().filter(|tag| tag.contains("name=\"shown\""));
        let shown: Vec<_> =
            shown.filter(|tag| !tag.contains("disabled")).filter_map(value).collect();
        assert_eq!(shown, want, "{granted:?}");
        let withdraw =
            tags(&html, "button").into_iter().find(|tag| tag.contains("withdraw")).unwrap();
        assert_eq!(withdraw.contains(" hidden"), granted.is_none(), "{granted:?}");
    }
}

#[tokio::test]
async fn the_policy_page_says_all_that_is_declared() {
    let html = page("/cookies?lang=en").await;
    for said in [
        "Cookie policy",
        "Essentials",
        "Statistics",
        "Counting &lt;visits&gt;",
        "Matomo",
        "hotjar",
        "Example &amp; Sons",
        "_pk_*",
        "13 months",
        "_hj*",
        "chat",
        "_fbp",
        "sid",
        "2026-11-01",
        "__Host-cookie_consent",
        "6 months",
    ] {
        assert!(html.contains(said), "{said}");
    }
    // A prohibited cookie is shown without a lifetime, even if one is declared.
    assert!(!html.contains("90 days") && !html.contains(">3 months"));
    assert!(html.contains("Not used on this site."));
}

#[test]
fn what_the_registry_leaves_out_is_said_to_be_unstated() {
    let pages = pages();
    let table = pages.policy_page(Language::ENGLISH);
    let row = table.as_str().split("<tr").find(|row| row.contains(">chat</code>")).unwrap();
    let cells: Vec<_> = row.split("<td").skip(1).collect();
    assert!(cells.iter().skip(1).all(|cell| cell.contains(">not stated<")), "{row}");
}

#[test]
fn r19_the_policy_page_names_the_cookie_of_a_sweep() {
    let builder = || Policy::builder(Registry::from_toml(REGISTRY).unwrap());
    for (policy, sweeps) in [(builder().build(), false), (builder().sweep().build(), true)] {
        let html = String::from(Pages::new(policy).policy_page(Language::ENGLISH));
        assert_eq!(html.contains("__Host-cookie_sweep"), sweeps);
        assert_eq!(html.contains("Remembers which cookies were deleted"), sweeps);
    }
}

#[tokio::test]
async fn the_page_is_in_the_language_that_is_asked_for() {
    for (path, accept, want) in [
        ("/cookies", "fr-CA, en;q=0.5", "fr"),
        ("/cookies?lang=en", "fr", "en"),
        ("/cookies?lang=tlh", "fr", "fr"),
        ("/cookies", "tlh", "en"),
        ("/cookies", "", "en"),
    ] {
        let request =
            Request::get(path).header(ACCEPT_LANGUAGE, accept).body(Body::empty()).unwrap();
        let html = text(ask(request).await).await;
        let tag = tags(&html, "html")[0];
        assert!(tag.contains(&format!("lang=\"{want}\"")), "{path} {accept}: {tag}");
        let refuse = if want == "fr" { "Tout refuser" } else { "Refuse all" };
        assert!(html.contains(refuse), "{path} {accept}");
    }
}

#[test]
fn a_site_says_which_languages_it_has() {
    let mut french = HeaderMap::new();
    french.insert(ACCEPT_LANGUAGE, "fr".parse().unwrap());
    let mut german = HeaderMap::new();
    german.insert(ACCEPT_LANGUAGE, "en".parse().unwrap());
    let all = pages();
    assert_eq!(all.language(&french), Language::FRENCH);
    let one = pages().in_languages([Language::FRENCH]);
    assert_eq!(one.language(&german), Language::FRENCH);
    let none = pages().in_languages([]);
    assert_eq!(none.language(&HeaderMap::new()), Language::ENGLISH);
}

#[test]
fn texts_in_another_language_are_marked_with_it() {
    let pages = Pages::new(Registry::from_toml(REGISTRY).unwrap()).texts_in("en");
    let french = String::from(pages.policy_page(Language::FRENCH));
    let marked = "<span lang=\"en\" dir=\"auto\">";
    assert!(french.contains(&format!("{marked}Essentials</span>")), "{french}");
    assert!(french.contains("<h3>Statistiques</h3>"), "it has a French text: {french}");
    assert!(french.contains("<h4>hotjar</h4>"), "an id has no language: {french}");
    let english = String::from(pages.policy_page(Language::ENGLISH));
    assert!(!english.contains("<span lang"), "{english}");
}

#[test]
fn a_site_replaces_any_word_and_it_is_escaped() {
    let pages = pages().words(Language::FRENCH, |words| {
        words.refuse_all = "Non & <merci>".into();
    });
    let consent = undecided(pages.policy());
    let banner = String::from(pages.banner(&consent, Language::FRENCH));
    assert!(banner.contains("Non &amp; &lt;merci&gt;") && !banner.contains("<merci>"), "{banner}");
    assert!(pages.banner(&consent, Language::ENGLISH).as_str().contains("Refuse all"));
}

#[tokio::test]
async fn the_page_leads_back_to_the_site_alone() {
    for (query, referer, want) in [
        ("", Some("https://shop.example/a?b=1&c=2"), Some("/a?b=1&amp;c=2")),
        ("?back=/basket", Some("https://shop.example/a"), Some("/basket")),
        ("?back=//other.example", None, None),
        ("?back=javascript:alert(1)", None, None),
        ("", Some("https://shop.example/cookies?lang=fr"), None),
        ("", Some("https://other.example/a"), None),
        ("", None, None),
    ] {
        let request = Request::get(format!("/cookies{query}")).header("host", "shop.example");
        let request =
            referer.into_iter().fold(request, |request, from| request.header("referer", from));
        let html = text(ask(request.body(Body::empty()).unwrap()).await).await;
        let link = html
            .split("</a>")
            .find_map(|part| part.strip_suffix(">Back to the page you came from"));
        let href = link
            .and_then(|part| part.rsplit("href=\"").next())
            .and_then(|href| href.split('"').next());
        assert_eq!(href, want, "{query} from {referer:?}");
    }
}

#[test]
fn r8_the_policy_page_names_the_cookie_of_the_choice_where_it_is_read() {
    let categories = "[categories.analytics]\nbasis = 'consent'\ncookies = ['_ga']\n";
    let necessary = "[categories.essential]\nbasis = 'necessary'\ntitle = 'Needed'\n";
    let declared =
        "[cookies]\n__Host-cookie_consent = { category = 'essential', purpose = 'Ours' }\n";
    for (registry, shows, before) in [
        // Without a necessary category, it stands before all categories.
        (format!("version = '1'\n{categories}"), 1, Some(">analytics<")),
        (format!("version = '1'\n{categories}{necessary}"), 1, None),
        (format!("version = '1'\n{necessary}{categories}"), 1, Some(">analytics<")),
        (format!("version = '1'\n{necessary}{categories}{declared}"), 1, Some("Ours")),
        // Where another source is read, nothing stores the crate's own cookie.
        (
            format!("version = '1'\nconsent.sources = ['cookieyes']\n{necessary}{categories}"),
            0,
            None,
        ),
        (format!("version = '1'\nconsent.sources = ['cookieyes']\n{categories}"), 0, None),
    ] {
        let pages = Pages::new(Registry::from_toml(&registry).unwrap());
        let html = String::from(pages.policy_page(Language::ENGLISH));
        let shown: Vec<_> = html.match_indices("__Host-cookie_consent<").collect();
        assert_eq!(shown.len(), shows, "{registry}: {html}");
        if let (Some(before), Some((at, _))) = (before, shown.first()) {
            assert!(html[*at..].contains(before) && !html[..*at].contains(before), "{html}");
        }
        assert_eq!(
            html.matches("<p class=\"tcc-fixed\">Always on").count(),
            usize::from(registry.contains("necessary") || shows > 0)
        );
    }
}

/// A site that sets only necessary cookies has no choice to offer, and stores none.
#[test]
fn a_site_that_asks_nothing_speaks_of_no_choice() {
    let registry = "version = '1'\n[categories.essential]\nbasis = 'necessary'\ncookies = ['sid']\n\
                    [categories.ads]\nbasis = 'prohibited'\ncookies = ['_fbp']\n";
    let policy = Policy::new(Registry::from_toml(registry).unwrap());
    let (pages, consent) = (Pages::new(policy.clone()), undecided(&policy));
    assert_eq!(pages.preferences(&consent, Language::ENGLISH).as_str(), "");
    assert_eq!(pages.banner(&consent, Language::ENGLISH).as_str(), "");
    let tables = pages.policy_page(Language::ENGLISH);
    for (said, is_said) in [("sid", true), ("_fbp", true), ("__Host-cookie_consent", false)] {
        assert_eq!(tables.as_str().contains(said), is_said, "{said}");
    }
}
