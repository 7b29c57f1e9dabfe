//! The choice as JSON.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::registry::AccountPrecedence;
use tower_cookie_consent::{Choice, Policy, Registry};

use super::site::{REGISTRY, ask, of_visitor, stored, text};

fn request(method: &Method, body: impl Into<Body>) -> Request<Body> {
    let request = Request::builder().method(method).uri("/cookies/choice");
    request.header("content-type", "application/json").body(body.into()).unwrap()
}

fn put(body: &Value) -> Request<Body> {
    request(&Method::PUT, body.to_string())
}

/// The decisions on every category and service that asks.
fn decisions(consent: &Value) -> Value {
    let entries = [&consent["categories"], &consent["services"]];
    let entries = entries.into_iter().flat_map(|entries| entries.as_object().unwrap());
    let asks = |entry: &Value| entry["basis"] == "consent" || entry["basis"] == "opt-out";
    let asking = entries.filter(|(_, entry)| asks(entry));
    asking.map(|(id, entry)| (id.clone(), entry["decision"].clone())).collect()
}

#[tokio::test]
async fn a_script_reads_the_choice() {
    let undecided = ask(request(&Method::GET, "")).await;
    let undecided: Value = serde_json::from_str(&text(undecided).await).unwrap();
    let none = json!({ "analytics": null, "chat": null, "matomo": null, "hotjar": null });
    assert_eq!((&undecided["decided"], &undecided["time"]), (&json!(false), &Value::Null));
    assert_eq!(decisions(&undecided), none);
    assert_eq!(undecided["categories"]["chat"]["allowed"], true, "until it is refused");
    assert_eq!(undecided["categories"]["analytics"]["allowed"], false);

    let decided = ask(of_visitor(request(&Method::GET, ""), &["matomo"])).await;
    let decided: Value = serde_json::from_str(&text(decided).await).unwrap();
    assert_eq!((&decided["decided"], &decided["version"]), (&json!(true), &json!("7")));
    assert!(decided["time"].is_u64(), "{decided}");
    let want = json!({ "analytics": "refused", "chat": "refused", "matomo": "granted", "hotjar": "refused" });
    assert_eq!(decisions(&decided), want);
    assert_eq!(decided["services"]["matomo"]["allowed"], true);
}

#[tokio::test]
async fn a_script_stores_a_choice() {
    for (body, want) in [
        (json!({ "decisions": {} }), ""),
        (json!({ "decisions": { "analytics": "granted", "chat": null } }), "analytics=true"),
        (
            json!({ "version": "7", "decisions": { "matomo": "refused", "analytics": "granted" } }),
            "analytics=true&matomo=false",
        ),
        (
            json!({ "decided": true, "time": 1, "other": null, "decisions": { "chat": "refused" } }),
            "chat=false",
        ),
    ] {
        let response = ask(put(&body)).await;
        assert_eq!(response.status(), StatusCode::OK, "{body}");
        assert_eq!(stored(&response).as_deref(), Some(want), "{body}");
        let answer: Value = serde_json::from_str(&text(response).await).unwrap();
        assert_eq!(answer["decided"], true, "{body}");
        assert!(answer["time"].is_u64(), "{body}");
        for (id, decision) in body["decisions"].as_object().unwrap() {
            assert_eq!(&decisions(&answer)[id], decision, "{id} of {body}");
        }
    }
}

#[tokio::test]
async fn what_a_script_got_it_can_put_back() {
    let read = ask(of_visitor(request(&Method::GET, ""), &["matomo", "chat"])).await;
    let read: Value = serde_json::from_str(&text(read).await).unwrap();
    let put = put(&json!({ "version": read["version"], "decisions": decisions(&read) }));
    let response = ask(put).await;
    assert_eq!(response.status(), StatusCode::OK);
    let want = "analytics=false&chat=true&matomo=true&hotjar=false";
    assert_eq!(stored(&response).as_deref(), Some(want));
}

#[tokio::test]
async fn what_is_no_choice_is_not_stored() {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    for (body, status, says) in [
        ("", StatusCode::BAD_REQUEST, "no choice"),
        ("{", StatusCode::BAD_REQUEST, "no choice"),
        ("{\"decisions\":{}}{}", StatusCode::BAD_REQUEST, "no choice"),
        ("[]", unprocessable, "no choice"),
        ("{}", unprocessable, "decisions"),
        (r#"{"decisions":{"analytics":true}}"#, unprocessable, "no choice"),
        (r#"{"decisions":{"analytics":"yes"}}"#, unprocessable, "granted"),
        (r#"{"decisions":{"analytic":"granted"}}"#, unprocessable, "did you mean \"analytics\""),
        (r#"{"decisions":{"chat":"refused","chat":"granted"}}"#, unprocessable, "\"chat\""),
        (r#"{"decisions":{"chat":null,"chat":null}}"#, unprocessable, "twice"),
        (r#"{"decisions":{},"decisions":{}}"#, unprocessable, "decisions"),
        (r#"{"version":"7","version":"7","decisions":{}}"#, unprocessable, "version"),
        (r#"{"version":"6","decisions":{}}"#, StatusCode::CONFLICT, "\"7\""),
    ] {
        let response = ask(request(&Method::PUT, body)).await;
        assert_eq!(response.status(), status, "{body}");
        assert_eq!(stored(&response), None, "{body}");
        let text = text(response).await;
        assert!(text.contains(says), "{body}: {text}");
    }
}

#[tokio::test]
async fn a_script_withdraws_the_choice() {
    let response = ask(of_visitor(request(&Method::DELETE, ""), &["chat"])).await;
    assert_eq!(response.status(), StatusCode::OK);
    let lines: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert!(lines[0].to_str().unwrap().contains("Max-Age=0"), "{lines:?}");
    let answer: Value = serde_json::from_str(&text(response).await).unwrap();
    assert_eq!(answer["decided"], false);
}

/// A choice that is made while the visitor is logged in reaches the account as well, since the site
/// hears of it while the pages answer. So they answer as if the account had it already.
#[tokio::test]
async fn r24_the_answer_is_what_was_just_chosen_where_an_account_counts_too() {
    for precedence in [AccountPrecedence::Account, AccountPrecedence::Latest] {
        let registry = Registry::from_toml(REGISTRY).unwrap();
        let policy = Policy::builder(registry).account_precedence(precedence).build();
        for (request, decided, decision) in [
            (put(&json!({ "decisions": { "analytics": "refused" } })), true, json!("refused")),
            (put(&json!({ "decisions": { "chat": "granted" } })), true, Value::Null),
            (request(&Method::DELETE, ""), false, Value::Null),
        ] {
            let mut request = request;
            let consent = policy.consent(request.headers());
            let account = Choice::decided(policy.registry()).grant("analytics").refuse("chat");
            consent.set_account_choice(&account.made_at(std::time::SystemTime::now()));
            request.extensions_mut().insert(consent.clone());
            let response = Pages::new(policy.clone()).oneshot(request).await.unwrap();
            let body = axum::body::to_bytes(Body::new(response.into_body()), usize::MAX).await;
            let answer: Value = serde_json::from_slice(&body.unwrap()).unwrap();
            assert_eq!(answer["decided"], decided, "{precedence:?}: {answer}");
            assert_eq!(answer["categories"]["analytics"]["decision"], decision, "{answer}");
            assert!(consent.allows("analytics"), "what is asked of the request stays as it was");
        }
    }
}
