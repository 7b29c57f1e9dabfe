//! The records of what visitors decide.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use http::Request;
use http::header::{COOKIE, HeaderValue};
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::{Choice, ConsentRecord, Policy, Registry};

use super::site::{REGISTRY, app, cookie, policy, sent, stored};

type Kept = Arc<Mutex<Vec<Value>>>;

/// The pages of a policy, and the records that they hand out.
fn recording(policy: Policy) -> (Pages, Kept) {
    let kept = Kept::default();
    let records = Arc::clone(&kept);
    let keep = move |record| records.lock().unwrap().push(serde_json::to_value(record).unwrap());
    (Pages::new(policy).on_choice(keep), kept)
}

async fn recorded(pages: &Pages, kept: &Kept, request: Request<Body>) -> Vec<Value> {
    let response = app(pages).oneshot(request).await.unwrap();
    let records = std::mem::take(&mut *kept.lock().unwrap());
    let carried = response.extensions().get::<ConsentRecord>();
    let carried: Vec<_> =
        carried.into_iter().map(|record| serde_json::to_value(record).unwrap()).collect();
    assert_eq!(records, carried, "the response carries it, too");
    records
}

fn json_request(method: &str, body: &'static str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri("/cookies/choice")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn each_decision_leaves_one_record_that_says_how_and_where() {
    let (pages, kept) = recording(policy());
    for (request, want) in [
        (sent("choice=accept&surface=banner&lang=fr"), ["accept-all", "given", "banner", "fr"]),
        (sent("choice=refuse&surface=banner&lang=ar"), ["refuse-all", "refused", "banner", "ar"]),
        (
            sent("choice=save&surface=preferences&lang=en"),
            ["saved", "refused", "preferences", "en"],
        ),
        (
            sent("choice=save&grant=matomo&surface=preferences"),
            ["saved", "given", "preferences", ""],
        ),
        (sent("choice=withdraw&lang=fr"), ["withdrawn", "withdrawn", "", "fr"]),
        // A record holds nothing but what the pages write into their forms.
        (sent("choice=accept&surface=x@example.org&lang=tlh"), ["accept-all", "given", "", ""]),
        (
            json_request("PUT", r#"{"decisions":{"chat":"granted"}}"#),
            ["saved", "given", "json", ""],
        ),
        (json_request("DELETE", ""), ["withdrawn", "withdrawn", "json", ""]),
    ] {
        let records = recorded(&pages, &kept, request).await;
        assert_eq!(records.len(), 1, "{want:?}");
        let said = ["how", "event_state", "surface", "language"];
        let said = said.map(|field| records[0][field].as_str().unwrap_or(""));
        assert_eq!(said, want, "{records:?}");
    }
}

#[tokio::test]
async fn a_record_says_what_was_decided_under_which_policy() {
    let (pages, kept) = recording(policy());
    let body = "choice=save&grant=analytics&grant=matomo&surface=preferences&lang=en&version=7";
    let mut request = sent(body);
    request.headers_mut().insert("x-forwarded-for", HeaderValue::from_static("192.0.2.7"));
    let records = recorded(&pages, &kept, request).await;
    let record = &records[0];
    assert_eq!(
        record["privacy_notice"],
        json!({ "version": "7", "updated": "2026-11-01", "fingerprint": pages.policy().registry().fingerprint() })
    );
    assert_eq!(
        record["purposes"],
        json!({
            "analytics": { "lawful_basis": "consent", "decision": "granted" },
            "chat": { "lawful_basis": "opt-out", "decision": "refused" },
        })
    );
    assert_eq!(
        record["services"],
        json!({
            "matomo": { "purpose": "analytics", "decision": "granted" },
            "hotjar": { "purpose": "analytics", "decision": "refused" },
        })
    );
    assert!(!record.to_string().contains("192.0.2.7"), "no address: {record}");

    let records = recorded(&pages, &kept, sent("choice=withdraw")).await;
    assert_eq!(records[0]["purposes"]["analytics"]["decision"], Value::Null);
}

#[tokio::test]
async fn what_is_not_stored_is_not_recorded() {
    let (pages, kept) = recording(policy());
    let mut foreign = sent("choice=accept");
    foreign.headers_mut().insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    for request in [
        sent("choice=accept&version=6"),
        sent("choice=maybe"),
        foreign,
        json_request("PUT", r#"{"decisions":{"nonsense":"granted"}}"#),
    ] {
        assert_eq!(recorded(&pages, &kept, request).await, [Value::Null; 0]);
    }
}

/// The id of a record is off by default, and each choice gets a new one.
#[tokio::test]
async fn the_consent_cookie_names_the_record_where_the_registry_says_so() {
    for (setting, carried) in [("", false), ("[consent]\nrecord-id = true\n", true)] {
        let policy = Policy::new(Registry::from_toml(&format!("{REGISTRY}{setting}")).unwrap());
        let (pages, kept) = recording(policy.clone());
        let response = app(&pages).oneshot(sent("choice=accept")).await.unwrap();
        let records = std::mem::take(&mut *kept.lock().unwrap());
        let value = stored(&response).unwrap();
        let id = records[0]["record_id"].as_str();
        assert_eq!(id.is_some(), carried);
        let in_cookie = value.split('&').find_map(|pair| pair.strip_prefix("record-id="));
        assert_eq!(in_cookie, id, "{value}");

        let mut request = sent("choice=withdraw");
        let line = cookie(&policy, &Choice::decided(policy.registry()).grant_all());
        let named = id.map_or(line.clone(), |id| format!("{line}&record-id={id}"));
        request.headers_mut().insert(COOKIE, named.parse().unwrap());
        let withdrawn = recorded(&pages, &kept, request).await;
        assert_eq!(withdrawn[0]["previous_record_id"].as_str(), id);
        assert_eq!(withdrawn[0]["record_id"].is_string(), carried);
        assert!(!carried || withdrawn[0]["record_id"].as_str() != id);
    }
}

/// A site that loses its database must not lose the visitor's choice with it.
#[tokio::test]
async fn a_handler_that_panics_loses_no_choice() {
    let pages = Pages::new(policy()).on_choice(|_| panic!("the record is lost"));
    for (request, want) in [
        (sent("choice=refuse"), "analytics=false&chat=false"),
        (json_request("PUT", r#"{"decisions":{"chat":"granted"}}"#), "chat=true"),
    ] {
        let response = app(&pages).oneshot(request).await.unwrap();
        assert!(response.status().is_success() || response.status() == 303);
        assert!(response.extensions().get::<ConsentRecord>().is_some(), "the response has it");
        assert_eq!(stored(&response).as_deref(), Some(want));
    }
    let response = app(&pages).oneshot(json_request("DELETE", "")).await.unwrap();
    assert_eq!(response.status(), 200);
}
