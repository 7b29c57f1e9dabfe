//! Regression tests for holes that were found in the sources of other guards: a cookie that passed
//! there, or a program that broke, must not do so here.

use axum::Router;
use axum::body::Body;
use axum::extract::Extension;
use axum::routing::get;
use http::header::{HeaderValue, LOCATION, SET_COOKIE};
use http::{Request, Response, StatusCode};
use tower_cookie_consent::Choice;
use tower_cookies::{Cookie, CookieManagerLayer, Cookies};

use crate::answer::{
    Lines, answer, carrying, deletions, left, left_under, page, policy_of, refused, who_chose,
};
use crate::site::{layer, policy, response, set_cookies, undecided, visitor};

async fn is_stripped(lines: Lines) {
    assert!(left(undecided(), lines).await.is_empty(), "{lines:?}");
    assert!(left(visitor(&[]), lines).await.is_empty(), "{lines:?}");
}

/// FAZ Cookie Manager, `is_cookie_deletion_header`: the first Max-Age
#[tokio::test]
async fn r4_a_deletion_before_a_longer_lifetime_is_none() {
    is_stripped(&["_ga=GA1.1; Max-Age=0; Max-Age=31536000"]).await;
    is_stripped(&["_fbp=fb.1; Path=/; max-age=-1; Max-Age=31536000; Secure"]).await;
}

/// FAZ Cookie Manager, `is_cookie_deletion_header`: the number
#[tokio::test]
async fn r4_a_fraction_of_a_second_is_no_deletion() {
    is_stripped(&["_ga=GA1.1; Max-Age=0.5", "_ga=GA1.1; Max-Age=0e9", "_ga=GA1.1; Max-Age=.0"])
        .await;
}

