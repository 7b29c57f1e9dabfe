//! ASP.NET Core, `src/Security/CookiePolicy/test/CookieConsentTests.cs`.
//!
//! Its one kind of consent is our category `functional`; what it calls essential is `sid`.

use std::time::SystemTime;

use axum::Router;
use axum::body::Body;
use axum::extract::Extension;
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use http::header::HeaderMap;
use http::{Method, Request, Response};
use tower_cookie_consent::registry::{Category, ConsentCookie, SameSite};
use tower_cookie_consent::{
    Choice, Consent, ConsentSource, CookieConsentLayer, Policy, Registry, RequestHeaders,
};

use crate::answer::{answer, carrying, left, left_under, owned};
use crate::site::{EVERY_KIND, builder, layer, policy, response, set_cookies, undecided, visitor};

fn functional(consent: &Consent) -> Choice {
    Choice::decided(consent.registry()).refuse_all().grant("functional")
}

/// Grants, and sets a cookie that the grant is about.
async fn grant(Extension(consent): Extension<Consent>) -> Response<Body> {
    let mut response = response(&["theme=1"]);
    consent.store(&functional(&consent)).unwrap().append_to(response.headers_mut());
    response
}

/// Sets such a cookie before and after the consent is withdrawn.
async fn withdraw(Extension(consent): Extension<Consent>) -> Response<Body> {
    let mut response = response(&["theme=1"]);
    consent.withdraw().append_to(response.headers_mut());
    response.headers_mut().append("set-cookie", "theme=2".parse().unwrap());
    response
}

/// Returns what leaves when the visitor grants or withdraws.
async fn posts(policy: &Policy, path: &str, mut request: Request<Body>) -> Vec<String> {
    *request.method_mut() = Method::POST;
    *request.uri_mut() = path.parse().unwrap();
    let site = Router::new().route("/grant", post(grant)).route("/withdraw", post(withdraw));
    let site = site.layer(CookieConsentLayer::new(policy.clone()));
    owned(answer(site, request).await.headers())
}

/// A policy whose consent cookie has attributes of its own.
fn with_attributes() -> Policy {
    let cookie = ConsentCookie::new()
        .with_name("__Secure-choice")
        .with_domain("example.org")
        .with_path("/shop")
        .with_same_site(SameSite::Strict);
    let functional = Category::consent("functional").cookie("theme");
    let registry = Registry::builder().version("7").consent_cookie(cookie).category(functional);
    Policy::new(registry.build().unwrap())
}

const ATTRIBUTES: &str = "; SameSite=Strict; Secure; Path=/shop; Domain=example.org";

/// ASP.NET Core, `CookieConsentTests`: `ConsentChecksOffByDefault`
#[tokio::test]
async fn r13_what_only_reports_sets_every_cookie() {
    let reporting = builder().report_only().build();
    assert_eq!(left_under(&reporting, undecided(), &EVERY_KIND).await, EVERY_KIND);
    assert_eq!(left(undecided(), &EVERY_KIND).await, ["sid=1; HttpOnly"], "on by default");
}

/// ASP.NET Core, `CookieConsentTests`: `ConsentEnabledForTemplateScenario`
#[tokio::test]
async fn r6_a_cookie_of_no_declared_kind_is_not_set_without_consent() {
    assert!(left(undecided(), &["unheard-of=1"]).await.is_empty());
    let consent = policy().consent(&HeaderMap::new());
    assert!(!consent.is_decided() && !consent.allows("functional"));
}

/// ASP.NET Core, `CookieConsentTests`: `NonEssentialCookiesWithOptionsExcluded`
#[tokio::test]
async fn r6_a_cookie_that_needs_consent_is_not_set_without_it() {
    assert!(left(undecided(), &["theme=1"]).await.is_empty());
}

/// ASP.NET Core, `CookieConsentTests`: `NonEssentialCookiesCanBeAllowedViaOnAppendCookie`
#[tokio::test]
async fn r16_a_site_may_let_cookies_pass_without_consent() {
    let exempting = builder().dangerously_exempt(|request| request.uri.path() == "/").build();
    assert_eq!(left_under(&exempting, undecided(), &["theme=1"]).await, ["theme=1"]);
}

