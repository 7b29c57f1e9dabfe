//! The forms: they store a choice and lead the visitor back.

use axum::body::Body;
use http::header::{COOKIE, HeaderValue, LOCATION};
use http::{Request, StatusCode};
use tower::ServiceExt;
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::{Choice, ConsentSource, OwnCookie, Policy, Registry, RequestHeaders};

use super::site::{REGISTRY, app, ask, of_visitor, policy, sent, stored, text};

const NONE: &str = "analytics=false&chat=false";

#[tokio::test]
async fn each_answer_is_stored_as_it_was_given() {
    for (body, want) in [
        ("choice=accept", "analytics=true&chat=true"),
        ("choice=refuse", NONE),
        ("choice=refuse&grant=analytics", NONE),
        ("choice=save", NONE),
        ("choice=save&grant=chat", "analytics=false&chat=true"),
        ("choice=save&grant=analytics", "analytics=true&chat=false"),
        ("choice=save&grant=matomo", "analytics=false&chat=false&matomo=true"),
        ("choice=save&grant=analytics&grant=matomo", "analytics=true&chat=false&hotjar=false"),
        ("choice=save&grant=advertising&grant=essential&grant=x", NONE),
        ("choice=accept&version=7&surface=banner&lang=fr", "analytics=true&chat=true"),
    ] {
        let response = ask(sent(body)).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{body}");
        assert_eq!(stored(&response).as_deref(), Some(want), "{body}");
    }
}

#[tokio::test]
async fn to_withdraw_deletes_the_choice_and_what_it_allowed() {
    let mut request = of_visitor(sent("choice=withdraw"), &["analytics"]);
    let cookies = request.headers()[COOKIE].to_str().unwrap().to_owned() + "; _pk_id=1; sid=2";
    request.headers_mut().insert(COOKIE, cookies.parse().unwrap());
    let response = ask(request).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let lines: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    let deletes = |name: &str| {
        lines.iter().any(|line| {
            let line = line.to_str().unwrap();
            line.starts_with(name) && line.contains("Max-Age=0")
        })
    };
    assert!(deletes("__Host-cookie_consent=") && deletes("_pk_id="), "{lines:?}");
    assert!(!deletes("sid="), "{lines:?}");
}

#[tokio::test]
async fn the_visitor_gets_back_to_where_they_came_from() {
    let referer = "https://shop.example/shop?page=2";
    let own = "/cookies?lang=en";
    for (body, referer, want) in [
        ("choice=refuse", Some(referer), "/shop?page=2"),
        ("choice=withdraw", Some(referer), "/shop?page=2"),
        ("choice=refuse&back=%2Fbasket", Some(referer), "/basket"),
        ("choice=refuse&back=%2F%2Fother.example", Some(referer), "/shop?page=2"),
        ("choice=refuse&back=https%3A%2F%2Fother.example", None, own),
        ("choice=refuse", Some("https://other.example/shop"), own),
        ("choice=refuse", Some("https://shop.example//other.example"), own),
        ("choice=refuse", None, own),
        ("choice=refuse&lang=fr", None, "/cookies?lang=fr"),
        ("choice=refuse&lang=tlh", None, own),
    ] {
        let mut request = sent(body);
        request.headers_mut().remove("referer");
        if let Some(referer) = referer {
            request.headers_mut().insert("referer", referer.parse().unwrap());
        }
        let response = ask(request).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{body}");
        assert_eq!(response.headers()[LOCATION], want, "{body} from {referer:?}");
    }
}

