//! The cookies that `/set/…` attempts to set.

/// Kinds of cookies, each with `Set-Cookie` lines as real services write them. Several ask for far
/// more time than the policy gives them.
pub(crate) type Kinds = &'static [(&'static str, &'static [&'static str])];

/// The kinds of the policy of Cexro OCR.
pub(crate) const CEXRO: Kinds = &[
    (
        "essential",
        &[
            "auth_token=a1b2c3; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict",
            "csrf_token=d4e5f6; Path=/; Expires=Thu, 31 Dec 2099 23:59:59 GMT; SameSite=Strict",
            "__stripe_mid=0f1e2d; Path=/; Max-Age=63072000; SameSite=Strict",
        ],
    ),
    (
        "functional",
        &[
            "cexro_language=fr; Path=/; Max-Age=157680000; SameSite=Lax",
            "cexro_theme=dark; Path=/; Max-Age=31536000; SameSite=Lax",
            "intercom-id-x1y2z3=9a8b7c; Path=/; Max-Age=86400000; SameSite=Lax",
        ],
    ),
    (
        "analytics",
        &[
            "_ga=GA1.1.1234567890.1736899200; Path=/; Max-Age=315360000",
            "_ga_1A2B3C4D5E=GS1.1.1; Path=/; Expires=Thu, 31 Dec 2099 23:59:59 GMT",
            "_gid=GA1.1.9876543210; Path=/; Max-Age=86400",
            "_hjid=11111111-2222; Path=/; Max-Age=31536000; SameSite=Lax",
            "_hjIncludedInSessionSample=1; Path=/; HttpOnly",
        ],
    ),
    ("advertising", ADVERTISING),
    ("undeclared", UNDECLARED),
];

pub(crate) const ADVERTISING: &[&str] = &[
    "_fbp=fb.1.1736899200.1; Path=/; Max-Age=7776000",
    "_gcl_au=1.1.1; Path=/; Max-Age=7776000",
    "IDE=x; Path=/; HttpOnly; SameSite=None",
];
pub(crate) const UNDECLARED: &[&str] =
    &["promo_seen=1; Path=/; Max-Age=31536000", "=_nameless; Path=/"];

/// The lines of one kind.
pub(crate) fn lines(kinds: Kinds, kind: &str) -> Option<&'static [&'static str]> {
    kinds.iter().find(|(name, _)| *name == kind).map(|(_, lines)| *lines)
}

/// The names of all kinds.
pub(crate) fn names(kinds: Kinds) -> impl Iterator<Item = &'static str> {
    kinds.iter().map(|(name, _)| *name)
}
