//! ASP.NET Core, `src/Security/CookiePolicy/test/CookieChunkingTests.cs`: a long cookie in parts
//! `TestCookieC1`, `TestCookieC2` and so on.

use axum::Router;
use axum::body::to_bytes;
use axum::routing::get;
use axum_extra::extract::CookieJar;
use tower_cookie_consent::{CookieConsentLayer, Policy};

use crate::answer::{Lines, answer, carrying, left_under, policy_of, refused, who_chose};
use crate::site::undecided;

fn with_basis(basis: &str) -> Policy {
    policy_of(&format!(
        "version = '1'\n[categories.login]\nbasis = '{basis}'\n\
         cookies = ['TestCookie', 'TestCookieC*']",
    ))
}

const CHUNKS: Lines = &[
    "TestCookie=chunks-3; path=/",
    "TestCookieC1=abcdefghijklmnopqrstuv; path=/",
    "TestCookieC2=wxyz0123456789ABCDEFGH; path=/",
    "TestCookieC3=IJKLMNOPQRSTUVWXYZ; path=/",
];

const DELETIONS: Lines = &[
    "TestCookie=; expires=Thu, 01 Jan 1970 00:00:00 GMT; domain=foo.com; path=/; secure",
    "TestCookieC1=; expires=Thu, 01 Jan 1970 00:00:00 GMT; domain=foo.com; path=/; secure",
    "TestCookieC2=; expires=Thu, 01 Jan 1970 00:00:00 GMT; domain=foo.com; path=/; secure",
];

/// ASP.NET Core, `CookieChunkingTests`: `AppendLargeCookie_Appended`
#[tokio::test]
async fn r12_a_long_value_stays_one_line() {
    let long: &'static str = format!("TestCookie={}; path=/", "a".repeat(4096)).leak();
    let lines: Lines = vec![long].leak();
    assert_eq!(left_under(&with_basis("necessary"), undecided(), lines).await, lines);
}

/// ASP.NET Core, `CookieChunkingTests`: `AppendLargeCookie_WithOptions_Appended`
#[tokio::test]
async fn r12_every_attribute_of_a_line_stays() {
    let lines = &["TestCookie=abc; expires=Sat, 21 Nov 2026 12:05:00 GMT; max-age=300; \
                   domain=foo.com; path=/bar; secure; samesite=strict; httponly"];
    assert_eq!(left_under(&with_basis("necessary"), undecided(), lines).await, lines);
}

/// ASP.NET Core, `CookieChunkingTests`: `AppendLargeCookieWithLimit_Chunked`
#[tokio::test]
async fn r5_the_chunks_of_a_cookie_leave_together_and_in_order() {
    let policy = with_basis("consent");
    let granted = who_chose(&policy, &refused(&policy).grant("login"));
    assert_eq!(left_under(&policy, granted, CHUNKS).await, CHUNKS);
    assert!(left_under(&policy, undecided(), CHUNKS).await.is_empty(), "none, or all of them");
}

/// ASP.NET Core, `CookieChunkingTests`: `GetLargeChunkedCookie_Reassembled`
#[tokio::test]
async fn r12_the_chunks_of_a_request_reach_the_site() {
    async fn reassemble(jar: CookieJar) -> String {
        (1..=3).map(|n| jar.get(&format!("TestCookieC{n}")).unwrap().value().to_owned()).collect()
    }
    let layer = CookieConsentLayer::new(with_basis("consent"));
    let site = Router::new().route("/", get(reassemble)).layer(layer);
    let sent = ["TestCookie=chunks-3", "TestCookieC1=abc", "TestCookieC2=def", "TestCookieC3=gh"];
    let response = answer(site, carrying(&sent)).await;
    assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "abcdefgh");
}

/// ASP.NET Core, `CookieChunkingTests`: `DeleteChunkedCookieWithOptions_AllDeleted`
#[tokio::test]
async fn r4_the_deletions_of_all_chunks_pass() {
    for basis in ["necessary", "consent", "prohibited"] {
        assert_eq!(left_under(&with_basis(basis), undecided(), DELETIONS).await, DELETIONS);
    }
}

/// ASP.NET Core, `CookieChunkingTests`: `DeleteChunkedCookieWithOptionsAndResponseCookies_AllDeleted`
#[tokio::test]
async fn r4_of_refused_chunks_and_their_deletions_the_deletions_are_left() {
    let policy = with_basis("consent");
    let lines: Lines = [CHUNKS, DELETIONS].concat().leak();
    let left = left_under(&policy, who_chose(&policy, &refused(&policy)), lines).await;
    assert_eq!(left, DELETIONS);
}