/// ASP.NET Core, `CookieConsentTests`: `NeedsConsentDoesNotPreventEssentialCookies`
#[tokio::test]
async fn r6_an_essential_cookie_needs_no_consent() {
    assert_eq!(left(undecided(), &["sid=Value; path=/"]).await, ["sid=Value; path=/"]);
}

/// ASP.NET Core, `CookieConsentTests`: `EssentialCookiesCanBeExcludedByOnAppendCookie`
#[tokio::test]
async fn r6_a_site_may_keep_a_cookie_back_in_spite_of_consent() {
    let everything = visitor(&["functional", "analytics", "advertising"]);
    assert!(left(everything, &["_fbp=1"]).await.is_empty());
}

/// ASP.NET Core, `CookieConsentTests`: `HasConsentReadsRequestCookie`
#[tokio::test]
async fn r7_a_stored_grant_is_read_from_the_request() {
    let request = visitor::<Body>(&["functional"]);
    assert!(policy().consent(request.headers()).allows("functional"));
    assert_eq!(left(request, &["theme=1; path=/"]).await, ["theme=1; path=/"]);
}

/// ASP.NET Core, `CookieConsentTests`: `HasConsentIgnoresInvalidRequestCookie`
#[tokio::test]
async fn r7_a_malformed_consent_is_none() {
    for value in ["IAmATeapot", "yes", "", "functional=true"] {
        let request = carrying(&[&format!("__Host-cookie_consent={value}")]);
        assert!(!policy().consent(request.headers()).is_decided(), "{value}");
        assert!(left(request, &["theme=1"]).await.is_empty(), "{value}");
    }
}

/// ASP.NET Core, `CookieConsentTests`: `GrantConsentSetsCookie`
#[tokio::test]
async fn r9_a_grant_counts_for_its_own_response() {
    let lines = posts(&policy(), "/grant", undecided()).await;
    let [theme, stored] = &lines[..] else { panic!("two lines: {lines:?}") };
    assert_eq!(theme, "theme=1", "although it stands before the grant");
    assert!(stored.starts_with("__Host-cookie_consent=version=7&"), "{stored}");
    assert!(stored.ends_with("; Max-Age=15552000"), "six months: {stored}");
}

/// ASP.NET Core, `CookieConsentTests`: `GrantConsentAppliesPolicyToConsentCookie`
#[tokio::test]
async fn r8_the_consent_cookie_is_what_the_site_makes_of_it() {
    let lines = posts(&with_attributes(), "/grant", undecided()).await;
    let [_, twins @ .., stored] = &lines[..] else { panic!("two lines: {lines:?}") };
    assert!(twins.iter().all(|twin| twin.ends_with("; Max-Age=0")), "deleted: {twins:?}");
    assert!(stored.starts_with("__Secure-choice=version=7&"), "{stored}");
    assert!(stored.contains(ATTRIBUTES), "{stored}");
}

/// ASP.NET Core, `CookieConsentTests`: `GrantConsentWhenAlreadyHasItDoesNotSetCookie`
#[tokio::test]
async fn r9_a_grant_that_was_there_is_stored_anew_and_still_counts() {
    let lines = posts(&policy(), "/grant", visitor(&["functional"])).await;
    let [theme, stored] = &lines[..] else { panic!("two lines: {lines:?}") };
    assert_eq!(theme, "theme=1");
    assert!(stored.starts_with("__Host-cookie_consent=version=7&"), "{stored}");
}

/// ASP.NET Core, `CookieConsentTests`: `WithdrawConsentWhenNotHasConsentNoOps`
#[tokio::test]
async fn r9_withdrawing_what_nobody_gave_grants_nothing() {
    let lines = posts(&policy(), "/withdraw", undecided()).await;
    let [deleted] = &lines[..] else { panic!("no cookie that needs consent: {lines:?}") };
    assert!(deleted.starts_with("__Host-cookie_consent=; "), "{deleted}");
}

/// ASP.NET Core, `CookieConsentTests`: `WithdrawConsentDeletesCookie`
#[tokio::test]
async fn r9_a_withdrawal_counts_for_its_whole_response() {
    let lines = posts(&policy(), "/withdraw", visitor(&["functional"])).await;
    let [deleted] = &lines[..] else { panic!("neither before nor after it: {lines:?}") };
    assert!(deleted.starts_with("__Host-cookie_consent=; ") && deleted.ends_with("; Max-Age=0"));
}

