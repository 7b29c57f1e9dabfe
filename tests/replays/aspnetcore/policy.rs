//! ASP.NET Core, `src/Security/CookiePolicy/test/CookiePolicyTests.cs`.

use axum::Router;
use axum::routing::post;
use http::{Method, Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, MemoryStore, Session, SessionManagerLayer};

use crate::answer::{Lines, answer, left, left_under, owned, policy_of};
use crate::site::{THIRTY_DAYS, layer, undecided, visitor};

/// The lines pass as they are.
async fn pass(lines: Lines) {
    assert_eq!(left(undecided(), lines).await, lines);
}

/// ASP.NET Core, `CookiePolicyTests`: `SecureNoneLeavesSecureUnchanged`
#[tokio::test]
async fn r12_secure_is_left_as_it_is() {
    pass(&["sid=A; path=/", "sid=B; path=/; secure", "id=C; Max-Age=60; Secure"]).await;
    let capped = left(undecided(), &["id=1; Max-Age=7776000; secure"]).await;
    assert_eq!(capped, [format!("id=1{THIRTY_DAYS}; secure")]);
}

/// ASP.NET Core, `CookiePolicyTests`: `HttpOnlyNoneLeavesItAlone`
#[tokio::test]
async fn r12_http_only_is_left_as_it_is() {
    pass(&["sid=A; path=/", "sid=B; path=/; httponly", "id=C; HttpOnly; Max-Age=60"]).await;
    let capped = left(undecided(), &["id=1; HttpOnly; Max-Age=7776000"]).await;
    assert_eq!(capped, [format!("id=1{THIRTY_DAYS}; HttpOnly")]);
}

/// ASP.NET Core, `CookiePolicyTests`: `SameSiteUnspecifiedLeavesItAlone`
#[tokio::test]
async fn r12_same_site_is_left_as_it_is() {
    pass(&[
        "sid=A; path=/",
        "sid=C; path=/; samesite=none",
        "sid=D; path=/; samesite=lax",
        "sid=E; path=/; samesite=strict",
        "sid=F; path=/; samesite=-1",
    ])
    .await;
    let capped = left(undecided(), &["id=1; samesite=lax; Max-Age=7776000"]).await;
    assert_eq!(capped, [format!("id=1{THIRTY_DAYS}; samesite=lax")]);
}

/// The lines pass by themselves, and beside one that is stripped.
async fn pass_beside_another(lines: Lines) {
    pass(lines).await;
    let with_another: Lines = [lines, &["_ga=1"]].concat().leak();
    assert_eq!(left(undecided(), with_another).await, lines);
}

/// ASP.NET Core, `CookiePolicyTests`: `CookiePolicyCanHijackAppend`
#[tokio::test]
async fn r12_several_lines_for_one_cookie_stay() {
    pass_beside_another(&[
        "sid=Hao; path=/",
        "sid=Hao; path=/",
        "sid=Hao; path=/; samesite=strict",
        "sid=Hao; path=/; secure",
    ])
    .await;
}

/// ASP.NET Core, `CookiePolicyTests`: `CookiePolicyCanHijackDelete`
#[tokio::test]
async fn r4_r12_several_deletions_of_one_cookie_stay() {
    const DELETION: &str = "theme=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/";
    pass_beside_another(&[DELETION, DELETION, "theme=; max-age=0; path=/shop; secure"]).await;
}

/// ASP.NET Core, `CookiePolicyTests`: `CookiePolicyCallsCookieFeature`
#[tokio::test]
async fn r12_an_error_of_the_inner_service_passes_through() {
    let broken = service_fn(async |_: Request<()>| Err::<Response<()>, _>("no cookies today"));
    let error = layer().layer(broken).oneshot(undecided()).await.unwrap_err();
    assert_eq!(error, "no cookies today");
}

/// Returns what leaves when a session layer that is inside sets its cookie.
async fn after_a_login(cookie: &'static str, grants: &[&str]) -> Vec<String> {
    async fn login(session: Session) {
        session.insert("user", "TestUser").await.unwrap();
    }
    let sessions = SessionManagerLayer::new(MemoryStore::default())
        .with_name(cookie)
        .with_expiry(Expiry::OnInactivity(Duration::days(90)));
    let site = Router::new().route("/", post(login)).layer(sessions).layer(layer());
    let mut request = visitor(grants);
    *request.method_mut() = Method::POST;
    owned(answer(site, request).await.headers())
}

/// ASP.NET Core, `CookiePolicyTests`: `CookiePolicyAppliesToCookieAuth`
#[tokio::test]
async fn r6_r10_the_cookie_of_a_login_is_judged() {
    let lines = after_a_login("id", &[]).await;
    let [line] = &lines[..] else { panic!("one cookie: {lines:?}") };
    assert!(line.starts_with("id=") && line.contains("; HttpOnly; "), "{line}");
    assert!(line.contains(THIRTY_DAYS), "{line}");
    assert!(after_a_login("wizard", &[]).await.is_empty());
    assert_eq!(after_a_login("wizard", &["functional"]).await.len(), 1);
}

const LOGIN: Lines = &[
    "auth=chunks-2; max-age=7776000; path=/; httponly",
    "authC1=CfDJ8; max-age=7776000; path=/; httponly",
    "authC2=4Rt; max-age=7776000; path=/; httponly",
];

/// Returns what leaves of a login in parts where these cookies are necessary.
async fn left_of_a_login(cookies: &str) -> Vec<String> {
    let essential = "version = '1'\n[categories.essential]\nbasis = 'necessary'\ncookies =";
    left_under(&policy_of(&format!("{essential} {cookies}")), undecided(), LOGIN).await
}

/// ASP.NET Core, `CookiePolicyTests`: `CookiePolicyAppliesToCookieAuthChunks`
#[tokio::test]
async fn r5_r10_every_chunk_of_a_login_is_judged() {
    let left = left_of_a_login("{ auth = '30 days', 'authC*' = '30 days' }").await;
    let capped = LOGIN.iter().map(|line| line.replace("; max-age=7776000", THIRTY_DAYS));
    assert!(left.iter().cloned().eq(capped), "{left:?}");
    // A chunk is declared like any other cookie.
    assert_eq!(left_of_a_login("['auth']").await, LOGIN[..1]);
}