#[tokio::test]
async fn a_script_gets_the_choice_instead() {
    let mut request = sent("choice=save&grant=matomo");
    request.headers_mut().insert("accept", "application/json".parse().unwrap());
    let response = ask(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(stored(&response).is_some());
    let choice: serde_json::Value = serde_json::from_str(&text(response).await).unwrap();
    assert_eq!(choice["decided"], true);
    assert_eq!(choice["services"]["matomo"]["allowed"], true);
    assert_eq!(choice["categories"]["analytics"]["decision"], "refused");
}

#[tokio::test]
async fn nobody_consents_to_a_policy_that_they_were_not_shown() {
    for (body, want) in [
        ("choice=accept&version=6", None),
        ("choice=save&grant=chat&version=6", None),
        ("choice=accept&version=6&version=7", None),
        ("choice=accept&version=7&version=6", None),
        // A refusal counts from a form of an old version too, since it needs no knowledge of the
        // present policy.
        ("choice=refuse&version=6", Some(NONE)),
    ] {
        let response = ask(sent(body)).await;
        assert_eq!(stored(&response).as_deref(), want, "{body}");
        let status = if want.is_none() { StatusCode::CONFLICT } else { StatusCode::SEE_OTHER };
        assert_eq!(response.status(), status, "{body}");
        if want.is_none() {
            let page = text(response).await;
            assert!(
                page.contains("has changed since you were asked")
                    && page.contains("role=\"alert\"")
            );
            assert!(page.contains("<a href=\"/shop?page=2\">Back to"), "{page}");
        }
    }
    // A form of the pages themselves names their own address, and within it the address to which
    // that leads back.
    let own = "choice=save&version=6&back=%2Fcookies%3Flang%3Den%26back%3D%252Fbasket";
    let page = text(ask(sent(own)).await).await;
    assert!(page.contains("<a href=\"/basket\">Back to"), "{page}");

    let mut request = sent("choice=accept&version=6");
    request.headers_mut().insert("accept", "application/json".parse().unwrap());
    assert_eq!(ask(request).await.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_form_that_answers_nothing_stores_nothing() {
    for body in ["", "choice=", "choice=yes", "choice=accept&choice=refuse", "grant=analytics"] {
        let response = ask(sent(body)).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(stored(&response), None, "{body}");
    }
}

/// A policy of the mode store-only strips every line that carries a choice, except for those that
/// were written for this request.
#[tokio::test]
async fn r9_the_form_stores_the_choice_under_a_policy_that_lets_nothing_else() {
    let registry = policy().registry().clone();
    let pages = Pages::new(Policy::builder(registry).store_only());
    for (body, lines) in [("choice=accept", 1), ("choice=withdraw", 1)] {
        let response = app(&pages).oneshot(sent(body)).await.unwrap();
        let carries = |line: &&HeaderValue| line.as_bytes().starts_with(b"__Host-cookie_consent=");
        let sent = response.headers().get_all("set-cookie").iter().filter(carries).count();
        assert_eq!(sent, lines, "{body}");
    }
}

/// A source for a banner that is not the crate's, and that nobody has answered.
struct Elsewhere;

impl ConsentSource for Elsewhere {
    fn read(&self, _: &RequestHeaders, registry: &Registry) -> Choice {
        Choice::undecided(registry)
    }
}

/// The answer to the visitor and the record tell the choice that counts in the next request.
#[tokio::test]
async fn r17_no_choice_is_taken_that_the_policy_does_not_read() {
    let builder = || Policy::builder(policy().registry().clone());
    for (policy, kept) in [
        (builder().source(Elsewhere).build(), false),
        (builder().source(Elsewhere).source(OwnCookie).build(), true),
    ] {
        let (records, recorded) = std::sync::mpsc::channel();
        let pages = Pages::new(policy).on_choice(move |record| records.send(record).unwrap());
        let json = |method: &str, body: &'static str| {
            let request = Request::builder().method(method).uri("/cookies/choice");
            request.header("content-type", "application/json").body(Body::from(body)).unwrap()
        };
        let put = json("PUT", r#"{"decisions":{}}"#);
        for request in [sent("choice=refuse"), sent("choice=withdraw"), put, json("DELETE", "")] {
            let what = request.method().clone();
            let response = app(&pages).oneshot(request).await.unwrap();
            assert_eq!(response.status() != StatusCode::FORBIDDEN, kept, "{what}");
            assert_eq!(stored(&response).is_some(), kept, "{what}");
        }
        assert_eq!(recorded.try_iter().count(), if kept { 4 } else { 0 });
        // No page asks for a choice, either.
        for path in ["/", "/cookies"] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let html = text(app(&pages).oneshot(request).await.unwrap()).await;
            let asks = html.contains("type=\"checkbox\"") || html.contains("name=\"choice\"");
            assert_eq!(asks, kept, "{path}");
        }
    }
}

/// A browser's signal is heard after the choice as before it.
#[tokio::test]
async fn r17_what_the_browser_refuses_stays_refused() {
    let registry =
        REGISTRY.replace("basis = \"opt-out\"", "basis = \"opt-out\"\nrefused-by-gpc = true");
    let registry = format!("{registry}\n[consent]\nsources = [\"gpc\", \"own\"]\n");
    let pages = Pages::new(Registry::from_toml(&registry).unwrap());
    let mut request = sent("choice=accept");
    request.headers_mut().insert("sec-gpc", "1".parse().unwrap());
    request.headers_mut().insert("accept", "application/json".parse().unwrap());
    let response = app(&pages).oneshot(request).await.unwrap();
    let consent: serde_json::Value = serde_json::from_str(&text(response).await).unwrap();
    assert_eq!(consent["categories"]["analytics"]["allowed"], true, "{consent}");
    assert_eq!(consent["categories"]["chat"]["allowed"], false, "{consent}");
}