/// ASP.NET Core, `CookieConsentTests`: `WithdrawConsentAppliesPolicyToDeleteCookie`
#[tokio::test]
async fn r8_the_consent_cookie_is_deleted_where_it_was_stored() {
    let lines = posts(&with_attributes(), "/withdraw", undecided()).await;
    let deletion = format!("__Secure-choice={ATTRIBUTES}; Max-Age=0");
    assert_eq!(lines.last(), Some(&deletion), "behind what else may go by its name: {lines:?}");
}

/// ASP.NET Core, `CookieConsentTests`: `DeleteCookieDoesNotRequireConsent`
#[tokio::test]
async fn r4_a_deletion_needs_no_consent() {
    async fn remove(jar: CookieJar) -> CookieJar {
        jar.remove("theme")
    }
    let site = Router::new().route("/", get(remove)).layer(layer());
    let response = answer(site, carrying(&["theme=1"])).await;
    let [line] = set_cookies(response.headers())[..] else { panic!("{response:?}") };
    assert!(line.starts_with("theme=; Max-Age=0; Expires="), "{line}");
}

/// ASP.NET Core, `CookieConsentTests`: `OnDeleteCookieCanSuppressCookie`
#[tokio::test]
async fn r4_nothing_that_a_site_declares_stops_a_deletion() {
    let lines = &["_fbp=; Max-Age=0", "theme=; Max-Age=0", "unheard-of=; Max-Age=0"];
    assert_eq!(left(undecided(), lines).await, lines);
}

/// ASP.NET Core, `CookieConsentTests`: `CreateConsentCookieMatchesGrantConsentCookie`
#[tokio::test]
async fn a_line_to_send_by_hand_is_the_one_that_storing_sends() {
    check_line_to_send_by_hand(&builder().clock(|| SystemTime::UNIX_EPOCH).build());
}

/// ASP.NET Core, `CookieConsentTests`: `CreateConsentCookieAppliesPolicy`
#[tokio::test]
async fn a_line_to_send_by_hand_is_what_the_site_makes_of_it() {
    let policy = with_attributes();
    let clock = || SystemTime::UNIX_EPOCH;
    let line = check_line_to_send_by_hand(
        &Policy::builder(policy.registry().clone()).clock(clock).build(),
    );
    assert!(line.contains(ATTRIBUTES), "{line}");
}

fn check_line_to_send_by_hand(policy: &Policy) -> String {
    let consent = policy.consent(&HeaderMap::new());
    let lines = consent.store(&functional(&consent)).unwrap();
    let mut lines = lines.iter().map(|line| line.to_str().unwrap());
    let by_hand = lines.next_back().expect("a line");
    assert!(
        lines.all(|twin| twin.ends_with("; Max-Age=0")),
        "what else goes by the name is deleted"
    );
    by_hand.to_owned()
}

/// A consent cookie of another make: a word.
struct Word;

impl ConsentSource for Word {
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        match request.cookie(b"tracking").next() {
            Some(b"true") => Choice::decided(registry).grant_all(),
            _ => Choice::undecided(registry),
        }
    }

    fn owns(&self, cookie_name: &[u8], _: &Registry) -> bool {
        cookie_name == b"tracking"
    }
}

/// ASP.NET Core, `CookieConsentTests`: `CreateConsentCookieMatchesGrantConsentCookieWhenCookieValueIsCustom`
#[tokio::test]
async fn r8_r9_a_consent_cookie_may_have_a_value_of_the_sites_own() {
    let policy = builder().source(Word).build();
    let granting = &["theme=1", "tracking=true; Path=/"];
    assert_eq!(left_under(&policy, undecided(), granting).await, granting);
    assert_eq!(left_under(&policy, carrying(&["tracking=true"]), &["theme=1"]).await, ["theme=1"]);
    assert!(left_under(&policy, carrying(&["tracking=yes"]), &["theme=1"]).await.is_empty());
}

/// ASP.NET Core, `CookieConsentTests`: `CreateCookiePolicyOptionsWithEmptyConsentCookieValueThrows`
#[test]
fn r14_an_empty_setting_of_the_consent_cookie_is_an_error_at_start_up() {
    let unnamed = ConsentCookie::new().with_name("");
    let error = Registry::builder().version("7").consent_cookie(unnamed).build().unwrap_err();
    assert!(error.to_string().contains("consent"), "{error}");
    assert!(Registry::builder().version("").build().is_err());
}