/// FAZ Cookie Manager, `is_cookie_deletion_header`: the date
#[tokio::test]
async fn r4_a_past_date_beside_a_max_age_is_no_deletion() {
    is_stripped(&["_ga=GA1.1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=31536000"]).await;
    is_stripped(&["_ga=GA1.1; Max-Age=31536000; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]).await;
}

/// FAZ Cookie Manager, `is_cookie_deletion_header`: the words
#[tokio::test]
async fn r4_a_word_for_a_past_day_is_no_deletion() {
    is_stripped(&["_ga=GA1.1; Expires=yesterday", "_ga=GA1.1; Expires=last monday"]).await;
    is_stripped(&["_ga=GA1.1; Expires=now", "_ga=GA1.1; Expires=-1 week"]).await;
}

/// FAZ Cookie Manager, `filter_outgoing_cookie_header_lines`
#[tokio::test]
async fn r2_a_line_without_a_name_is_judged_by_its_value() {
    is_stripped(&["_ga", "=_ga", "=_ga=GA1.1; Max-Age=60", " = _ga=GA1.1"]).await;
    is_stripped(&["unheard-of", "=", ""]).await;
}

const GOOGLE: &str = "
    version = '1'
    [categories.analytics]
    basis = 'consent'
    cookies = { _ga = '13 months', '_ga_*' = '13 months' }
";

/// django-cookie-consent, `CleanCookiesMiddleware.process_response`
#[tokio::test]
async fn r5_a_pattern_matches_the_cookies_that_it_was_written_for() {
    let google = policy_of(GOOGLE);
    let refuses = || who_chose(&google, &refused(&google));
    let grants = who_chose(&google, &refused(&google).grant("analytics"));
    let lines = &["_ga_ABC123=GS1.1", "_ga_=x"];
    assert!(left_under(&google, refuses(), lines).await.is_empty());
    assert_eq!(left_under(&google, grants, lines).await, lines);

    let deleted = deletions(&google, "_ga_ABC123=GS1.1; _gat=1", &refused(&google));
    assert_eq!(deleted, ["_ga_ABC123=; Path=/; Max-Age=0"]);
}

/// django-cookie-consent, `_should_delete_cookie`
#[tokio::test]
async fn r7_a_choice_of_another_version_grants_nothing() {
    let before = policy_of(GOOGLE);
    let everything = refused(&before).grant_all();
    for version in ["2", "0", "10", "1.0"] {
        let after = policy_of(&GOOGLE.replace("version = '1'", &format!("version = '{version}'")));
        let request = who_chose(&before, &everything);
        assert!(!after.consent(request.headers()).is_decided(), "{version}");
        assert!(left_under(&after, request, &["_ga=1"]).await.is_empty(), "{version}");
    }
    let request = who_chose(&before, &everything);
    assert_eq!(left_under(&before, request, &["_ga=1"]).await, ["_ga=1"]);
}

/// alkem-io/client-web, issue 10123: `includes` on what may be a string
#[tokio::test]
async fn r7_a_service_whose_name_is_part_of_another_is_not_granted_with_it() {
    let policy = policy_of(
        "version = '1'\n[categories.statistics]\nbasis = 'consent'\n\
         [categories.statistics.services]\n\
         saga = { cookies = ['saga_id'] }\nga = { cookies = ['_ga'] }\n",
    );
    let lines = &["saga_id=1", "_ga=1"];
    let saga = who_chose(&policy, &Choice::decided(policy.registry()).grant("saga"));
    assert_eq!(left_under(&policy, saga, lines).await, ["saga_id=1"]);
    let list = carrying(&[r#"__Host-cookie_consent=["saga"]"#]);
    assert!(left_under(&policy, list, lines).await.is_empty(), "nor is a list a choice");
}

/// Shopware 5, `CookieRemoveHandler::removeCookies`
#[tokio::test]
async fn r4_a_refused_cookie_that_is_set_beside_its_deletion_is_stripped() {
    let mut request = visitor::<Body>(&[]);
    request.headers_mut().append("cookie", HeaderValue::from_static("_ga=GA1.1"));
    let lines = &["_ga=GA1.2; Path=/", "_ga=; Max-Age=0; Path=/", "_ga=GA1.3; Path=/shop"];
    assert_eq!(left(request, lines).await, ["_ga=; Max-Age=0; Path=/"]);
}

/// Shopware 5, `CookieHandler::isCookieAllowedByPreferences`
#[tokio::test]
async fn r6_a_choice_cannot_move_a_cookie_into_a_necessary_category() {
    // The choice is decided and says nothing about any category, so the rest of it must not grant
    // one.
    let policy = policy();
    let silent = who_chose(&policy, &Choice::decided(policy.registry()));
    let stored = silent.headers()["cookie"].to_str().unwrap();
    for more in ["&essential=true", "&_ga=true", "&essential._ga=true", "&theme=essential"] {
        let request = carrying(&[&format!("{stored}{more}")]);
        assert!(policy.consent(request.headers()).is_decided(), "{more}");
        assert!(left(request, &["_ga=1", "theme=1"]).await.is_empty(), "{more}");
    }
}

/// Shopware 5, `CookieRemoveHandler::removeCookiesFromPreferences`; django-cookie-consent, `parse_cookie_str`
#[tokio::test]
async fn r14_a_malformed_choice_fails_no_request() {
    let malformed: [&[u8]; 8] =
        [b"null", b"[]", b"{\"groups\":1}", b"a|b", b"a=b=c|", b"\xff\xfe", b"%", b"&&==&time="];
    for value in malformed {
        let cookie = [b"__Host-cookie_consent=", value].concat();
        let mut request = Request::<Body>::default();
        request.headers_mut().insert("cookie", HeaderValue::from_bytes(&cookie).unwrap());
        let response = answer(page(&["sid=1", "theme=1"]).layer(layer()), request).await;
        assert_eq!(response.status(), StatusCode::OK, "{value:?}");
        assert_eq!(set_cookies(response.headers()), ["sid=1"], "{value:?}");
    }
}

/// rack-policy, `CookieLimiter#allowed?`: in the request
#[tokio::test]
async fn r7_a_consent_cookie_that_refuses_is_no_consent() {
    assert!(left(visitor(&[]), &["theme=1", "_ga=1"]).await.is_empty());
    for value in ["true", "false", "", "0", "wait"] {
        let request = carrying(&[&format!("__Host-cookie_consent={value}")]);
        assert!(left(request, &["theme=1", "_ga=1"]).await.is_empty(), "{value}");
    }
}

/// rack-policy, `CookieLimiter#allowed?`: in the response
#[tokio::test]
async fn r9_a_response_that_deletes_the_consent_cookie_is_no_consent() {
    let lines = &["__Host-cookie_consent=; Max-Age=0", "theme=1", "_ga=1"];
    for request in [undecided(), visitor(&["functional", "analytics"])] {
        assert_eq!(left(request, lines).await, lines[..1]);
    }
}

/// jostkleigrewe/cookie-consent-bundle, `ConsentCookieFilterListener`: redirects
#[tokio::test]
async fn r6_a_redirect_is_judged_like_any_other_response() {
    for status in [301, 302, 303, 307, 308] {
        let site = Router::new().route(
            "/",
            get(move || async move {
                let mut redirect = response::<Body>(&["sid=1", "theme=1"]);
                *redirect.status_mut() = StatusCode::from_u16(status).unwrap();
                redirect.headers_mut().insert(LOCATION, HeaderValue::from_static("/login"));
                redirect
            }),
        );
        let response = answer(site.layer(layer()), undecided()).await;
        assert_eq!(set_cookies(response.headers()), ["sid=1"], "{status}");
    }
}

/// jostkleigrewe/cookie-consent-bundle, `ConsentCookieFilterListener`: path and domain
#[tokio::test]
async fn r6_a_cookie_is_judged_by_its_name_wherever_it_lives() {
    is_stripped(&[
        "theme=1",
        "theme=1; Path=/",
        "theme=1; Path=/shop",
        "theme=1; Domain=example.org",
        "theme=1; Domain=.example.org; Path=/; Partitioned; Secure",
    ])
    .await;
}

/// ASP.NET Core, `ResponseCookiesWrapper`
#[tokio::test]
async fn r6_a_line_that_goes_past_the_cookie_manager_is_judged() {
    async fn both(cookies: Extension<Cookies>) -> Response<Body> {
        cookies.add(Cookie::new("theme", "managed"));
        let mut response = response(&["theme=by-hand"]);
        response.headers_mut().append(SET_COOKIE, HeaderValue::from_static("sid=by-hand"));
        response
    }
    let site = Router::new().route("/", get(both)).layer(CookieManagerLayer::new()).layer(layer());
    let response = answer(site, undecided()).await;
    assert_eq!(set_cookies(response.headers()), ["sid=by-hand"]);
}
