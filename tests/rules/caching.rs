//! Tests R23: the headers that tell shared caches what they may keep.

use http::HeaderName;
use http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, VARY};
use tower_cookie_consent::{Consent, Gpc, OwnCookie, Policy, Registry};

use super::site::{
    REGISTRY, builder, choosing, policy, request, response, set_cookies, undecided, values, visitor,
};

/// Judges a response with these lines, which the site marks as public, and returns its headers for
/// caches.
fn told(policy: &Policy, grants: &str, lines: &[&str]) -> HeaderMap {
    let consent = if grants.is_empty() { undecided(policy) } else { visitor(policy, grants) };
    let mut headers = response(lines);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    policy.enforce(&consent, &mut headers);
    headers
}

const PUBLIC: &str = "public, max-age=60";
const PRIVATE: &str = "private, max-age=60";

#[test]
fn r23_what_was_changed_or_passed_by_the_choice_is_private() {
    let stores = choosing("analytics=true");
    for (grants, lines, want) in [
        // These set nothing, or a cookie that every visitor gets.
        ("", &[][..], PUBLIC),
        ("", &["sid=1"], PUBLIC),
        ("analytics=true", &["sid=1", "auth=1; Max-Age=60"], PUBLIC),
        ("", &["sid=; Max-Age=0", "auth=; Max-Age=0"], PUBLIC),
        // These are stripped: undecided, refused, prohibited, undeclared.
        ("", &["_ga=1"], PRIVATE),
        ("analytics=false", &["sid=1", "_ga=1"], PRIVATE),
        ("analytics=true", &["_fbp=1"], PRIVATE),
        ("", &["unheard-of=1"], PRIVATE),
        // This one is shortened.
        ("", &["sid=1; Max-Age=60"], PRIVATE),
        ("", &["_ga=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; é"], PRIVATE),
        // These pass because of the choice, or because there is no refusal.
        ("analytics=true", &["_ga=1"], PRIVATE),
        ("analytics=true", &["visits=1"], PRIVATE),
        // These are the choice itself, and a deletion after an earlier one.
        ("", &[&stores], PRIVATE),
        ("", &["_ga=; Max-Age=0"], PRIVATE),
        ("", &["unheard-of=; Max-Age=0"], PRIVATE),
    ] {
        let headers = told(&policy(), grants, lines);
        assert_eq!(values(&headers, &CACHE_CONTROL), [want], "{grants:?}: {lines:?}");
        assert_eq!(values(&headers, &VARY), ["accept-encoding"], "{lines:?}: nobody asked");
    }
}

#[test]
fn r23_what_is_kept_unchecked_is_left_as_if_the_layer_were_not_there() {
    let file = REGISTRY.replacen("version", "undeclared = \"keep-unchecked\"\nversion", 1);
    let policy = Policy::new(Registry::from_toml(&file).unwrap());
    let headers = told(&policy, "", &["unheard-of=1; Max-Age=99999999"]);
    assert_eq!(values(&headers, &CACHE_CONTROL), [PUBLIC]);
}

#[test]
fn r23_the_site_can_turn_it_off() {
    let file = |said: &str| {
        Registry::from_toml(&format!("{REGISTRY}\n[consent]\ntell-caches = {said}")).unwrap()
    };
    for (policy, want) in [
        (builder().build(), PRIVATE),
        (builder().tell_caches(false).build(), PUBLIC),
        (Policy::new(file("true")), PRIVATE),
        (Policy::new(file("false")), PUBLIC),
        (Policy::builder(file("false")).tell_caches(true).build(), PRIVATE),
        (Policy::builder(file("true")).tell_caches(false).build(), PUBLIC),
    ] {
        let headers = told(&policy, "", &["_ga=1"]);
        assert_eq!(values(&headers, &CACHE_CONTROL), [want]);
        assert!(set_cookies(&headers).is_empty());
        assert_eq!(policy.tells_caches(), want == PRIVATE);
        let consent = undecided(&policy);
        let _ = consent.allows("analytics");
        let mut headers = HeaderMap::new();
        policy.enforce(&consent, &mut headers);
        assert_eq!(headers.contains_key(VARY), want == PRIVATE);
    }
}

#[test]
fn r13_r23_report_only_says_who_it_is_for_and_changes_nothing() {
    let policy = builder().report_only().build();
    for (lines, personal) in [(&["sid=1"][..], false), (&["sid=1", "_ga=1"], true)] {
        let consent = undecided(&policy);
        assert!(!consent.is_decided());
        let mut headers = response(lines);
        let before = headers.clone();
        let report = policy.enforce(&consent, &mut headers);
        assert_eq!(headers, before);
        assert_eq!(report.is_for_one_visitor(), personal);
        let judged = policy.judge(&consent, lines, None);
        assert_eq!(judged.is_for_one_visitor(), personal);
    }
}

#[test]
fn r23_a_response_varies_by_what_the_sources_read_where_the_consent_was_asked() {
    let policy = builder().source(Gpc).source(OwnCookie).build();
    let asked = |ask: fn(&Consent) -> bool, vary: &'static str| {
        let consent = policy.consent(&request(&[]));
        let _ = ask(&consent);
        let mut headers = HeaderMap::new();
        if !vary.is_empty() {
            headers.insert(VARY, HeaderValue::from_static(vary));
        }
        policy.enforce(&consent, &mut headers);
        assert!(!headers.contains_key(CACHE_CONTROL));
        values(&headers, &VARY).join("; ")
    };
    assert_eq!(asked(|_| true, ""), "");
    assert_eq!(asked(Consent::is_decided, ""), "cookie, sec-gpc");
    assert_eq!(asked(|consent| consent.choice().is_decided(), "*"), "*");
    assert_eq!(asked(|consent| consent.allows("analytics"), "Cookie"), "Cookie, sec-gpc");
    // The answer is the same for everybody.
    assert_eq!(asked(|consent| consent.allows("essential"), ""), "");
    assert_eq!(asked(|consent| consent.allows("advertising"), ""), "");
    assert_eq!(asked(|consent| format!("{consent:?}").is_empty(), ""), "");
}

/// A response that renews the choice is judged by it, but the application did not ask for it.
#[test]
fn r23_judging_is_not_asking() {
    let policy = policy();
    let mut headers = response(&["_ga=1", &choosing("analytics=true"), "theme=1"]);
    policy.enforce(&undecided(&policy), &mut headers);
    assert_eq!(values(&headers, &VARY), [""; 0]);
    let name = HeaderName::from_static("cdn-cache-control");
    headers.insert(&name, HeaderValue::from_static("max-age=60"));
    policy.enforce(&undecided(&policy), &mut headers);
    assert_eq!(values(&headers, &name), ["private, max-age=60"]);
}
