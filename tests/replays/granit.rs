//! Granit, `tests/Granit.Http.Cookies.Tests/`: a manager through which a site sets its cookies, and
//! the registry behind it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::get;
use http::StatusCode;
use http::header::SET_COOKIE;
use tower_cookie_consent::registry::{Category, Declaration};
use tower_cookie_consent::{Choice, Policy, Registry, StripReason, Verdict, source_fn};

use crate::answer::{answer, deletions, left_under, policy_of, refused, who_chose};
use crate::site::{layer, policy, registry, response, undecided};

const SITE: &str = "
    version = '1'

    [categories.strictly-necessary]
    basis = 'necessary'
    cookies = { session_id = '1 day' }

    [categories.preferences]
    basis = 'consent'
    cookies = { pref_cookie = '30 days', __Host-bff-admin = '30 days' }

    [categories.analytics]
    basis = 'consent'
    lifetime = '1 year'
    cookies = ['analytics_1', 'analytics_2']

    [categories.marketing]
    basis = 'consent'
    cookies = ['marketing_id']

    [categories.social]
    basis = 'consent'
";

fn site() -> Policy {
    policy_of(SITE)
}

/// Granit, `GranitCookieManagerTests`: `SetCookieAsync_RegisteredWithConsent_WritesCookie`
#[tokio::test]
async fn r6_a_declared_cookie_is_written_with_consent() {
    let site = site();
    let visitor = who_chose(&site, &refused(&site).grant("analytics"));
    assert_eq!(left_under(&site, visitor, &["analytics_1=abc123"]).await, ["analytics_1=abc123"]);
}

/// Granit, `GranitCookieManagerTests`: `SetCookieAsync_StrictlyNecessary_BypassesConsent`
#[tokio::test]
async fn r6_for_a_necessary_cookie_the_choice_is_not_even_read() {
    let reads = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&reads);
    let source = source_fn(move |_, registry| {
        counted.fetch_add(1, Ordering::Relaxed);
        Choice::undecided(registry)
    });
    let site = Policy::builder(site().registry().clone()).source(source).build();
    let lines = &["session_id=sess_xyz"];
    assert_eq!(left_under(&site, undecided(), lines).await, lines);
    assert_eq!(reads.load(Ordering::Relaxed), 0);
}

/// Granit, `GranitCookieManagerTests`: `SetCookieAsync_NoConsent_SkipsSilently`
#[tokio::test]
async fn r14_without_consent_the_cookie_is_missing_and_the_page_is_not() {
    let page = Router::new().route(
        "/",
        get(|| async { response::<()>(&["_ga=mkt_123"]).map(|()| Body::from("hello")) }),
    );
    let response = answer(page.layer(layer()), undecided()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!response.headers().contains_key(SET_COOKIE));
    assert_eq!(to_bytes(response.into_body(), 10).await.unwrap(), "hello");
}

/// Granit, `GranitCookieManagerTests`: `SetCookieAsync_Unregistered_ThrowsUnregisteredCookieException`
#[test]
fn r14_r15_an_undeclared_cookie_is_reported_and_no_error() {
    let mut set = response::<()>(&["unknown_cookie=value"]);
    let consent = policy().consent(undecided::<()>().headers());
    let report = policy().enforce(&consent, set.headers_mut());
    assert!(!set.headers().contains_key(SET_COOKIE));
    let [entry] = report.entries() else { panic!("{report:?}") };
    assert_eq!(entry.name(), "unknown_cookie");
    assert_eq!(entry.verdict(), Verdict::Strip { reason: StripReason::Undeclared });
}

/// Granit, `GranitCookieManagerTests`: `SetCookieAsync_SetsSecureAndSameSiteLax`
#[tokio::test]
async fn r21_a_cookie_is_given_secure_and_same_site() {
    let site = SITE
        .replace("{ session_id = '1 day' }", "['session_id']\nsecure = true\nsame-site = 'lax'");
    let left = left_under(&policy_of(&site), undecided(), &["session_id=abc; path=/"]).await;
    assert_eq!(left, ["session_id=abc; Secure; SameSite=Lax; path=/"]);
}

/// Granit, `GranitCookieManagerTests`: `SetCookieAsync_SetsMaxAgeFromRetentionDays`
#[tokio::test]
async fn r10_a_cookie_lives_no_longer_than_declared() {
    let site = site();
    let sets = async |line: &'static str| {
        let visitor = who_chose(&site, &refused(&site).grant("preferences"));
        left_under(&site, visitor, vec![line].leak()).await
    };
    let longer = sets("pref_cookie=value; max-age=2592001; secure; httponly").await;
    assert_eq!(longer, ["pref_cookie=value; Max-Age=2592000; secure; httponly"]);
    let within = "pref_cookie=value; max-age=2592000; secure; httponly";
    assert_eq!(sets(within).await, [within]);
    assert_eq!(sets("pref_cookie=value").await, ["pref_cookie=value"], "none is given a lifetime");
}

