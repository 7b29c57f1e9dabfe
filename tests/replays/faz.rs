//! FAZ Cookie Manager, `tests/unit/test-server-cookie-guard-php.php`: its guard on the server, by
//! the numbers of its 62 checks.

use axum::Router;
use axum::body::Body;
use axum::routing::{get, post};
use http::header::HeaderMap;
use http::{Method, Request};
use tower_cookie_consent::{
    Choice, CookieConsentLayer, KeepReason, Policy, Registry, Report, Verdict,
};

use crate::answer::{
    Lines, answer, carrying, deletions, left_under, owned, policy_of, refused, who_chose,
};
use crate::site::{response, undecided};

const SITE: &str = "
    version = '1'

    [categories.necessary]
    basis = 'necessary'
    cookies = ['PHPSESSID', 'wordpress_*', 'wp_woocommerce_session_*', 'wpdiscuz_nonce_*']

    [categories.analytics]
    basis = 'consent'
    [categories.analytics.services]
    brikpanel = { cookies = { brikpanel_vid = '1 year' } }
    other = { cookies = ['other_vid'] }

    [categories.marketing]
    basis = 'consent'
    cookies = ['wp*', 'lscache_vary']

    [categories.functional]
    basis = 'opt-out'
    services.chat = { cookies = ['chat_id'] }
";

const TRACKER: &str =
    "brikpanel_vid=secret-visitor-id; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax";

fn site() -> Policy {
    policy_of(SITE)
}

fn keeping_undeclared() -> Policy {
    policy_of(&format!("undeclared = 'keep-unchecked'\n{SITE}"))
}

fn visitor(choose: fn(Choice) -> Choice) -> Request<Body> {
    let site = site();
    who_chose(&site, &choose(Choice::decided(site.registry())))
}

