//! Shopware 5, `tests/Functional/Bundle/CookieBundle/Services/`.
//!
//! Its groups are our categories, and what it lets the visitor switch, each cookie by itself, are
//! our services.

use axum::body::Body;
use http::Request;
use http::header::HeaderMap;
use tower_cookie_consent::{Choice, Policy, Registry};

use crate::answer::{Lines, carrying, deletions, left_under, policy_of, refused, who_chose};
use crate::site::undecided;

const SHOP: &str = "
    version = '5.7'

    [categories.technical]
    basis = 'necessary'
    cookies = ['session-*', 'currency']

    [categories.comfort]
    basis = 'consent'
    [categories.comfort.services]
    notepad = { cookies = ['sUniqueID'] }
    filters = { cookies = ['filter'] }

    [categories.statistics]
    basis = 'consent'
    cookies = ['statistic']

    [categories.personalization]
    basis = 'consent'
    [categories.personalization.services]
    bar1 = { cookies = ['bar1'] }
    bar = { cookies = ['bar-*'] }
    bar3 = { cookies = ['bar3'] }
";

fn shop() -> Policy {
    policy_of(SHOP)
}

/// A visitor with preferences.
fn prefers(choose: fn(Choice) -> Choice) -> Request<Body> {
    let shop = shop();
    who_chose(&shop, &choose(Choice::decided(shop.registry())))
}

async fn sets(visitor: Request<Body>, lines: Lines) -> bool {
    let left = left_under(&shop(), visitor, lines).await;
    assert!(left.is_empty() || left == lines, "{left:?}");
    !left.is_empty()
}

/// Shopware 5, `CookieHandlerTest`: `testIsCookieAllowedByPreferencesReturnsTrueIsAllowed`
#[tokio::test]
async fn r6_a_cookie_whose_service_is_granted_is_allowed() {
    assert!(sets(prefers(|choice| choice.grant("notepad")), &["sUniqueID=foo"]).await);
}

/// Shopware 5, `CookieHandlerTest`: `testIsCookieAllowedByPreferencesReturnsFalseIsNotAllowed`
#[tokio::test]
async fn r6_a_cookie_whose_service_is_refused_is_not_allowed() {
    assert!(!sets(prefers(|choice| choice.refuse("notepad")), &["sUniqueID=foo"]).await);
}

/// Shopware 5, `CookieHandlerTest`: `testIsCookieAllowedByPreferencesReturnsFalseUnknownCookieNotTechnicallyRequired`
#[tokio::test]
async fn r7_without_preferences_a_statistics_cookie_is_not_allowed() {
    assert!(!sets(undecided(), &["statistic=1"]).await);
}

/// Shopware 5, `CookieHandlerTest`: `testIsCookieAllowedByPreferencesReturnsTrueUnknownCookieButTechnicallyRequired`
#[tokio::test]
async fn r5_r6_without_preferences_a_numbered_session_is_allowed() {
    assert!(sets(undecided(), &["session-2=1"]).await);
}

/// Shopware 5, `CookieHandlerTest`: `testIsCookieAllowedByPreferencesReturnsFalseUnknownCookie`
#[tokio::test]
async fn r6_a_cookie_that_nobody_declared_is_not_allowed() {
    assert!(!sets(undecided(), &["bar=1"]).await);
    assert!(!sets(prefers(Choice::grant_all), &["bar=1"]).await);
}

/// Shopware 5, `CookieHandlerTest`: `testIsCookieAllowedByPreferencesWorksWithRegex`
#[tokio::test]
async fn r5_a_name_that_matches_a_pattern_is_granted_with_it() {
    assert!(sets(prefers(|choice| choice.grant("bar")), &["bar-ABC=1"]).await);
    assert!(sets(prefers(|choice| choice.grant("bar")), &["bar-1=1"]).await, "any bytes");
}

/// Shopware 5, `CookieHandlerTest`: `testIsCookieAllowedByPreferencesReturnsTrueValidRegexSecondElement`
#[tokio::test]
async fn r6_a_grant_between_refusals_counts() {
    let visitor = prefers(|choice| choice.refuse("bar1").grant("bar").refuse("bar3"));
    assert!(sets(visitor, &["bar-ABC=1"]).await);
}

