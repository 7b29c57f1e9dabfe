//! Tests R7 and R17: before a choice is stored, it can be asked what it will allow.

use http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use serde_json::{Value, json};
use tower_cookie_consent::registry::{Category, Combine, Service};
use tower_cookie_consent::{
    Choice, Consent, Gpc, OwnCookie, Policy, PolicyBuilder, Registry, source_fn,
};

use super::site::{NOW, carried, now, set_cookies};

const IDS: [&str; 7] = ["essential", "analytics", "matomo", "hotjar", "audience", "ads", "pixel"];

fn registry() -> Registry {
    let analytics = Category::consent("analytics").cookie("stats").refused_by_gpc(true);
    Registry::builder()
        .version("7")
        .category(Category::necessary("essential"))
        .category(analytics.service(Service::new("matomo")).service(Service::new("hotjar")))
        .category(Category::opt_out("audience"))
        .category(Category::prohibited("ads").service(Service::new("pixel")))
        .build()
        .unwrap()
}

fn builder() -> PolicyBuilder {
    Policy::builder(registry()).clock(now)
}

/// A source that grants or refuses `analytics`, as its cookie says.
fn banner() -> impl tower_cookie_consent::ConsentSource {
    source_fn(|request, registry| match request.cookie(b"banner").next() {
        Some(b"yes") => Choice::decided(registry).grant("analytics"),
        Some(b"no") => Choice::decided(registry).refuse("analytics"),
        _ => Choice::undecided(registry),
    })
}

/// Returns everything that a consent answers, except the time.
fn answers(consent: &Consent) -> (Vec<bool>, bool, Value) {
    let shown = serde_json::to_value(consent).unwrap();
    (IDS.map(|id| consent.allows(id)).to_vec(), consent.is_decided(), shown)
}

fn choices(registry: &Registry) -> [Choice; 7] {
    let decided = || Choice::decided(registry);
    [
        decided(),
        decided().grant_all(),
        decided().refuse_all(),
        decided().refuse_all().grant("analytics").refuse("hotjar"),
        decided().grant("matomo").grant("ads").grant("unknown"),
        // Storing a choice makes it decided, whatever it was before.
        Choice::undecided(registry).grant("analytics").refuse("audience"),
        decided().grant_all().under_version("old").made_at(std::time::SystemTime::UNIX_EPOCH),
    ]
}

#[test]
fn r17_a_choice_allows_what_it_will_allow_once_it_is_stored() {
    let policies = [
        ("the own cookie", builder().build()),
        ("gpc, own", builder().source(Gpc).source(OwnCookie).build()),
        ("own, gpc", builder().source(OwnCookie).source(Gpc).build()),
        ("own and a banner", builder().source(OwnCookie).source(banner()).build()),
        (
            "a banner first",
            builder().source(banner()).source(OwnCookie).combine(Combine::FirstDecided).build(),
        ),
        ("store-only", builder().store_only().build()),
    ];
    let headers = [("sec-gpc", "1"), ("cookie", "banner=yes"), ("cookie", "banner=no")];
    let old = format!("__Host-cookie_consent=version=7&time={NOW}&analytics=false");
    let requests = [None, Some(("cookie", old.as_str()))].into_iter().chain(headers.map(Some));
    for header in requests {
        for (name, policy) in &policies {
            let mut request = HeaderMap::new();
            if let Some((header, value)) = header {
                request.insert(header, HeaderValue::from_str(value).unwrap());
            }
            let consent = policy.consent(&request);
            let before = answers(&consent);
            for choice in choices(policy.registry()) {
                let ahead = consent.with(&choice);
                let next = policy.consent(&carrying(request.clone(), &consent, &choice));
                assert_eq!(answers(&ahead), answers(&next), "{name}, {header:?}, {choice:?}");
                assert_eq!(ahead.choice().time(), next.choice().time(), "{name}, {choice:?}");
            }
            assert_eq!(answers(&consent), before, "{name}: nothing was stored");
        }
    }
}

/// Returns the next request of a browser that stored the choice.
fn carrying(mut request: HeaderMap, consent: &Consent, choice: &Choice) -> HeaderMap {
    let lines = consent.store(choice).unwrap();
    let pair = carried(lines.iter().next().unwrap());
    let kept = request.get(COOKIE).is_some_and(|old| old.as_bytes().starts_with(b"banner"));
    if kept {
        request.append(COOKIE, pair)
    } else {
        request.insert(COOKIE, pair).is_some()
    };
    request
}

/// If the site stores the choice by itself, the source does not have it yet.
#[test]
fn r17_a_choice_stands_for_what_can_grant_where_the_own_cookie_is_not_read() {
    let banner_alone = builder().source(banner()).build();
    let gpc_first = builder().source(Gpc).source(banner()).combine(Combine::MostRestrictive);
    let mut request = HeaderMap::new();
    request.insert(COOKIE, HeaderValue::from_static("banner=no"));
    request.insert("sec-gpc", HeaderValue::from_static("1"));
    for (policy, analytics) in [(banner_alone, true), (gpc_first.build(), false)] {
        let consent = policy.consent(&request);
        let all = consent.with(&Choice::decided(policy.registry()).grant_all());
        assert_eq!(["analytics", "audience"].map(|id| all.allows(id)), [analytics, true]);
        let none = consent.with(&Choice::decided(policy.registry()).refuse_all());
        assert_eq!(["analytics", "audience"].map(|id| none.allows(id)), [false, false]);
    }
}

#[test]
fn r9_a_choice_that_was_asked_about_can_be_stored() {
    let policy = builder().store_only().build();
    let visitor = policy.consent(&HeaderMap::new());
    let all = Choice::decided(policy.registry()).grant_all();
    let mut headers = HeaderMap::new();
    visitor.with(&all).store(&all).unwrap().append_to(&mut headers);
    headers.append(SET_COOKIE, HeaderValue::from_static("stats=1"));
    policy.enforce(&visitor, &mut headers);
    assert_eq!(set_cookies(&headers).len(), 2, "{headers:?}");
}

#[test]
fn a_consent_serializes_to_what_each_id_is_allowed() {
    let policy = builder().build();
    let choice = Choice::decided(policy.registry()).grant("analytics").refuse("hotjar");
    let consent = policy.consent(&HeaderMap::new()).with(&choice);
    let category = |basis: &str, allowed: bool, decision: Value| json!({ "basis": basis, "allowed": allowed, "decision": decision });
    let service = |category: &str, basis: &str, allowed: bool, decision: Value| json!({ "category": category, "basis": basis, "allowed": allowed, "decision": decision });
    let want = json!({
        "decided": true,
        "version": "7",
        "time": NOW,
        "categories": {
            "essential": category("necessary", true, Value::Null),
            "analytics": category("consent", true, json!("granted")),
            "audience": category("opt-out", true, Value::Null),
            "ads": category("prohibited", false, Value::Null),
        },
        "services": {
            "matomo": service("analytics", "consent", true, json!("granted")),
            "hotjar": service("analytics", "consent", false, json!("refused")),
            "pixel": service("ads", "prohibited", false, Value::Null),
        },
    });
    assert_eq!(serde_json::to_value(&consent).unwrap(), want);
    let text = serde_json::to_string(&consent).unwrap();
    let places =
        ["essential", "analytics", "audience", "ads"].map(|id| text.find(&format!("\"{id}\":{{")));
    assert!(places.is_sorted() && places[0].is_some(), "in the registry's order: {text}");
}