async fn left(request: Request<Body>, lines: Lines) -> Vec<String> {
    left_under(&site(), request, lines).await
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: checks 1, 15
#[tokio::test]
async fn r6_a_tracker_is_stripped_before_and_without_consent() {
    assert!(left(undecided(), &[TRACKER]).await.is_empty());
    assert!(left(visitor(Choice::refuse_all), &[TRACKER]).await.is_empty());
}

/// The report on one line, without consent.
fn report(line: &str) -> Report {
    let site = site();
    let mut set = response::<()>(&[line]);
    site.enforce(&site.consent(&HeaderMap::new()), set.headers_mut())
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 2
#[test]
fn r15_the_report_names_the_stripped_cookie() {
    let report = report(TRACKER);
    let stripped: Vec<_> = report.changes().map(|entry| (entry.name(), entry.category())).collect();
    assert_eq!(stripped, [("brikpanel_vid", Some("analytics"))]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 3
#[test]
fn r15_the_report_has_no_value() {
    let report = report(TRACKER);
    let told = format!("{report:?} {}", serde_json::to_string(&report).unwrap());
    assert!(!told.contains("secret-visitor-id"), "{told}");
}

const SESSIONS: Lines = &[
    "wordpress_logged_in_hash=secret; Path=/; HttpOnly",
    "wp_woocommerce_session_lab=cart; Path=/; HttpOnly",
    "PHPSESSID=session; Path=/; HttpOnly",
];

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 4
#[tokio::test]
async fn r6_r12_declared_sessions_are_left_of_a_response_with_a_tracker() {
    let lines: Lines =
        vec![SESSIONS[0], TRACKER, SESSIONS[1], "unknown_plugin_session=opaque", SESSIONS[2]]
            .leak();
    assert_eq!(left(undecided(), lines).await, SESSIONS);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 5
#[tokio::test]
async fn r5_a_login_with_a_hash_in_its_name_passes() {
    assert_eq!(left(undecided(), &SESSIONS[..1]).await, SESSIONS[..1]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 6
#[tokio::test]
async fn r5_a_shopping_cart_with_an_id_in_its_name_passes() {
    assert_eq!(left(undecided(), &SESSIONS[1..2]).await, SESSIONS[1..2]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 7
#[tokio::test]
async fn r6_an_undeclared_session_passes_only_where_the_site_says_so() {
    let lines = &["unknown_plugin_session=opaque; Path=/; HttpOnly"];
    assert!(left(undecided(), lines).await.is_empty());
    assert_eq!(left_under(&keeping_undeclared(), undecided(), lines).await, lines);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 8
#[tokio::test]
async fn r6_r10_with_consent_a_tracker_may_live_its_year() {
    assert_eq!(left(visitor(|choice| choice.grant("analytics")), &[TRACKER]).await, [TRACKER]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 9
#[tokio::test]
async fn r4_a_deletion_of_a_tracker_passes() {
    let lines = &["brikpanel_vid=; Path=/; Max-Age=0; HttpOnly"];
    assert_eq!(left(undecided(), lines).await, lines);
    assert_eq!(left(visitor(Choice::refuse_all), lines).await, lines);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 10
#[tokio::test]
async fn r6_a_refused_service_comes_before_its_granted_category() {
    let request = visitor(|choice| choice.grant_all().refuse("brikpanel"));
    assert_eq!(left(request, &[TRACKER, "other_vid=1"]).await, ["other_vid=1"]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 11
#[tokio::test]
async fn r6_a_grant_of_everything_is_none_of_what_is_undeclared() {
    assert!(left(visitor(Choice::grant_all), &["entirely_unknown_cookie=1"]).await.is_empty());
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 13
#[tokio::test]
async fn r6_a_refused_service_is_stripped_where_no_category_is_refused() {
    let refuses_chat = visitor(|choice| choice.grant_all().refuse("chat"));
    assert!(left(refuses_chat, &["chat_id=1"]).await.is_empty());
    assert_eq!(left(undecided(), &["chat_id=1"]).await, ["chat_id=1"]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 14
#[tokio::test]
async fn r13_only_a_policy_that_says_so_merely_reports() {
    let reporting = Policy::builder(site().registry().clone()).report_only().build();
    assert!(reporting.is_report_only() && !site().is_report_only());
    assert_eq!(left_under(&reporting, undecided(), &[TRACKER]).await, [TRACKER]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 16
#[test]
fn r6_r15_a_cookie_kept_though_undeclared_is_reported_as_such() {
    let site = keeping_undeclared();
    let mut set = response::<()>(&["some_plugin_sess=1"]);
    let report = site.enforce(&site.consent(&HeaderMap::new()), set.headers_mut());
    let verdict = Verdict::Keep { reason: KeepReason::Undeclared };
    assert_eq!(report.entries()[0].verdict(), verdict);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: checks 17, 30
#[tokio::test]
async fn r5_a_necessary_name_comes_before_a_shorter_tracking_pattern() {
    let lines = &["wpdiscuz_nonce_ab12cd=1"];
    assert_eq!(left(undecided(), lines).await, lines);
    assert!(left(undecided(), &["wpdiscuz_other=1"]).await.is_empty());
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 18
#[tokio::test]
async fn r6_the_registry_is_taken_at_its_word() {
    assert!(left(undecided(), &["lscache_vary=1"]).await.is_empty());
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 19
#[tokio::test]
async fn r6_no_name_is_known_that_the_site_has_not_declared() {
    assert!(site().registry().declaration(b"sessionid").is_none());
    assert_eq!(
        left_under(&keeping_undeclared(), undecided(), &["sessionid=1"]).await,
        ["sessionid=1"],
    );
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 24
#[test]
fn r5_a_pattern_that_matches_every_name_is_an_error() {
    let everything = SITE.replace("'wp*'", "'*'");
    assert!(toml::from_str::<Registry>(&everything).is_err());
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 32
#[test]
fn a_refused_cookie_that_the_browser_holds_is_deleted_with_the_choice() {
    let site = site();
    let deleted = deletions(&site, "brikpanel_vid=visitor-id; PHPSESSID=1", &refused(&site));
    assert_eq!(deleted, ["brikpanel_vid=; Path=/; Max-Age=0"]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 34
#[tokio::test]
async fn the_layer_deletes_no_cookie_by_itself() {
    let carries = || carrying(&["brikpanel_vid=visitor-id"]);
    assert!(left(carries(), &[]).await.is_empty());
    assert_eq!(left(carries(), &["PHPSESSID=1"]).await, ["PHPSESSID=1"]);
    assert_eq!(left(carries(), &[TRACKER, "PHPSESSID=1"]).await, ["PHPSESSID=1"]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 35
#[test]
fn a_grant_of_everything_deletes_nothing() {
    let site = site();
    let everything = Choice::decided(site.registry()).grant_all();
    assert!(deletions(&site, "brikpanel_vid=1; wp_x=2; chat_id=3", &everything).is_empty());
}

/// Returns what leaves on some path, where the pages under `/no-banner/` are exempt.
async fn on(method: Method, path: &str) -> Vec<String> {
    let sets = || async { response::<Body>(&[TRACKER, SESSIONS[2]]) };
    let router = Router::new()
        .route("/no-banner/page", get(sets))
        .route("/page", get(sets))
        .route("/wp-json/comments", post(sets))
        .route("/wp-admin/admin-ajax.php", post(sets));
    let exempt = Policy::builder(site().registry().clone())
        .dangerously_exempt(|request| request.uri.path().starts_with("/no-banner/"));
    let mut request = undecided();
    *request.method_mut() = method;
    *request.uri_mut() = path.parse().unwrap();
    owned(answer(router.layer(CookieConsentLayer::new(exempt)), request).await.headers())
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: checks 38, 40, 41, 43
#[tokio::test]
async fn r16_pages_that_do_not_ask_can_be_exempted() {
    assert_eq!(on(Method::GET, "/no-banner/page").await, [TRACKER, SESSIONS[2]]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: check 42
#[tokio::test]
async fn r6_interfaces_for_scripts_are_guarded_like_pages() {
    for path in ["/wp-json/comments", "/wp-admin/admin-ajax.php"] {
        assert_eq!(on(Method::POST, path).await, [SESSIONS[2]], "{path}");
    }
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: checks 44, 45
#[tokio::test]
async fn r12_of_two_cookies_the_necessary_one_is_left_as_it_was() {
    assert_eq!(on(Method::GET, "/page").await, [SESSIONS[2]]);
}

/// FAZ Cookie Manager, `test-server-cookie-guard-php.php`: checks 49, 50, 51, 52, 53, 54, 56
#[test]
fn r15_the_report_holds_nothing_of_the_request() {
    let site = site();
    let request = carrying(&["PHPSESSID=hush", "__Host-cookie_consent=hush"]);
    let mut set = response::<()>(&[TRACKER]);
    let report = site.enforce(&site.consent(request.headers()), set.headers_mut());
    let told = format!("{report:?} {}", serde_json::to_string(&report).unwrap());
    assert!(!told.contains("hush"), "{told}");
}