/// Shopware 5, `CookieHandlerTest`: `testIsCookieAllowedByPreferencesReturnsTrueTechnicallyRequiredButInactive`
#[tokio::test]
async fn r6_a_refusal_of_what_is_necessary_changes_nothing() {
    assert!(sets(prefers(|choice| choice.refuse("technical")), &["session-1=1"]).await);
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesRemovesAllNonTechnicallyRequiredCookiesNoPreferences`
#[tokio::test]
async fn r6_without_preferences_what_is_necessary_is_left() {
    let left = left_under(&shop(), undecided(), &["foo=x", "session-1=y", "sUniqueID=z"]).await;
    assert_eq!(left, ["session-1=y"]);
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesRemovesUnknownCookies`
#[tokio::test]
async fn r6_a_grant_of_something_unknown_lets_nothing_pass() {
    let shop = shop();
    let mut visitor = who_chose(&shop, &refused(&shop));
    let stored = visitor.headers()["cookie"].to_str().unwrap().to_owned();
    let more = format!("{stored}&unknown=true").parse().unwrap();
    visitor.headers_mut().insert("cookie", more);
    assert!(shop.consent(visitor.headers()).is_decided(), "the rest of the choice counts");
    assert!(left_under(&shop, visitor, &["unknown=foo"]).await.is_empty());
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesRemovesCookieInactiveNotRequired`
#[tokio::test]
async fn r6_a_refused_cookie_is_not_set_for_all_other_grants() {
    let visitor = prefers(|choice| choice.grant_all().refuse("notepad"));
    assert!(!sets(visitor, &["sUniqueID=foo"]).await);
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesDoesNotRemoveCookieInactiveButRequired`
#[tokio::test]
async fn r6_a_refused_necessary_cookie_is_set() {
    let visitor = prefers(|choice| choice.refuse_all().refuse("technical"));
    assert!(sets(visitor, &["currency=EUR"]).await);
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesDoesNotRemoveCookieActive`
#[tokio::test]
async fn r6_a_granted_cookie_is_set_for_all_other_refusals() {
    let visitor = prefers(|choice| choice.refuse_all().grant("notepad"));
    assert!(sets(visitor, &["sUniqueID=foo"]).await);
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesRemovesNewCookies`
#[tokio::test]
async fn r6_a_service_that_is_newer_than_the_choice_is_not_granted_by_another() {
    assert!(!sets(prefers(|choice| choice.grant("filters")), &["sUniqueID=foo"]).await);
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesRemovesCookiesFromBrowser`
#[tokio::test]
async fn storing_a_refusal_deletes_what_the_browser_holds() {
    let shop = shop();
    let deleted = deletions(&shop, "currency=EUR; sUniqueID=foo", &refused(&shop));
    assert_eq!(deleted, ["sUniqueID=; Path=/; Max-Age=0"]);
    let left = left_under(&shop, carrying(&["sUniqueID=foo"]), &["currency=EUR"]).await;
    assert_eq!(left, ["currency=EUR"], "other responses send none");
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesRemovesCookiesFromBrowserForAllPaths`
#[tokio::test]
async fn a_cookie_is_deleted_on_the_path_that_is_declared() {
    let place = "notepad = { cookies = { sUniqueID = { path = '/base_path' } } }";
    let shop = policy_of(&SHOP.replace("notepad = { cookies = ['sUniqueID'] }", place));
    let deleted = deletions(&shop, "sUniqueID=1", &refused(&shop));
    assert_eq!(deleted, ["sUniqueID=; Path=/base_path; Max-Age=0"]);
}

/// Shopware 5, `CookieRemoveHandlerTest`: `testRemoveCookiesFromPreferencesRemovesNotYetSetCookiesFromAllPaths`
#[tokio::test]
async fn r6_a_cookie_is_not_set_on_any_path() {
    let lines = &[
        "sUniqueID=foo; Path=/",
        "sUniqueID=foo; Path=/path",
        "sUniqueID=foo; Path=/path/",
        "sUniqueID=foo; Path=/virtual_url",
    ];
    assert!(!sets(undecided(), lines).await);
}

/// Shopware 5, `CookieCollectorTest`: `testCollectThrowsExceptionInvalidCookieType`
#[test]
fn r14_a_cookie_of_the_wrong_type_is_an_error_at_start_up() {
    let wrong = SHOP.replace("cookies = ['statistic']", "cookies = [{}]");
    assert!(toml::from_str::<Registry>(&wrong).is_err());
}

/// Shopware 5, `CookieCollectorTest`: `testCollectWorksWithCustomCookies`
#[test]
fn a_declared_cookie_is_found_in_its_category() {
    let shop = shop();
    let declared = shop.registry().declaration(b"bar-ABC").unwrap();
    assert_eq!(declared.name(), "bar-*");
    assert_eq!(declared.category().id(), "personalization");
}

/// Shopware 5, `CookieCollectorTest`: `testCollectCookieGroupsThrowsExceptionInvalidCookieGroupCollection`
#[test]
fn r14_a_category_of_the_wrong_type_is_an_error_at_start_up() {
    let wrong = format!("{SHOP}\n[categories]\nmore = 'consent'");
    assert!(toml::from_str::<Registry>(&wrong).is_err());
    assert!(toml::from_str::<Registry>("version = '1'\ncategories = { more = 1 }").is_err());
}

/// Shopware 5, `CookieCollectorTest`: `testCollectCookieGroupsWorksWithCustomGroups`
#[test]
fn a_site_may_add_a_category_of_its_own() {
    let more = format!("{SHOP}\n[categories.another]\nbasis = 'consent'\ntitle = 'Another'");
    let more = policy_of(&more);
    assert_eq!(more.registry().categories().len(), 5);
    assert!(!more.consent(&HeaderMap::new()).allows("another"));
}

/// Shopware 5, `CookieGroupCollectionTest`: `testGetGroupByName`
#[test]
fn a_category_is_found_by_its_id() {
    let shop = shop();
    for id in ["technical", "comfort", "statistics"] {
        assert_eq!(shop.registry().category(id).unwrap().id(), id);
    }
}

/// Shopware 5, `CookieGroupCollectionTest`: `testGetGroupByNameThrowsException`
#[test]
fn an_unknown_category_is_none_and_allows_nothing() {
    let shop = shop();
    assert!(shop.registry().category("baz").is_none());
    assert!(!shop.consent(prefers(Choice::grant_all).headers()).allows("baz"));
}

/// Shopware 5, `CookieCollectionTest`: `testHasCookieWithNameReturnsTrue`; `testGetCookieByNameReturnsCookie`
#[test]
fn every_declared_name_is_found() {
    let shop = shop();
    for name in ["currency", "sUniqueID", "statistic"] {
        assert_eq!(shop.registry().declaration(name.as_bytes()).unwrap().name(), name);
    }
}

/// Shopware 5, `CookieCollectionTest`: `testHasCookieWithNameReturnsFalse`; `testGetCookieByNameReturnsNull`
#[test]
fn a_name_that_is_not_declared_is_not_found() {
    for name in ["foo", "currency2", "curr", "session"] {
        assert!(shop().registry().declaration(name.as_bytes()).is_none(), "{name}");
    }
}
