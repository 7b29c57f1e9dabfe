//! ASP.NET Core, `src/Security/CookiePolicy/test/CookiePolicyTests.cs`: what a policy adds to cookies.

use crate::answer::{Lines, left_under, policy_of};
use crate::site::undecided;

/// The lines that leave where every cookie has at least these attributes.
async fn left_with(floor: &str, lines: Lines) -> Vec<String> {
    let registry = format!(
        "version = '1'\nundeclared = {{ category = 'essential' }}\n\
         [categories.essential]\nbasis = 'necessary'\n{floor}"
    );
    left_under(&policy_of(&registry), undecided(), lines).await
}

/// ASP.NET Core, `CookiePolicyTests`: `SecureAlwaysSetsSecure`
#[tokio::test]
async fn r21_secure_is_added_to_every_cookie() {
    let lines: Lines = &["A=A; path=/", "B=B; path=/", "C=C; path=/", "D=D; path=/; secure"];
    assert_eq!(
        left_with("secure = true", lines).await,
        [
            "A=A; Secure; path=/",
            "B=B; Secure; path=/",
            "C=C; Secure; path=/",
            "D=D; path=/; secure"
        ]
    );
}

/// ASP.NET Core, `CookiePolicyTests`: `HttpOnlyAlwaysSetsItAlways`
#[tokio::test]
async fn r21_http_only_is_added_to_every_cookie() {
    let lines: Lines = &["A=A; path=/", "B=B; path=/", "C=C; path=/", "D=D; path=/; httponly"];
    assert_eq!(
        left_with("http-only = true", lines).await,
        [
            "A=A; HttpOnly; path=/",
            "B=B; HttpOnly; path=/",
            "C=C; HttpOnly; path=/",
            "D=D; path=/; httponly",
        ]
    );
}

/// Without `SameSite`, with each that there is, and with one that means nothing.
const SAME_SITE: Lines = &[
    "A=A; path=/",
    "B=B; path=/",
    "C=C; path=/; samesite=none; secure",
    "D=D; path=/; samesite=lax",
    "E=E; path=/; samesite=strict",
    "F=F; path=/; samesite=-1",
];

/// ASP.NET Core, `CookiePolicyTests`: `SameSiteStrictSetsItAlways`
#[tokio::test]
async fn r21_every_cookie_becomes_strict() {
    assert_eq!(
        left_with("same-site = 'strict'", SAME_SITE).await,
        [
            "A=A; SameSite=Strict; path=/",
            "B=B; SameSite=Strict; path=/",
            "C=C; SameSite=Strict; path=/; secure",
            "D=D; SameSite=Strict; path=/",
            "E=E; path=/; samesite=strict",
            "F=F; SameSite=Strict; path=/",
        ]
    );
}

/// ASP.NET Core, `CookiePolicyTests`: `SameSiteLaxSetsItAlways`
#[tokio::test]
async fn r21_every_cookie_becomes_lax_that_is_not_strict() {
    assert_eq!(
        left_with("same-site = 'lax'", SAME_SITE).await,
        [
            "A=A; SameSite=Lax; path=/",
            "B=B; SameSite=Lax; path=/",
            "C=C; SameSite=Lax; path=/; secure",
            "D=D; path=/; samesite=lax",
            "E=E; path=/; samesite=strict",
            "F=F; SameSite=Lax; path=/",
        ]
    );
}

/// ASP.NET Core, `CookiePolicyTests`: `SameSiteNoneSetsItAlways`
#[tokio::test]
async fn r21_same_site_none_is_written_where_nothing_is_said() {
    assert_eq!(
        left_with("same-site = 'none'\nsecure = true", SAME_SITE).await,
        [
            "A=A; Secure; SameSite=None; path=/",
            "B=B; Secure; SameSite=None; path=/",
            "C=C; path=/; samesite=none; secure",
            "D=D; Secure; path=/; samesite=lax",
            "E=E; Secure; path=/; samesite=strict",
            "F=F; Secure; SameSite=None; path=/",
        ]
    );
}