/// Granit, `GranitCookieManagerTests`: `DeleteCookie_UsesSameSiteAndPathFromDefinition`
#[test]
fn a_cookie_is_deleted_with_the_attributes_that_its_name_demands() {
    let site = site();
    let deleted = deletions(&site, "__Host-bff-admin=sess_123", &refused(&site));
    assert_eq!(deleted, ["__Host-bff-admin=; Path=/; Secure; Max-Age=0"]);
}

/// Granit, `GranitCookieManagerTests`: `RevokeCategoryAsync_DeletesAllCookiesInCategory`
#[test]
fn refusing_a_category_deletes_all_its_cookies_and_no_other() {
    let carried = "analytics_1=a; session_id=b; analytics_2=c; marketing_id=d";
    let site = site();
    let choice = refused(&site).grant_all().refuse("analytics");
    let want = ["analytics_1=; Path=/; Max-Age=0", "analytics_2=; Path=/; Max-Age=0"];
    assert_eq!(deletions(&site, carried, &choice), want);
}

/// Granit, `GranitCookieManagerTests`: `DeleteCookie_RegisteredCookie_DeletesCookie`
#[tokio::test]
async fn r4_a_declared_cookie_can_be_deleted() {
    let lines = &["pref_cookie=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"];
    assert_eq!(left_under(&site(), undecided(), lines).await, lines);
}

/// Granit, `GranitCookieManagerTests`: `DeleteCookie_Unregistered_ThrowsUnregisteredCookieException`
#[tokio::test]
async fn r4_an_undeclared_cookie_can_be_deleted() {
    let lines = &["unknown_cookie=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"];
    assert_eq!(left_under(&site(), undecided(), lines).await, lines);
}

/// Granit, `CookieRegistryTests`: `Register_AddsDefinition`
#[test]
fn a_declared_cookie_is_in_the_registry() {
    let category = Category::consent("analytics").cookie("test_cookie");
    let registry = Registry::builder().version("1").category(category).build().unwrap();
    assert!(registry.declaration(b"test_cookie").is_some());
}

/// Granit, `CookieRegistryTests`: `Register_DuplicateName_ReplacesDefinition`
#[test]
fn r5_a_cookie_that_is_declared_twice_is_an_error() {
    let analytics = Category::consent("analytics").cookie("test_cookie");
    let again = Declaration::new("test_cookie").lifetime("30 days");
    let marketing = Category::consent("marketing").cookie(again);
    let both = Registry::builder().version("1").category(analytics).category(marketing);
    let error = both.build().unwrap_err().to_string();
    assert!(error.contains("test_cookie"), "{error}");
}

/// Granit, `CookieRegistryTests`: `GetDefinition_ExistingCookie_ReturnsDefinition`
#[test]
fn the_declaration_of_a_cookie_says_what_was_declared() {
    let site = site();
    let declared = site.registry().declaration(b"session_id").unwrap();
    assert_eq!((declared.name(), declared.category().id()), ("session_id", "strictly-necessary"));
    assert_eq!(declared.max_lifetime().unwrap().to_string(), "1 day");
}

/// Granit, `CookieRegistryTests`: `GetDefinition_UnknownCookie_ReturnsNull`; `IsRegistered_ReturnsFalseForUnknown`
#[test]
fn an_undeclared_cookie_has_no_declaration() {
    assert!(site().registry().declaration(b"unknown").is_none());
}

/// Granit, `CookieRegistryTests`: `GetDefinition_IsCaseInsensitive`
#[tokio::test]
async fn r2_a_name_in_other_letters_is_another_name() {
    assert!(site().registry().declaration(b"SESSION_ID").is_none());
    assert!(left_under(&site(), undecided(), &["Session_Id=1"]).await.is_empty());
}

/// Granit, `CookieRegistryTests`: `GetByCategory_ReturnsMatchingCookies`
#[test]
fn the_cookies_of_a_category_are_those_declared_in_it() {
    assert_eq!(declared_in("analytics"), ["analytics_1", "analytics_2"]);
}

/// Granit, `CookieRegistryTests`: `GetByCategory_NoMatches_ReturnsEmpty`
#[test]
fn a_category_without_cookies_has_none() {
    assert!(declared_in("social").is_empty());
}

fn declared_in(category: &str) -> Vec<String> {
    let site = site();
    let category = site.registry().category(category).unwrap();
    category.declarations().map(|declaration| declaration.name().to_owned()).collect()
}

/// Granit, `CookieRegistryTests`: `IsRegistered_ReturnsTrueForRegistered`
#[test]
fn a_cookie_that_matches_a_declared_name_is_declared() {
    assert_eq!(registry().declaration(b"theme").unwrap().name(), "theme");
}

/// Granit, `CookieRegistryTests`: `GetAll_ReturnsAllRegistered`
#[test]
fn a_registry_lists_all_that_is_declared() {
    assert_eq!(site().registry().declarations().len(), 6);
}
